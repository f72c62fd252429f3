import { z } from 'zod';
import { labelName, regex } from '../format.js';

// The fields of each action in
// https://github.com/prometheus/prometheus/blob/v3.14.0/model/relabel/relabel.go, without those that have no effect.

const sourceLabels = z.array(labelName).min(1);
const separator = z.string().optional();
// It can contain a group of the regular expression, such as `$1`.
const template = /^(?:[a-zA-Z_]|\$\{?\w+\}?)(?:\w|\$\{?\w+\}?)*$/;

/** A relabelling step; the required fields depend on the action. */
export const relabelStep = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('replace').default('replace'),
    source_labels: sourceLabels.optional(),
    separator,
    regex: regex.optional(),
    target_label: z.string({ error: "a label name such as 'namespace'" }).regex(template),
    replacement: z.string().optional(),
  }),
  z.strictObject({
    action: z.enum(['keep', 'drop']),
    source_labels: sourceLabels,
    separator,
    regex,
  }),
  z.strictObject({
    action: z.enum(['keepequal', 'dropequal']),
    source_labels: sourceLabels,
    target_label: labelName,
  }),
  z.strictObject({
    action: z.enum(['lowercase', 'uppercase']),
    source_labels: sourceLabels,
    separator,
    target_label: labelName,
  }),
  z.strictObject({
    action: z.literal('hashmod'),
    source_labels: sourceLabels,
    separator,
    target_label: labelName,
    modulus: z.int().min(1),
  }),
  z.strictObject({
    action: z.literal('labelmap'),
    regex,
    replacement: z
      .string({
        error: "a label name, which can contain a group of the regular expression such as '$1'",
      })
      .regex(template)
      .optional(),
  }),
  z.strictObject({ action: z.enum(['labeldrop', 'labelkeep']), regex }),
]);
