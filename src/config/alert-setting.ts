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
]);

export type AlertSetting = z.output<typeof alertSetting>;

/** Disables alerts; the reason (at least ten characters) is listed in the generated README. */
export const without = (alert: string, reason: string): AlertSetting => ({
  kind: 'without',
  alert,
  reason,
});
