import { z } from 'zod';

const group = z.custom<object>((value) => typeof value === 'object' && value !== null, {
  error: 'an alert group that a file of alerts/ exports',
});

/** How an environment changes the alerts that ship: `group.with({…})` or `without(…)`. */
export const alertSetting = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('with'),
    group,
    thresholds: z.record(
      z.string(),
      z.union([z.number(), z.string()], { error: 'a number, or a string such as a duration' }),
    ),
  }),
  z.strictObject({
    kind: z.literal('without'),
    alert: z.string(),
    /** Listed in the generated README. */
    reason: z.string().min(10),
  }),
  z.strictObject({
    kind: z.literal('severities'),
    /** Severities of the house, by those of rules that others wrote. */
    severities: z.record(z.string().min(1), z.enum(['critical', 'warning', 'info'])),
  }),
]);

export type AlertSetting = z.output<typeof alertSetting>;

/** Disables alerts; the reason (at least ten characters) is listed in the generated README. */
export const without = (alert: string, reason: string): AlertSetting => ({
  kind: 'without',
  alert,
  reason,
});

/**
 * Maps the severities of rules that others wrote, which are YAML: `severities({ page: 'critical' })`. A
 * severity without an entry is kept.
 */
export const severities = (
  map: Readonly<Record<string, 'critical' | 'warning' | 'info'>>,
): AlertSetting => ({ kind: 'severities', severities: map });
