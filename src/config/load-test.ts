import { z } from 'zod';
import { milliseconds } from '../schema/k6/duration.js';
import { suggesting } from '../schema/suggesting.js';
import { dnsLabel, line, port } from './fields.js';
import { loadRequest } from './load-request.js';

const durationText = "a duration above zero such as '30s', '5m' or '1h30m'";

/** Rules between options apply to valid ones. */
const when = ({ issues }: { readonly issues: readonly unknown[] }): boolean => issues.length === 0;

/** The milliseconds of a duration with a unit: k6 reads a number without one as milliseconds. */
const withUnit = (value: string): number | undefined =>
  /[a-z]$/.test(value) ? milliseconds(value) : undefined;

/** A number without a unit is probably meant in seconds. */
const inSeconds = (value: string): string | undefined =>
  /^[\d.]+$/.test(value) && (milliseconds(value) ?? 0) > 0 ? `${value}s` : undefined;

/** A duration of k6, above zero. */
const duration = z
  .string({ error: durationText })
  .superRefine(suggesting((value) => (withUnit(value) ?? 0) > 0, durationText, inSeconds));

const pauseText = "a duration such as '500ms' or '1s', or '0'";

/** A duration of k6, with a unit or `'0'`. */
const pause = z
  .string({ error: pauseText })
  .superRefine(
    suggesting((value) => value === '0' || withUnit(value) !== undefined, pauseText, inSeconds),
  );

const thresholdFields = z
  .strictObject(
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
  )
  .refine((one) => one.delayAbortEval === undefined || one.abortOnFail, {
    path: ['delayAbortEval'],
    error: 'nothing: only a threshold with abortOnFail ends the run early',
    when,
  });

type Threshold = z.output<typeof thresholdFields>;

/** An expression is a threshold without other options. */
const threshold = z.preprocess(
  (value) => (typeof value === 'string' ? { threshold: value } : value),
  thresholdFields,
) as z.ZodType<Threshold, string | Threshold>;

/** Thresholds of k6 by the name of a metric, such as `{ http_req_duration: ['p(95)<400'] }`. */
const thresholds = z.record(line, z.array(threshold));

/** The most virtual users of a run, or iterations that start per second. */
export const mostLoad = 100_000;

const users = z.int().min(1).max(mostLoad);

const stage = z.strictObject({ duration: pause, target: z.int().min(0).max(mostLoad) });

type Stage = z.output<typeof stage>;

/** Whether a stage that takes some time starts or ends with a load; the first one starts with none. */
const haveLoad = (all: readonly Stage[]): boolean =>
  all.some(
    ({ duration, target }, index) =>
      (milliseconds(duration) ?? 0) > 0 && Math.max(target, all[index - 1]?.target ?? 0) > 0,
  );

const stages = z.array(stage).min(1).refine(haveLoad, {
  error: 'stages with a load: a target above 0 in a stage that takes some time',
  when,
});

/** How many virtual users, or how many iterations per second, a scenario has over its time. */
const scenario = z
  .strictObject({
    /** How many virtual users there are at most. @default - those of the load test, multiplied as the scenario requires */
    virtualUsers: users.optional(),
    /** How many iterations start per second at most, however long they take. @default - that of the load test */
    arrivalRate: users.optional(),
    /** The virtual users that an arrival rate can use; without one, it has no effect. @default - those of 5 seconds at this rate */
    maxVirtualUsers: users.optional(),
    /** Time in which the load grows to its maximum. */
    rampUp: pause.optional(),
    /** Time with the maximum of the load. */
    duration: duration.optional(),
    /** Time in which the load falls to zero. */
    rampDown: pause.optional(),
    /**
     * Stages of k6, in place of the three times: `target` is a number of virtual users, or of iterations per second if
     * there is an `arrivalRate`, which is then the largest target.
     */
    stages: stages.optional(),
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

/** The kinds of load, from the lightest to the longest. */
export const scenarioNames = ['smoke', 'load', 'stress', 'spike', 'soak'] as const;

export type ScenarioName = (typeof scenarioNames)[number];

/** What the rules about its scenarios read of a load test. */
interface Loads {
  readonly arrivalRate?: number | undefined;
  readonly scenarios: Readonly<Record<string, z.output<typeof scenario> | undefined>>;
}

/** Options of scenarios without an effect, or with another one than stated. */
const scenarioRules = (
  { arrivalRate: usual, scenarios }: Loads,
  context: z.RefinementCtx,
): void => {
  for (const [name, one] of Object.entries(scenarios)) {
    if (!one) continue;
    const { virtualUsers, arrivalRate, maxVirtualUsers } = one;
    const report = (option: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['scenarios', name, option], message });
    const isByRate = arrivalRate !== undefined || (virtualUsers === undefined && usual);
    if (maxVirtualUsers !== undefined && !isByRate) {
      report('maxVirtualUsers', 'nothing: only a scenario with an arrivalRate uses it');
    }
    const stated = arrivalRate ?? virtualUsers;
    if (!one.stages || stated === undefined) continue;
    const option = arrivalRate === undefined ? 'virtualUsers' : 'arrivalRate';
    const largest = Math.max(...one.stages.map(({ target }) => target));
    // Beside stages, it only states the unit of their targets.
    if ((arrivalRate === undefined) === (usual === undefined)) {
      report(option, 'nothing: the stages state the load');
    } else if (stated !== largest) {
      report(option, `${largest}, the largest target of the stages, which state the load`);
    }
  }
};

/** The load test of an application. */
export const loadTestSchema = z
  .strictObject({
    /** The port of the pods that gets the requests. @default - that of the health pages */
    port: port.optional(),
    /**
     * The Service that leads to the port, and its own port. It must exist in the namespace of the application.
     * @default - that of the health pages, or else one with the name of the application; with the port of the pods
     */
    service: z.strictObject({ name: dnsLabel.optional(), port: port.optional() }).optional(),
    /** What a virtual user requests in one iteration, in this order. */
    requests: z.array(loadRequest).min(1),
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
  })
  .superRefine(scenarioRules, { when });

type Options = z.output<typeof loadTestSchema>;

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
