import { z } from 'zod';
import { isPlain } from '../model/own-value.js';
import { milliseconds } from '../schema/k6/duration.js';
import { dnsLabel, line, port, secretReference } from './fields.js';
import { path } from './offer.js';

const durationText = "a duration above zero such as '30s', '5m' or '1h30m'";

/** Rules between options apply to valid ones. */
const when = ({ issues }: { readonly issues: readonly unknown[] }): boolean => issues.length === 0;

/** A duration of k6, above zero. */
const duration = z
  .string({ error: durationText })
  .refine((value) => (milliseconds(value) ?? 0) > 0, { error: durationText });

/** A duration of k6, with a unit or `'0'`. */
const pause = z
  .string({ error: "a duration such as '500ms' or '1s', or '0'" })
  .refine((value) => (milliseconds(value) ?? -1) >= 0);

const thresholdFields = z.strictObject(
  {
    threshold: line,
    /** Ends the run at the first failure. @default false */
    abortOnFail: z.boolean().optional(),
    /** How long the run lasts at least. @default - it can end at once */
    delayAbortEval: duration.optional(),
  },
  {
    error: (issue) =>
      issue?.code === 'unrecognized_keys'
        ? undefined
        : "an expression such as 'p(95)<400', or { threshold, abortOnFail, delayAbortEval }",
  },
);

type Threshold = z.output<typeof thresholdFields>;

/** An expression is a threshold without other options. */
const threshold = z.preprocess(
  (value) => (typeof value === 'string' ? { threshold: value } : value),
  thresholdFields,
) as z.ZodType<Threshold, string | Threshold>;

/** Thresholds of k6 by the name of a metric, such as `{ http_req_duration: ['p(95)<400'] }`. */
const thresholds = z.record(line, z.array(threshold));

const users = z.int().min(1).max(100_000);

const stage = z.strictObject({ duration: pause, target: z.int().min(0).max(100_000) });

/** How many virtual users, or how many iterations per second, a scenario has over its time. */
const scenario = z
  .strictObject({
    /** How many virtual users there are at most. @default - those of the load test, multiplied as the scenario requires */
    virtualUsers: users.optional(),
    /** How many iterations start per second at most, however long they take. @default - that of the load test */
    arrivalRate: users.optional(),
    /** The virtual users that an arrival rate can use. @default - those of 5 seconds at this rate */
    maxVirtualUsers: users.optional(),
    /** Time in which the load grows to its maximum. */
    rampUp: pause.optional(),
    /** Time with the maximum of the load. */
    duration: duration.optional(),
    /** Time in which the load falls to zero. */
    rampDown: pause.optional(),
    /** Stages of k6, in place of the three times: `target` is a number of virtual users, or of iterations per second. */
    stages: z.array(stage).min(1).optional(),
    /** The pause of a virtual user after each iteration. @default - that of the load test */
    thinkTime: pause.optional(),
    /** Replace those of the load test, by the name of the metric; an empty list removes them. @default - none */
    thresholds: thresholds.optional(),
  })
  .refine((one) => one.virtualUsers === undefined || one.arrivalRate === undefined, {
    path: ['arrivalRate'],
    error: 'nothing: virtualUsers states the load',
    when,
  })
  .refine((one) => !one.stages || !(one.rampUp ?? one.duration ?? one.rampDown), {
    path: ['stages'],
    error: 'nothing: rampUp, duration and rampDown state the stages',
    when,
  });

/** A text, or a key of a Secret in the namespace of the stack with a text before it. */
const headerValue = z.union(
  [
    z.string().regex(/^\P{Cc}*$/u),
    secretReference
      .extend({
        /** A text before the value, such as `'Bearer '`. @default '' */
        prefix: z
          .string()
          .regex(/^\P{Cc}*$/u)
          .default(''),
      })
      .transform(({ prefix, ...reference }) => ({ prefix, reference })),
  ],
  { error: "a text, or a reference { secret, key, prefix: 'Bearer ' }" },
);

