import { z } from 'zod';
import { quantityValue } from '../../model/quantity.js';
import type { TailPolicy, TailSampling } from './file.js';

const share = z.number({ error: 'a ratio from 0 to 1' }).min(0).max(1);
const duration = z
  .string({ error: "a duration in whole seconds or milliseconds such as '2s' or '500ms'" })
  .regex(/^[1-9]\d*(ms|s)$/);

/** Which traces are kept, decided when their spans have arrived. */
export const sampling = z.strictObject({
  /** Keeps every trace with a span of status ERROR. @default true */
  errors: z.boolean().default(true),
  /** Keeps every trace that takes at least as long, from its first start to its last end. @default - none because of its duration */
  slow: duration.optional(),
  /** Keeps every trace with a span or a resource that has one of these values in a text attribute. @default [] */
  always: z
    .array(
      z.strictObject({
        /** Name of the attribute, such as `customer.tier`. */
        attribute: z.string().min(1),
        values: z.array(z.string().min(1)).min(1),
      }),
    )
    .default([]),
  /** Ratio of the other traces in which a service takes part, by its name; the highest applies if there are several. @default {} */
  services: z.record(z.string().min(1), share).default({}),
  /** Ratio of all other traces. @default 0.1 */
  rest: share.default(0.1),
  /** Time from the first span of a trace to the decision; spans that come later follow it. @default '10s' */
  wait: duration.default('10s'),
});

export type Sampling = z.output<typeof sampling>;

// Share of the memory limit for traces that wait for their decision, and the assumed size of one.
const shareOfMemory = 0.4;
const bytesPerTrace = 16 * 1024;

/** How many traces can wait for their decision. */
export const tracesIn = (memoryLimit: string): number =>
  Math.floor((quantityValue(memoryLimit) * shareOfMemory) / bytesPerTrace);

/**
 * The settings of the processor: a trace is kept if one of the policies keeps it.
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/v0.159.0/processor/tailsamplingprocessor
 */
export const tailSampling = (
  options: Sampling,
  memoryLimit: string,
  first: readonly TailPolicy[] = [],
): TailSampling => {
  const traces = tracesIn(memoryLimit);
  return {
    decision_wait: options.wait,
    num_traces: traces,
    // Spans that come after the decision follow it, also when the trace is no longer in memory.
    decision_cache: { sampled_cache_size: 10 * traces, non_sampled_cache_size: 10 * traces },
    sample_on_first_match: true,
    // The first policy that keeps or drops a trace decides.
    policies: [
      ...first,
      ...(options.errors ? [errors] : []),
      ...(options.slow ? [slowerThan(options.slow)] : []),
      ...options.always.map(({ attribute, values }, index) => having(index, attribute, values)),
      ...Object.entries(options.services).map(([name, ratio]) => ofService(name, ratio)),
      others(Object.keys(options.services), options.rest),
    ],
  };
};

const errors: TailPolicy = {
  name: 'errors',
  type: 'status_code',
  status_code: { status_codes: ['ERROR'] },
};

const slowerThan = (duration: string): TailPolicy => ({
  name: 'slow',
  type: 'latency',
  latency: { threshold_ms: milliseconds(duration) },
});

const having = (index: number, key: string, values: readonly string[]): TailPolicy => ({
  name: `always-${index + 1}`,
  type: 'string_attribute',
  string_attribute: { key, values: [...values] },
});

/** The percentage without the error of floating point: 0.07 * 100 is 7.000000000000001. */
const percent = (ratio: number) => ({
  sampling_percentage: Number((ratio * 100).toPrecision(15)),
});

const ofServices = (values: string[]) => ({ key: 'service.name', values });

/** All use the same hash of the trace ID: of two shares, the higher one keeps what the lower one keeps. */
const ofService = (name: string, ratio: number): TailPolicy => ({
  name: `service-${name}`,
  type: 'and',
  and: {
    and_sub_policy: [
      { name: 'service', type: 'string_attribute', string_attribute: ofServices([name]) },
      { name: 'share', type: 'probabilistic', probabilistic: percent(ratio) },
    ],
  },
});

const others = (services: string[], ratio: number): TailPolicy =>
  services.length === 0
    ? { name: 'rest', type: 'probabilistic', probabilistic: percent(ratio) }
    : {
        name: 'rest',
        type: 'and',
        and: {
          and_sub_policy: [
            {
              name: 'other-services',
              type: 'not',
              not: {
                not_sub_policy: {
                  name: 'services',
                  type: 'string_attribute',
                  string_attribute: ofServices(services),
                },
              },
            },
            { name: 'share', type: 'probabilistic', probabilistic: percent(ratio) },
          ],
        },
      };

/** The milliseconds of a duration of these options. */
export const milliseconds = (duration: string): number =>
  Number.parseInt(duration, 10) * (duration.endsWith('ms') ? 1 : 1000);
