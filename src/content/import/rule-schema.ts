import { z } from 'zod';
import { duration } from '../../schema/format.js';

// Each scalar of the file is its text. A field without a value is as if it were not there.
const nullable = <T extends z.ZodType>(type: T) =>
  type.nullish().transform((value) => value ?? undefined);

const text = z.string({ error: 'a text' }).min(1);

const texts = nullable(
  z
    .record(
      text.refine((name) => name !== '__name__', { error: "a name other than '__name__'" }),
      z
        .string({ error: 'a text' })
        .nullable()
        .transform((value) => value ?? ''),
    )
    .transform((all) => (Object.keys(all).length > 0 ? all : undefined)),
);

/** Only alerts have these fields: https://github.com/prometheus/prometheus/blob/v3.14.0/model/rulefmt/rulefmt.go */
const ofAlerts = ['for', 'keep_firing_for', 'annotations'] as const;

const isSet = (value: unknown): boolean =>
  value !== undefined && !(typeof value === 'string' && /^[0\D]*$/.test(value));

const rule = z
  .strictObject({
    record: nullable(z.string()),
    alert: nullable(z.string()),
    expr: text,
    for: nullable(duration),
    keep_firing_for: nullable(duration),
    labels: texts,
    annotations: texts,
  })
  .superRefine((one, { addIssue }) => {
    const { record, alert } = one;
    if (!record === !alert) {
      const message = 'either record or alert';
      addIssue({ code: 'custom', path: [record ? 'record' : 'alert'], message });
    }
    if (!record) return;
    if (/[{}]/.test(record)) {
      const message = 'the name of a series; braces belong in expr';
      addIssue({ code: 'custom', path: ['record'], message });
    }
    for (const field of ofAlerts) {
      if (!isSet(one[field])) continue;
      addIssue({ code: 'custom', path: [field], message: 'nothing: only alerts have it' });
    }
  });

const group = z.strictObject({
  name: text,
  interval: nullable(duration),
  query_offset: nullable(duration),
  limit: nullable(
    z
      .string({ error: 'a number' })
      .regex(/^-?\d+$/)
      .transform(Number),
  ),
  labels: texts,
  // Thanos's ruler reads it, and the operator's objects may have it.
  partial_response_strategy: nullable(z.string()),
  rules: nullable(z.array(rule)),
});

/** What Prometheus accepts in a rule file, and the field of Thanos. */
export const ruleFileSchema = z
  .strictObject({ groups: nullable(z.array(group)) })
  .superRefine(({ groups = [] }, { addIssue }) => {
    const names = groups.map(({ name }) => name);
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) === index) continue;
      const message = 'a name that no other group of the file has';
      addIssue({ code: 'custom', path: ['groups', index, 'name'], message });
    }
  });

/** A group as it is in the file. */
export type ImportedGroup = NonNullable<z.output<typeof ruleFileSchema>['groups']>[number];
