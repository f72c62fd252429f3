import { z } from 'zod';
import { allowed } from '../../schema/allowed.js';
import { text } from '../../schema/format.js';
import { type NativePolicy, policy } from './policy.js';

// Processors of the collector that need no access to anything else, with their fields:
// https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/v0.159.0/processor

const texts = z.array(text).min(1);
const errorMode = z.enum(['ignore', 'silent', 'propagate']).optional();
const value = z.union([z.string(), z.number(), z.boolean()], {
  error: 'a text, a number, true or false',
});

const action = z.strictObject({
  key: text.optional(),
  action: z.enum(['insert', 'update', 'upsert', 'delete', 'hash', 'extract', 'convert']),
  value: value.optional(),
  default_value: value.optional(),
  pattern: text.optional(),
  from_attribute: text.optional(),
  from_context: text.optional(),
  converted_type: z.enum(['int', 'double', 'string']).optional(),
});

const matched = z.array(z.strictObject({ key: text, value: value.optional() })).min(1);
const match = z
  .strictObject({
    match_type: z.enum(['strict', 'regexp']),
    services: texts.optional(),
    span_names: texts.optional(),
    span_kinds: texts.optional(),
    attributes: matched.optional(),
    resources: matched.optional(),
    libraries: z
      .array(z.strictObject({ name: text, version: z.string().optional() }))
      .min(1)
      .optional(),
  })
  .optional();

const conditions = z.strictObject({
  context: text.optional(),
  error_mode: errorMode,
  conditions: texts,
});

/** A list of texts, or of objects: the collector does not accept both in one list. */
const allOf = <Item extends z.ZodType>(item: Item) =>
  z.union([texts, z.array(item).min(1)], {
    error: 'a list of texts, or a list of objects',
  });

const kinds = {
  attributes: z.strictObject({ include: match, exclude: match, actions: z.array(action).min(1) }),
  resource: z.strictObject({ attributes: z.array(action).min(1) }),
  filter: z
    .strictObject({
      error_mode: errorMode,
      traces: z
        .strictObject({
          resource: texts.optional(),
          span: texts.optional(),
          spanevent: texts.optional(),
        })
        .optional(),
      trace_conditions: z
        .array(z.union([text, conditions]))
        .min(1)
        .optional(),
    })
    .refine((one) => (one.traces === undefined) !== (one.trace_conditions === undefined), {
      error: 'an object with either traces or trace_conditions',
    }),
  transform: z.strictObject({
    error_mode: errorMode,
    trace_statements: allOf(
      z.strictObject({
        context: text.optional(),
        error_mode: errorMode,
        conditions: texts.optional(),
        statements: texts,
      }),
    ),
  }),
};

type Kinds = typeof kinds;

/** Processors by their names, such as `attributes` or `filter/health`, in the order of the pipeline. */
export type NativeProcessors = {
  readonly [Kind in keyof Kinds as Kind | `${Kind}/${string}`]?: z.input<Kinds[Kind]>;
};

const types = Object.keys(kinds) as (keyof Kinds)[];
const processorName = new RegExp(`^(${types.join('|')})(/[\\w-]+)?$`);

// The texts of its issues are those of the schema around it.
const parameters = { error: allowed, jitless: true, reportInput: true };

/** The processors, each with the schema of its type. */
export const nativeProcessors = z
  .record(
    z
      .string({
        error: `one of ${types.join(', ')}, with a name after a slash if need be, such as 'filter/health'`,
      })
      .regex(processorName),
    z.unknown(),
  )
  .superRefine((all, context) => {
    for (const [name, one] of Object.entries(all)) {
      const [, type] = processorName.exec(name) ?? [];
      const schema = type && kinds[type as keyof Kinds];
      if (!schema) continue;
      const issues = schema.safeParse(one, parameters).error?.issues ?? [];
      for (const issue of issues) {
        context.issues.push({ ...issue, path: [name, ...issue.path] } as z.core.$ZodRawIssue);
      }
    }
  }) as unknown as z.ZodType<NativeProcessors, NativeProcessors>;

// The names of the policies that result from `sampling`.
const taken = /^(errors|slow|rest|always-\d+|service-.*)$/;

/** Native parts of the gateway. */
export const nativeConfig = z.strictObject({
  /** Processors of the collector that each span passes first, in this order, before it is counted and sampled. @default {} */
  processors: nativeProcessors
    .refine((all) => !('filter/calls' in all), {
      error: "processors without the name 'filter/calls', which the gateway has itself",
    })
    .optional(),
  /** Policies of the processor for tail sampling, which are evaluated before those of `sampling`. @default [] */
  policies: z
    .array(policy)
    .refine((all) => all.every(({ name }) => !taken.test(name)), {
      error: "policies with other names than those of `sampling`, such as 'errors' and 'rest'",
    })
    .optional(),
});

export interface NativeConfig {
  readonly processors?: NativeProcessors | undefined;
  readonly policies?: readonly NativePolicy[] | undefined;
}
