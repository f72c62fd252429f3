import { z } from 'zod';
import { tooLong } from '../../config/fields.js';
import { seconds } from '../../promql/duration.js';
import { suggesting } from '../../schema/suggesting.js';
import { type DurationIndicator, histogram, type Indicator, indicator } from './indicator.js';
import { exact, periods } from './window.js';

const targetText = 'a percentage above 1 and below 100, such as 99.9';

/** A ratio such as 0.999 as a percentage. */
const percentage = (value: number): number | undefined =>
  value > 0.01 && value < 1 ? exact(value * 100) : undefined;

const isTarget = (value: number): boolean => value > 1 && value < 100;

/** The remedy for a target, with the number of a text such as '99.9%'. */
const targetRemedy = (input: unknown): string => {
  const [, digits] = /^(\d+(?:\.\d+)?) ?%$/.exec(typeof input === 'string' ? input : '') ?? [];
  return digits !== undefined && isTarget(Number(digits))
    ? `${targetText}: here ${Number(digits)}, without quotes and %`
    : targetText;
};

const common = {
  /** The percentage of events that must be good. */
  target: z
    .number({ error: (issue) => targetRemedy(issue?.input) })
    // 100 leaves no budget.
    .superRefine(suggesting(isTarget, targetText, percentage)),
  /** Its name, in the label `slo`. @default - availability; latency- and the threshold */
  name: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, {
      error: 'a name of lower-case letters and digits, with dashes between them',
    })
    .max(63, { error: tooLong('a name of at most 63 characters') })
    .optional(),
  /** The period of its error budget. @default - the longest one that the retention allows */
  period: z.enum(periods).optional(),
  /** Whether a fast burn of its budget is critical; otherwise there are only tickets. @default true */
  page: z.boolean().default(true),
  /**
   * How many events must have failed in the long window of an alert, so that a single failure of a
   * service with few requests alerts nobody. @default 5
   */
  minimumErrors: z.int().min(1).default(5),
};

const thresholdText = "a duration above zero such as '300ms' or '1s'";

/** A part of a second such as '0.25s' in milliseconds; a number without a unit is one of seconds below 1, else of milliseconds. */
const inMilliseconds = (value: string): string | undefined => {
  const [, amount, unit] = /^(\d*\.?\d+)(s?)$/.exec(value) ?? [];
  const count = exact(Number(amount) * (unit === 's' || Number(amount) < 1 ? 1000 : 1));
  return count >= 1 && Number.isInteger(count) ? `${count}ms` : undefined;
};

/** The remedy for a threshold, with the text that a number means. */
const thresholdRemedy = (input: unknown): string => {
  const meant = typeof input === 'number' ? inMilliseconds(`${input}`) : undefined;
  return meant === undefined ? thresholdText : `${thresholdText}: here '${meant}'`;
};

/** The schema of an objective: what `availability` and `latency` return. */
export const objectiveSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('availability'),
    ...common,
    /** What counts its events. @default - that of `metrics.http`, or 'opentelemetry' */
    of: indicator.prefault('opentelemetry'),
  }),
  z.strictObject({
    kind: z.literal('latency'),
    ...common,
    /** The duration within which an event must end: a bound of the histogram. */
    threshold: z
      .string({ error: (issue) => thresholdRemedy(issue?.input) })
      .superRefine(
        suggesting(
          (value) => /[a-z]$/.test(value) && (seconds(value) ?? 0) > 0,
          thresholdText,
          inMilliseconds,
        ),
      ),
    /** The histogram of the durations. @default - that of `metrics.http`, or 'opentelemetry' */
    of: histogram.prefault('opentelemetry'),
    /** The bounds of its buckets in seconds, if they are not the default ones of the library. */
    buckets: z.array(z.number().gt(0)).min(1).optional(),
  }),
]);

/** A validated objective. */
export type Objective = z.output<typeof objectiveSchema>;

/** An objective as users write it: the result of `availability` or `latency`. */
export type ObjectiveOptions = z.input<typeof objectiveSchema>;

type AvailabilityOptions = Extract<ObjectiveOptions, { kind: 'availability' }>;
type LatencyOptions = Extract<ObjectiveOptions, { kind: 'latency' }>;

/** A percentage of requests that must succeed: `availability(99.9)`. */
export const availability = (
  target: number,
  options: Omit<AvailabilityOptions, 'kind' | 'target'> = {},
): ObjectiveOptions => ({ kind: 'availability', target, ...options });

/** A percentage of requests that must end within a duration: `latency(99, '300ms')`. */
export const latency = (
  target: number,
  threshold: string,
  options: Omit<LatencyOptions, 'kind' | 'target' | 'threshold'> = {},
): ObjectiveOptions => ({ kind: 'latency', target, threshold, ...options });

/** The value of the label `slo`. */
export const objectiveName = (objective: Objective): string =>
  objective.name ??
  (objective.kind === 'availability' ? 'availability' : `latency-${objective.threshold}`);

export type { DurationIndicator, Indicator };
