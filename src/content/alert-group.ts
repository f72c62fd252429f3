import { z } from 'zod';
import type { AlertSetting } from '../config/alert-setting.js';
import { duration } from '../config/fields.js';
import { duration as anyDuration, labelName, url } from '../schema/format.js';

/** `critical`: a person acts within the hour; `warning`: a ticket; `info`: only inhibits other alerts. */
export const severities = ['critical', 'warning', 'info'] as const;

export type AlertSeverity = (typeof severities)[number];

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
  /** Labels besides `severity`, `subject` and `reach`, for routes; templates are allowed. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations besides `summary`, `description` and the links. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** The URL of its runbook. @default - its section in the runbook of the group, if there is one */
  readonly runbook?: string;
}

export interface RecordingRule {
  /** `level:metric:operations`. */
  readonly record: string;
  readonly expr: string;
  /** Labels that the rule sets. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
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
  /** How often the rules are evaluated: a Prometheus duration. @default - as `prometheus.scrapeInterval` */
  readonly interval?: string;
  /** How far in the past they are evaluated, for samples that arrive late. @default - not at all */
  readonly queryOffset?: string;
  /** The largest number of alerts or series of each rule; a rule with more fails. @default - no limit */
  readonly limit?: number;
  /** Labels of all its rules. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Whether ranges of rates that are shorter than four scrapes of an environment are extended to four, as
   * in what ships. @default false
   */
  readonly adaptRanges?: boolean;
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
const texts = z.record(labelName, z.string());
const job = z.string().min(1, { error: 'the name of a scrape job' });

/** The schema of the default export of a file in `alerts/`. */
export const alertGroupSchema = z.strictObject({
  needs: z.array(job),
  dashboard: text.optional(),
  interval: duration.optional(),
  queryOffset: anyDuration.optional(),
  limit: z.int().min(0).optional(),
  labels: texts.optional(),
  adaptRanges: z.boolean().optional(),
  thresholds: z.record(z.string(), z.union([z.number(), z.string()])),
  rules: z.custom<AlertGroup['rules']>((value) => typeof value === 'function', {
    error: 'a function from thresholds to rules',
  }),
  with: z.custom<AlertGroup['with']>((value) => typeof value === 'function', {
    error: 'the function that alertGroup({ … }) adds',
  }),
});

/** Labels that a field of the alert, or Prometheus, sets. */
const ownLabels = z
  .record(
    labelName.refine((name) => !['severity', 'subject', 'reach', 'alertname'].includes(name), {
      error: 'the field of the alert with this name',
    }),
    z.string(),
  )
  .optional();

/** The schema of the rules that a group returns for its thresholds: what Prometheus accepts. */
export const rulesSchema = z.strictObject({
  recordings: z
    .array(
      z.strictObject({
        record: z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, {
          error: 'a name of the form level:metric:operations',
        }),
        expr: text,
        labels: texts.optional(),
        needs: z.array(text).optional(),
      }),
    )
    .optional(),
  alerts: z.array(
    z.strictObject({
      alert: text,
      expr: text,
      for: duration.optional(),
      keepFiringFor: duration.optional(),
      severity: text,
      subject: text.optional(),
      reach: z.literal('all').optional(),
      summary: z.string().optional(),
      description: z.string().optional(),
      needs: z.array(job).optional(),
      dashboard: text.optional(),
      labels: ownLabels,
      annotations: texts.optional(),
      runbook: url.optional(),
    }),
  ),
});
