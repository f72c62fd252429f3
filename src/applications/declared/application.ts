import { z } from 'zod';
import { loadTestSchema } from '../../config/load-test.js';
import { library } from '../../content/objective/indicator.js';
import { objectiveSchema } from '../../content/objective/objective.js';
import type { Place } from '../../model/finding.js';
import { database } from './database.js';
import { applicationFields } from './schema.js';

/** The parts of an application that say what its objectives count. */
const counted = z.looseObject({
  metrics: z.object({ http: library }),
  objectives: z.array(z.looseObject({})),
});

/** Adds what objectives count by default, before validation: the HTTP metrics that the application says it has. */
const withLibrary = (value: unknown): unknown => {
  const { success, data } = counted.safeParse(value);
  if (!success) return value;
  const of = data.metrics.http;
  const objectives = data.objectives.map((one) => (one.of === undefined ? { ...one, of } : one));
  return { ...(value as object), objectives };
};

/** Faults between options are found even if other options are invalid. */
const always = {
  when: ({ value }: { readonly value: unknown }) => typeof value === 'object' && value !== null,
};

const declared = z
  .strictObject({
    ...applicationFields,
    /** Databases, each read by an exporter: `postgres({ … })`, `redis({ … })`, with the name of its host if it has none. @default - none */
    dependsOn: z.array(database).default([]),
    /** What share of its requests must be good: `availability(99.9)`, `latency(99, '250ms')`. @default - none */
    objectives: z.array(objectiveSchema).default([]),
    /** A load test with k6, whose thresholds follow from the objectives; it runs only when you start it. @default - none */
    loadTest: loadTestSchema.optional(),
  })
  .refine(
    ({ metrics, traces, logs, sendsMetrics, health, loadTest }) =>
      metrics ?? traces ?? logs ?? sendsMetrics ?? health ?? loadTest,
    {
      path: ['metrics'],
      error:
        'an object with the port of the metrics page, or set traces, logs, sendsMetrics, health or loadTest',
      ...always,
    },
  )
  .refine(({ metrics, sendsMetrics }) => !metrics || !sendsMetrics, {
    path: ['sendsMetrics'],
    error: 'nothing, or omit metrics: each series would be stored twice',
    ...always,
  })
  // An invalid load test is reported as such.
  .refine(({ health, loadTest }) => typeof loadTest !== 'object' || (loadTest.port ?? health), {
    path: ['loadTest', 'port'],
    error: 'the port of the pods that gets the requests, or set health',
    ...always,
  });

/** The options of an application. */
export type ApplicationOptions = z.input<typeof declared>;

/** A validated application. */
export type Application = z.output<typeof declared>;

/** The schema of an application: an item of `applications` in an environment, or the default export of a file in `applications/`. */
export const applicationSchema = z.preprocess(withLibrary, declared) as z.ZodType<
  Application,
  ApplicationOptions
>;

/** An application, with the place that declares it. */
export interface DeclaredApplication extends Application {
  /** The file; the path of the application, if it is in an environment; the line, if it is known. */
  readonly declaredAt: Place;
}

/** Declares an application: an item of `applications` in an environment, or the default export of a file in `applications/`. */
export const application = (options: ApplicationOptions): ApplicationOptions => options;
