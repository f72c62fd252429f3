import { z } from 'zod';
import type { AlertSetting } from '../config/alert-setting.js';
import { duration } from '../config/fields.js';

/** `critical`: a person acts within the hour; `warning`: a ticket; `info`: for other alerts' sake. */
export type AlertSeverity = 'critical' | 'warning' | 'info';

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold. A Prometheus duration. @default - it fires at once */
  readonly for?: string;
  /** How long it fires on after it held last, against flapping. @default - it ends at once */
  readonly keepFiringFor?: string;
  readonly severity: AlertSeverity;
  /**
   * What it is about: a critical alert silences a warning about the same, on the same node, pod or
   * instance. @default - the alert's own name
   */
  readonly subject?: string;
  /** One line that names the subject. */
  readonly summary: string;
  /** What is the matter, with the value in human units. */
  readonly description: string;
  /** Scrape jobs that it needs beside those of its group. @default - none */
  readonly needs?: readonly string[];
  /** The uid of the dashboard that it links to. @default - its group's */
  readonly dashboard?: string;
}

export interface RecordingRule {
  /** `level:metric:operations`. */
  readonly record: string;
  readonly expr: string;
}

export interface Rules {
  readonly recordings?: readonly RecordingRule[];
  readonly alerts: readonly Alert[];
}

/** Numbers, or strings such as durations, that an environment may set otherwise. */
export type Thresholds = Readonly<Record<string, number | string>>;

export interface AlertGroupOptions<T extends Thresholds> {
  /** Scrape jobs without which the group says nothing: it ships where all of them are scraped. */
  readonly needs: readonly string[];
  /** The uid of the dashboard that its alerts link to: the name of a file in `dashboards/`. @default - none */
  readonly dashboard?: string;
  /** By their names, what the rules hold against where an environment says nothing else. @default - none */
  readonly thresholds?: T;
  rules(thresholds: T): Rules;
}

/** The rules of one subject: the default export of a file in `alerts/`, whose name it bears. */
export interface AlertGroup<T extends Thresholds = Thresholds> extends AlertGroupOptions<T> {
  readonly thresholds: T;
  /** The group with other thresholds, for the `alerts` of an environment. */
  with(thresholds: { readonly [K in keyof T]?: Widened<T[K]> }): AlertSetting;
}

type Widened<V> = V extends number ? number : string;

/** Makes a group of rules. */
export const alertGroup = <T extends Thresholds = Record<never, never>>(
  options: AlertGroupOptions<T>,
): AlertGroup<T> => {
  const group: AlertGroup<T> = {
    ...options,
    thresholds: options.thresholds ?? ({} as T),
    with: (thresholds) => ({ kind: 'with', group, thresholds: thresholds as Thresholds }),
  };
  return group;
};

const text = z.string().min(1);
const job = z.string().min(1, { error: 'the name of a scrape job' });

/** The schema of what a file in `alerts/` exports. */
export const alertGroupSchema = z.strictObject({
  needs: z.array(job),
  dashboard: text.optional(),
  thresholds: z.record(z.string(), z.union([z.number(), z.string()])),
  rules: z.custom<AlertGroup['rules']>((value) => typeof value === 'function', {
    error: 'a function from thresholds to rules',
  }),
  with: z.custom<AlertGroup['with']>((value) => typeof value === 'function', {
    error: 'what alertGroup({ … }) makes of it',
  }),
});

/** The schema of what a group makes of its thresholds. */
export const rulesSchema = z.strictObject({
  recordings: z
    .array(
      z.strictObject({
        record: z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*(:[a-zA-Z0-9_]+)+$/, {
          error: 'a name of the form level:metric:operations',
        }),
        expr: text,
      }),
    )
    .optional(),
  alerts: z.array(
    z.strictObject({
      alert: z.string().regex(/^[A-Z][a-zA-Z0-9]*$/, { error: 'a name in UpperCamelCase' }),
      expr: text,
      for: duration.optional(),
      keepFiringFor: duration.optional(),
      severity: z.enum(['critical', 'warning', 'info']),
      subject: text.optional(),
      summary: text,
      description: text,
      needs: z.array(job).optional(),
      dashboard: text.optional(),
    }),
  ),
});
