import { parseDocument } from 'yaml';
import { z } from 'zod';
import { analyse } from '../../src/promql/analyse.js';
import { duration, labelName } from '../../src/schema/format.js';

const number = String.raw`[-+]?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|inf|nan)`;
const steps = String.raw`(?:[-+]${number}|)x\d+`;
const value = new RegExp(
  `^(?:stale|_(?:x\\d+)?|${number}(?:${steps})?|\\{\\{.*\\}\\}(?:x\\d+)?)$`,
  'i',
);

const values = z.union([z.string(), z.number()]).refine(
  (text) =>
    `${text}`
      .trim()
      .split(/\s+(?![^{]*\}\})/)
      .every((one) => value.test(one)),
  {
    error: "values in promtool's notation, such as '0+5x10 _x3 stale'",
  },
);

/** A series, written as a selector that matches exactly its labels. */
const series = z.string().refine(
  (text) => {
    const { expression, faults } = analyse(text);
    return (
      faults.length === 0 &&
      expression?.kind === 'selector' &&
      expression.matchers.every(({ operator }) => operator === '=')
    );
  },
  { error: 'a series, such as up{job="shop"}' },
);

const expr = z
  .string()
  .refine((text) => analyse(text).faults.length === 0, { error: 'an expression that parses' });

const texts = z.record(labelName, z.union([z.string(), z.number()]));

// https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
const testFile = z.strictObject({
  rule_files: z.array(z.string()).min(1),
  evaluation_interval: duration.optional(),
  group_eval_order: z.array(z.string()).optional(),
  fuzzy_compare: z.boolean().optional(),
  tests: z
    .array(
      z.strictObject({
        name: z.string().optional(),
        interval: duration.optional(),
        input_series: z.array(z.strictObject({ series, values })).optional(),
        alert_rule_test: z
          .array(
            z.strictObject({
              eval_time: duration,
              alertname: z.string(),
              exp_alerts: z
                .array(
                  z.strictObject({
                    exp_labels: texts.optional(),
                    exp_annotations: texts.optional(),
                  }),
                )
                .nullish(),
            }),
          )
          .optional(),
        promql_expr_test: z
          .array(
            z.strictObject({
              expr,
              eval_time: duration,
              exp_samples: z
                .array(
                  z.strictObject({
                    labels: z.union([z.enum(['', '{}']), series]).optional(),
                    value: z.number().optional(),
                    histogram: z.string().optional(),
                  }),
                )
                .nullish(),
            }),
          )
          .optional(),
        external_labels: texts.optional(),
        external_url: z.string().optional(),
        start_timestamp: z.union([z.string(), z.number()]).optional(),
      }),
    )
    .min(1),
});

/** The content of a rule test, parsed as strictly as by promtool. */
export type UnitTestFile = z.output<typeof testFile>;

/** Parses a rule test; throws if promtool rejects it. */
export const readUnitTests = (text: string): UnitTestFile => {
  const document = parseDocument(text);
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) throw fault;
  return testFile.parse(document.toJS());
};
