import { z } from 'zod';
import { text } from '../../schema/format.js';

const name = text;
const share = z.strictObject({ sampling_percentage: z.number().min(0).max(100) });

const statusCode = z.strictObject({
  name,
  type: z.literal('status_code'),
  status_code: z.strictObject({
    status_codes: z.array(z.enum(['ERROR', 'OK', 'UNSET'])).min(1),
  }),
});
const latency = z.strictObject({
  name,
  type: z.literal('latency'),
  latency: z.strictObject({
    threshold_ms: z.int().min(1),
    upper_threshold_ms: z.int().min(1).optional(),
  }),
});
const stringAttribute = z.strictObject({
  name,
  type: z.literal('string_attribute'),
  string_attribute: z.strictObject({
    key: text,
    values: z.array(text).min(1),
    enabled_regex_matching: z.boolean().optional(),
    invert_match: z.boolean().optional(),
  }),
});
const probabilistic = z.strictObject({
  name,
  type: z.literal('probabilistic'),
  probabilistic: share,
});
const always = z.strictObject({ name, type: z.literal('always_sample') });

const simple = [statusCode, latency, stringAttribute, probabilistic, always] as const;

const not = z.strictObject({
  name,
  type: z.literal('not'),
  not: z.strictObject({ not_sub_policy: z.discriminatedUnion('type', [...simple]) }),
});
const and = z.strictObject({
  name,
  type: z.literal('and'),
  and: z.strictObject({
    and_sub_policy: z.array(z.discriminatedUnion('type', [...simple, not])).min(1),
  }),
});

/**
 * A policy of the processor for tail sampling.
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/v0.159.0/processor/tailsamplingprocessor/config.go
 */
export const policy = z.discriminatedUnion('type', [...simple, not, and]);
