import { z } from 'zod';
import type { AlertSetting } from '../config/alert-setting.js';
import { duration } from '../config/fields.js';

/** `critical`: a person acts within the hour; `warning`: a ticket; `info`: only inhibits other alerts. */
export type AlertSeverity = 'critical' | 'warning' | 'info';

/** Which receivers get an alert. */
export type AlertReach = 'all';

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  /** How long the condition must be true: a Prometheus duration. @default - it fires at once */
  readonly for?: string;
  /** How long it continues to fire after the condition is false, to prevent flapping. @default - it resolves at once */
  readonly keepFiringFor?: string;
  readonly severity: AlertSeverity;
  /**
   * The subject: a critical alert inhibits warnings about the same subject on the same node, pod or
   * instance. @default - the name of the alert
   */
  readonly subject?: string;
  /**
   * `all`: every receiver gets it, and it inhibits nothing. For alerts about failing notifications,
   * which the failing receiver cannot deliver. @default - as the routes select
   */
  readonly reach?: AlertReach;
  /** One line that names the affected object. */
  readonly summary: string;
  /** What is wrong, with the value in readable units. */
  readonly description: string;
  /** Required scrape jobs and facts (`fact.ts`), besides the jobs of its group. @default - none */
  readonly needs?: readonly string[];
  /** The uid of the dashboard that it links to. @default - that of its group */
  readonly dashboard?: string;
}

export interface RecordingRule {
  /** `level:metric:operations`. */
  readonly record: string;
  readonly expr: string;
  /** Required scrape jobs and facts, besides the jobs of its group. @default - none */
  readonly needs?: readonly string[];
}

export interface Rules {
  readonly recordings?: readonly RecordingRule[];
  readonly alerts: readonly Alert[];
}

/** Numbers, or strings such as durations, that an environment can override. */
export type Thresholds = Readonly<Record<string, number | string>>;

export interface AlertGroupOptions<T extends Thresholds> {
  /** Required scrape jobs: an environment without one of them does not have the group. */
  readonly needs: readonly string[];
  /** The uid of the dashboard that its alerts link to: the name of a file in `dashboards/`. @default - none */
  readonly dashboard?: string;
  /** Default values by name. @default - none */
  readonly thresholds?: T;
  rules(thresholds: T): Rules;
}

/** The rules about one subject: the default export of a file in `alerts/`, which gives the group its name. */
export interface AlertGroup<T extends Thresholds = Thresholds> extends AlertGroupOptions<T> {
  readonly thresholds: T;
  /** The group with changed thresholds, for the option `alerts` of an environment. */
  with(thresholds: { readonly [K in keyof T]?: Widened<T[K]> }): AlertSetting;
}

type Widened<V> = V extends number ? number : string;

/** Defines a group of rules. */
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

/** The schema of the default export of a file in `alerts/`. */
export const alertGroupSchema = z.strictObject({
  needs: z.array(job),
  dashboard: text.optional(),
  thresholds: z.record(z.string(), z.union([z.number(), z.string()])),
  rules: z.custom<AlertGroup['rules']>((value) => typeof value === 'function', {
    error: 'a function from thresholds to rules',
  }),
  with: z.custom<AlertGroup['with']>((value) => typeof value === 'function', {
    error: 'the function that alertGroup({ … }) adds',
  }),
});

/** The schema of the rules that a group returns for its thresholds. */
export const rulesSchema = z.strictObject({
  recordings: z
    .array(
      z.strictObject({
        record: z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*(:[a-zA-Z0-9_]+)+$/, {
          error: 'a name of the form level:metric:operations',
        }),
        expr: text,
        needs: z.array(text).optional(),
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
      reach: z.literal('all').optional(),
      summary: text,
      description: text,
      needs: z.array(job).optional(),
      dashboard: text.optional(),
    }),
  ),
});
