import { z } from 'zod';
import { allowed } from '../../schema/allowed.js';
import { text } from '../../schema/format.js';
import { condition, statement } from './ottl.js';

// Processors of the collector that need no access to anything else, with their fields:
// https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/v0.159.0/processor

const texts = z.array(text).min(1);
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
const matching = {
  match_type: z.enum(['strict', 'regexp']),
  attributes: matched.optional(),
  resources: matched.optional(),
  libraries: z
    .array(z.strictObject({ name: text, version: z.string().optional() }))
    .min(1)
    .optional(),
};

const conditions = z.array(condition).min(1);
const statements = z.array(statement).min(1);

/** A level of the data of a signal; the collector ignores case. */
const contextOf = (levels: readonly string[]) =>
  z
    .string()
    .refine((value) => levels.includes(value.toLowerCase()), {
      error: `one of ${levels.join(', ')}`,
    })
    .optional();

type Level = ReturnType<typeof contextOf>;

const levels = {
  traces: contextOf(['resource', 'scope', 'span', 'spanevent']),
  logs: contextOf(['resource', 'scope', 'log']),
};

const resourceProcessor = z.strictObject({ attributes: z.array(action).min(1) });

/** A text or an object, each with its own faults. */
const oneOf = <Text extends z.ZodType, Item extends z.ZodType>(text: Text, item: Item) =>
  z.unknown().superRefine((value, context) => {
    const { error } = (typeof value === 'object' ? item : text).safeParse(value, parameters);
    context.issues.push(...((error?.issues ?? []) as z.core.$ZodRawIssue[]));
  }) as unknown as z.ZodType<z.output<Text> | z.output<Item>, z.input<Text> | z.input<Item>>;

/** A list of texts, or of objects: the collector does not accept both in one list. */
const listOf = <Text extends z.ZodType, Item extends z.ZodType>(text: Text, item: Item) =>
  z
    .array(oneOf(text, item))
    .min(1)
    .refine((all) => new Set(all.map((one) => typeof one)).size === 1, {
      error: 'a list of texts, or a list of objects',
    });

/** The conditions of a filter, in the former and in the current form. */
const conditionsOf = <Mode extends z.ZodType>(mode: Mode, level: Level) =>
  z
    .array(oneOf(condition, z.strictObject({ context: level, error_mode: mode, conditions })))
    .min(1)
    .optional();

const statementsOf = <Mode extends z.ZodType>(mode: Mode, level: Level) =>
  listOf(
    statement,
    z.strictObject({
      context: level,
      error_mode: mode,
      conditions: conditions.optional(),
      statements,
    }),
  );

const attributesOf = <Match extends z.ZodType>(match: Match) =>
  z.strictObject({ include: match, exclude: match, actions: z.array(action).min(1) });

const spanMode = z.enum(['ignore', 'silent', 'propagate']).optional();
// An error that is propagated would be sent again without end.
const logMode = z.enum(['ignore', 'silent']).optional();

const kindsOf = {
  traces: {
    attributes: attributesOf(
      z
        .strictObject({
          ...matching,
          services: texts.optional(),
          span_names: texts.optional(),
          span_kinds: texts.optional(),
        })
        .optional(),
    ),
    resource: resourceProcessor,
    filter: z
      .strictObject({
        error_mode: spanMode,
        traces: z
          .strictObject({
            resource: conditions.optional(),
            span: conditions.optional(),
            spanevent: conditions.optional(),
          })
          .optional(),
        trace_conditions: conditionsOf(spanMode, levels.traces),
      })
      .refine((one) => (one.traces === undefined) !== (one.trace_conditions === undefined), {
        error: 'an object with either traces or trace_conditions',
      }),
    transform: z.strictObject({
      error_mode: spanMode,
      trace_statements: statementsOf(spanMode, levels.traces),
    }),
  },
  logs: {
    attributes: attributesOf(
      z
        .strictObject({
          ...matching,
          log_bodies: texts.optional(),
          log_severity_texts: texts.optional(),
        })
        .optional(),
    ),
    resource: resourceProcessor,
    filter: z
      .strictObject({
        error_mode: logMode,
        logs: z
          .strictObject({ resource: conditions.optional(), log_record: conditions.optional() })
          .optional(),
        log_conditions: conditionsOf(logMode, levels.logs),
      })
      .refine((one) => (one.logs === undefined) !== (one.log_conditions === undefined), {
        error: 'an object with either logs or log_conditions',
      }),
    transform: z.strictObject({
      error_mode: logMode,
      log_statements: statementsOf(logMode, levels.logs),
    }),
  },
};

type Signal = keyof typeof kindsOf;

/** Processors by their names, such as `attributes` or `filter/health`, in the order of the pipeline. */
export type NativeProcessors<Of extends Signal> = {
  readonly [Kind in keyof (typeof kindsOf)[Of] & string as
    | Kind
    | `${Kind}/${string}`]?: (typeof kindsOf)[Of][Kind] extends infer Schema extends z.ZodType
    ? z.input<Schema>
    : never;
};

// The texts of its issues are those of the schema around it.
const parameters = { error: allowed, jitless: true, reportInput: true };

/** The processors of a signal, each with the schema of its type. */
export const nativeProcessors = <Of extends Signal>(
  signal: Of,
): z.ZodType<NativeProcessors<Of>, NativeProcessors<Of>> => {
  const kinds: Readonly<Record<string, z.ZodType>> = kindsOf[signal];
  const types = Object.keys(kinds);
  const processorName = new RegExp(`^(${types.join('|')})(/[\\w-]+)?$`);
  return z
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
        const [, type = ''] = processorName.exec(name) ?? [];
        const issues = kinds[type]?.safeParse(one, parameters).error?.issues ?? [];
        for (const issue of issues) {
          context.issues.push({ ...issue, path: [name, ...issue.path] } as z.core.$ZodRawIssue);
        }
      }
    }) as unknown as z.ZodType<NativeProcessors<Of>, NativeProcessors<Of>>;
};
