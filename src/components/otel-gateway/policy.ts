import { z } from 'zod';
import { text } from '../../schema/format.js';
import { condition } from '../collector/ottl.js';

const name = text;
const count = z.int().min(1);
const texts = z.array(text).min(1);

/** A policy with settings under its type. */
const kind = <Type extends string, Settings extends z.ZodType>(type: Type, settings: Settings) =>
  z.strictObject({ name, type: z.literal(type), [type]: settings } as {
    name: typeof name;
    type: z.ZodLiteral<Type>;
  } & Record<Type, Settings>);

const simple = [
  kind(
    'status_code',
    z.strictObject({ status_codes: z.array(z.enum(['ERROR', 'OK', 'UNSET'])).min(1) }),
  ),
  kind('latency', z.strictObject({ threshold_ms: count, upper_threshold_ms: count.optional() })),
  kind(
    'string_attribute',
    z.strictObject({
      key: text,
      values: texts,
      enabled_regex_matching: z.boolean().optional(),
      cache_max_size: count.optional(),
      invert_match: z.boolean().optional(),
    }),
  ),
  kind(
    'numeric_attribute',
    z.strictObject({
      key: text,
      min_value: z.int().optional(),
      max_value: z.int().optional(),
      invert_match: z.boolean().optional(),
    }),
  ),
  kind(
    'boolean_attribute',
    z.strictObject({ key: text, value: z.boolean(), invert_match: z.boolean().optional() }),
  ),
  kind(
    'probabilistic',
    z.strictObject({
      sampling_percentage: z.number().min(0).max(100),
      hash_salt: text.optional(),
    }),
  ),
  kind(
    'rate_limiting',
    z.strictObject({ spans_per_second: count, burst_capacity: count.optional() }),
  ),
  kind(
    'bytes_limiting',
    z.strictObject({ bytes_per_second: count, burst_capacity: count.optional() }),
  ),
  kind('span_count', z.strictObject({ min_spans: count, max_spans: count.optional() })),
  kind('trace_state', z.strictObject({ key: text, values: texts })),
  kind(
    'ottl_condition',
    z.strictObject({
      error_mode: z.enum(['ignore', 'silent', 'propagate']).optional(),
      span: z.array(condition).min(1).optional(),
      spanevent: z.array(condition).min(1).optional(),
    }),
  ),
  z.strictObject({ name, type: z.literal('trace_flags') }),
  z.strictObject({ name, type: z.literal('always_sample') }),
] as const;

const not = kind(
  'not',
  z.strictObject({ not_sub_policy: z.discriminatedUnion('type', [...simple]) }),
);
const parts = z.array(z.discriminatedUnion('type', [...simple, not])).min(1);
const and = kind('and', z.strictObject({ and_sub_policy: parts }));
const drop = kind('drop', z.strictObject({ drop_sub_policy: parts }));
const composite = kind(
  'composite',
  z.strictObject({
    max_total_spans_per_second: count,
    policy_order: texts,
    composite_sub_policy: z.array(z.discriminatedUnion('type', [...simple, and])).min(1),
    rate_allocation: z.array(z.strictObject({ policy: text, percent: z.int().min(1).max(100) })),
  }),
);

/**
 * A policy of the processor for tail sampling.
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/v0.159.0/processor/tailsamplingprocessor/config.go
 */
export const policy = z.discriminatedUnion('type', [...simple, not, and, drop, composite]);

export type NativePolicy = z.input<typeof policy>;
