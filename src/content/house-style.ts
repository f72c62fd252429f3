import type { FieldConfig } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Plain } from '../model/plain.js';
import type { Unit } from '../model/unit.js';

// Distinguishable with all common kinds of colour blindness (the palette of Okabe and Ito).
const colours = {
  good: '#009E73',
  warning: '#E69F00',
  critical: '#D55E00',
  neutral: '#56B4E9',
  idle: '#999999',
  /** The colour of text in the theme, for normal values. */
  plain: 'text',
  /** Transparent, for a cell that has a background only if something is wrong. */
  none: 'transparent',
};

/** The meaning of a state, which determines its colour. */
export type Mood = keyof typeof colours;

/** The values at which the colour changes to warning and to critical; if `warning` is the larger one, low values are bad. */
export interface Thresholds {
  readonly warning?: number;
  readonly critical: number;
}

/** Texts and colours of values: `{ 1: ['up', 'good'], 0: ['down', 'critical'] }`. */
export type States = Readonly<Record<number, readonly [text: string, mood: Mood]>>;

/** How values are formatted and coloured. */
export interface ValueStyle {
  readonly unit: Unit;
  /** @default - no colour */
  readonly thresholds?: Thresholds;
  /** @default - the number */
  readonly states?: States;
  /** Decimal places. @default - as Grafana selects */
  readonly decimals?: number;
}

/** The used ratio of a limit: warning above 80 %, critical above 90 %. */
export const usedShare = {
  unit: 'percentunit',
  thresholds: { warning: 0.8, critical: 0.9 },
} as const satisfies ValueStyle;

/** CPU time per second. */
export const cores = { unit: 'suffix:cores' } as const satisfies ValueStyle;

/** A count, in full: `short` without decimals shows 1,900 as "2 K". `increase` returns fractions. */
export const count = { unit: 'locale', decimals: 0 } as const satisfies ValueStyle;

/** A colour of the palette. */
export const colourOf = (mood: Mood): string => colours[mood];

/** Whether low values are bad. */
export const isLowBad = ({ warning, critical }: Thresholds): boolean =>
  warning !== undefined && warning > critical;

export interface FieldStyle extends ValueStyle {
  /** Text for a missing value. @default - Grafana's "No data" if there are no series */
  readonly empty?: string;
  /** The colour of normal values. @default 'plain' */
  readonly base?: Mood;
}

/**
 * A style as the configuration of a field. The mapping for `empty` also covers NaN, and prevents that
 * a missing value gets the colour of the lowest threshold:
 * https://github.com/grafana/grafana/blob/v13.2.0/packages/grafana-data/src/field/displayProcessor.ts
 */
export const fieldOf = (style: FieldStyle): Plain<FieldConfig> => {
  const { unit, thresholds, states, decimals, empty, base = 'plain' } = style;
  const mappings = [
    ...(states ? [mapping(states)] : []),
    ...(empty === undefined ? [] : [emptyMapping(empty, Object.keys(states ?? {}).length)]),
  ];
  return {
    unit,
    ...(decimals !== undefined && { decimals }),
    ...(mappings.length > 0 && { mappings }),
    ...((thresholds || states) && {
      color: { mode: 'thresholds' },
      thresholds: { mode: 'absolute', steps: stepsOf(thresholds, base) },
    }),
  };
};

/** Texts by the mood that determines their colour. */
export const textMapping = (moods: Readonly<Record<string, Mood>>) => ({
  type: 'value' as const,
  options: Object.fromEntries(
    Object.entries(moods).map(([text, mood], index) => [
      text,
      { text, color: colours[mood], index },
    ]),
  ),
});

const mapping = (states: States) => ({
  type: 'value' as const,
  options: Object.fromEntries(
    Object.entries(states).map(([value, [text, mood]], index) => [
      value,
      { text, color: colours[mood], index },
    ]),
  ),
});

const emptyMapping = (text: string, index: number) => ({
  type: 'special' as const,
  options: { match: 'null+nan' as const, result: { text, color: colours.idle, index } },
});

const step = (value: number | null, mood: Mood) => ({ value, color: colours[mood] });

const stepsOf = (thresholds: Thresholds | undefined, base: Mood) => {
  if (!thresholds) return [step(null, base)];
  const { warning, critical } = thresholds;
  if (warning === undefined) return [step(null, base), step(critical, 'critical')];
  return isLowBad(thresholds)
    ? [step(null, 'critical'), step(critical, 'warning'), step(warning, base)]
    : [step(null, base), step(warning, 'warning'), step(critical, 'critical')];
};
