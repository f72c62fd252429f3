import type { FieldConfig } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Unit } from '../model/unit.js';
import type { Plain } from './plain.js';

// Distinct for all common kinds of colour blindness (Okabe and Ito's palette).
const colours = {
  good: '#009E73',
  warning: '#E69F00',
  critical: '#D55E00',
  neutral: '#56B4E9',
  idle: '#999999',
};

/** What a state is like: decides its colour. */
export type Mood = keyof typeof colours;

/** From which value on it is worth a look, and from which it is bad; a `warning` above says that little is bad. */
export interface Thresholds {
  readonly warning?: number;
  readonly critical: number;
}

/** What values mean: `{ 1: ['up', 'good'], 0: ['down', 'critical'] }`. */
export type States = Readonly<Record<number, readonly [text: string, mood: Mood]>>;

/** How values are written and coloured. */
export interface ValueStyle {
  readonly unit: Unit;
  /** @default - no colour */
  readonly thresholds?: Thresholds;
  /** @default - the number itself */
  readonly states?: States;
  /** Decimal places. @default - as many as Grafana finds fit */
  readonly decimals?: number;
}

/** The share of something that has an end: worth a look above 80 %, bad above 90 %. */
export const usedShare = {
  unit: 'percentunit',
  thresholds: { warning: 0.8, critical: 0.9 },
} as const satisfies ValueStyle;

/** A style as a field's configuration; Grafana writes its own "No data" where there is none. */
export const fieldOf = ({
  unit,
  thresholds,
  states,
  decimals,
}: ValueStyle): Plain<FieldConfig> => ({
  unit,
  ...(decimals !== undefined && { decimals }),
  ...(states && { mappings: [mapping(states)] }),
  ...((thresholds || states) && {
    color: { mode: 'thresholds' },
    thresholds: { mode: 'absolute', steps: thresholds ? steps(thresholds) : [step(null, 'idle')] },
  }),
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

const step = (value: number | null, mood: Mood) => ({ value, color: colours[mood] });

const steps = ({ warning, critical }: Thresholds) => {
  if (warning === undefined) return [step(null, 'good'), step(critical, 'critical')];
  return warning > critical
    ? [step(null, 'critical'), step(critical, 'warning'), step(warning, 'good')]
    : [step(null, 'good'), step(warning, 'warning'), step(critical, 'critical')];
};