/** Whether a value can be sent as JSON without a loss. */
const isJson = (value: unknown, within: readonly unknown[] = []): boolean => {
  // A value that contains itself.
  if (within.includes(value)) return false;
  const inside = [...within, value];
  if (Array.isArray(value)) return value.every((one) => isJson(one, inside));
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) {
    return value === null || ['string', 'boolean', 'undefined'].includes(typeof value);
  }
  return isPlain(value) && Object.values(value).every((one) => isJson(one, inside));
};

const statusCode = z.int().min(100).max(599);

const request = z.strictObject({
  /** Its name in the results. @default - the method and the path without its query */
  name: line.optional(),
  /** @default 'GET' */
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']).default('GET'),
  /** The path and the query: all requests are sent to the Service of the application. */
  path: path.refine((value) => !/[\s\p{Cc}#]/u.test(value) && !value.startsWith('//'), {
    error: "a path such as '/orders?page=1': all requests are sent to the application",
  }),
  /** Values can be references to Secrets. @default - none */
  headers: z
    .record(
      z
        .string({ error: "the name of a header such as 'Accept'" })
        .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/),
      headerValue,
    )
    .default({}),
  /** A text, or a value that is sent as JSON, in which objects `{ secret, key }` are references to Secrets. @default - none */
  body: z
    .unknown()
    .refine((value) => isJson(value), { error: 'a text, or a value of JSON' })
    .optional(),
  /** The expected status, or all of them; any other is a failure. @default - 200 to 399 */
  status: z.union([statusCode, z.array(statusCode).min(1)]).optional(),
});

/** The kinds of load, from the lightest to the longest. */
export const scenarioNames = ['smoke', 'load', 'stress', 'spike', 'soak'] as const;

export type ScenarioName = (typeof scenarioNames)[number];

/** The load test of an application. */
export const loadTestSchema = z
  .strictObject({
    /** The port of the pods that gets the requests. @default - that of the health pages */
    port: port.optional(),
    /**
     * The Service that leads to the port, and its own port. It must exist in the namespace of the application.
     * @default - as that of the health pages, or the name of the application
     */
    service: z.strictObject({ name: dnsLabel.optional(), port: port.optional() }).optional(),
    /** What a virtual user requests in one iteration, in this order. */
    requests: z.array(request).min(1),
    /** The pause of a virtual user after each iteration. @default - '1s'; none if the scenario has an arrival rate */
    thinkTime: pause.optional(),
    /** The usual number of virtual users, which scenarios multiply. @default 10 */
    virtualUsers: users.optional(),
    /** The usual number of iterations that start per second, which scenarios multiply, in place of virtual users. @default - none */
    arrivalRate: users.optional(),
    /**
     * The scenarios, each with what differs from its defaults: `{ smoke: {}, load: { duration: '30m' } }`.
     * @default - all of smoke, load, stress, spike and soak
     */
    scenarios: z
      .strictObject({
        smoke: scenario.optional(),
        load: scenario.optional(),
        stress: scenario.optional(),
        spike: scenario.optional(),
        soak: scenario.optional(),
      })
      .default({ smoke: {}, load: {}, stress: {}, spike: {}, soak: {} })
      .refine((value) => Object.values(value).some(Boolean), {
        error: `at least one of ${scenarioNames.join(', ')}`,
        when,
      }),
    /** Besides those of the objectives, which one for the same metric replaces. @default - none */
    thresholds: thresholds.default({}),
  })
  .refine((one) => one.virtualUsers === undefined || one.arrivalRate === undefined, {
    path: ['arrivalRate'],
    error: 'nothing: virtualUsers states the load',
    when,
  });

type Options = z.output<typeof loadTestSchema>;

export type LoadRequest = Options['requests'][number];
export type LoadScenario = NonNullable<Options['scenarios'][ScenarioName]>;
export type LoadThresholds = Options['thresholds'];
export type LoadTestOptions = Options;

/** A load test with its target, as the component k6 runs it. */
export interface LoadTest extends Omit<Options, 'service' | 'port'> {
  /** Name of the application. */
  readonly application: string;
  readonly namespace: string;
  /** Port of the pods. */
  readonly port: number;
  readonly host: string;
  readonly servicePort: number;
}
