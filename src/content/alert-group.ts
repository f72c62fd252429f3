import { z } from 'zod';
import { duration } from '../config/fields.js';

/** `critical`: a person acts within the hour; `warning`: a ticket; `info`: for other alerts' sake. */
export type AlertSeverity = 'critical' | 'warning' | 'info';

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold. A Prometheus duration. @default - it fires at once */
  readonly for?: string;
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
}

export interface RecordingRule {
  /** `level:metric:operations`. */
  readonly record: string;
  readonly expr: string;
}

/** The rules of one subject: the default export of a file in `alerts/`, whose name it bears. */
export interface AlertGroup {
  readonly recordings?: readonly RecordingRule[];
  readonly alerts: readonly Alert[];
}

/** Makes a group of rules. */
export const alertGroup = (group: AlertGroup): AlertGroup => group;

const text = z.string().min(1);

/** The schema of what a file in `alerts/` exports. */
export const alertGroupSchema = z.strictObject({
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
      severity: z.enum(['critical', 'warning', 'info']),
      subject: text.optional(),
      summary: text,
      description: text,
    }),
  ),
});

/** A group in the format of Prometheus's rule files. */
export const ruleFile = (name: string, { recordings = [], alerts }: AlertGroup): object => ({
  groups: [
    {
      name,
      rules: [
        ...recordings,
        ...alerts.map(
          ({ alert, expr, for: hold, severity, subject = alert, summary, description }) => ({
            alert,
            expr,
            ...(hold && { for: hold }),
            labels: { severity, subject },
            annotations: { summary, description },
          }),
        ),
      ],
    },
  ],
});
