import { z } from 'zod';
import type { ConfigFile } from '../../model/file.js';
import { text, url } from '../../schema/format.js';
import { milliseconds } from '../../schema/k6/duration.js';
import { systemTags } from '../../schema/k6/threshold.js';
import { scriptFormat } from './script.js';

export const scriptFolder = '/scripts';

const count = z.int().min(0);
const duration = z
  .string({ error: "a duration such as '30s'" })
  .refine((value) => milliseconds(value) !== undefined);
const stages = z.array(z.strictObject({ duration, target: count })).min(1);

const scenario = z.discriminatedUnion('executor', [
  z.strictObject({ executor: z.literal('ramping-vus'), startVUs: count, stages }),
  z.strictObject({
    executor: z.literal('ramping-arrival-rate'),
    startRate: count,
    timeUnit: z.literal('1s'),
    preAllocatedVUs: count,
    maxVUs: count,
    stages,
  }),
]);

const threshold = z.union([
  text,
  z.strictObject({
    threshold: text,
    abortOnFail: z.boolean().optional(),
    delayAbortEval: duration.optional(),
  }),
]);

/** A text in parts: those in variables are values of Secrets. */
const parts = z.array(z.union([z.string(), z.strictObject({ variable: text })]));

/** A text; or what is sent as JSON, and the Secrets at their places in it. */
const body = z.union([
  z.string(),
  z.strictObject({
    json: z.json(),
    secrets: z.array(z.strictObject({ at: z.array(z.union([z.string(), count])), parts })),
  }),
]);

const script = z.strictObject({
  target: url,
  options: z.strictObject({
    scenarios: z.record(text, scenario),
    thresholds: z.record(text, z.array(threshold)),
    systemTags: z.array(z.enum(systemTags)),
    summaryTrendStats: z.array(text),
    discardResponseBodies: z.literal(true),
    // A redirect can lead to another host, which the policies block.
    maxRedirects: z.literal(0),
    setupTimeout: duration,
  }),
  thinkSeconds: z.number().min(0),
  requests: z
    .array(
      z.strictObject({
        name: text,
        method: text,
        path: z.string({ error: 'a path' }).startsWith('/'),
        headers: z.record(text, parts),
        body: body.optional(),
        status: z.array(z.union([z.int(), z.strictObject({ min: z.int(), max: z.int() })])).min(1),
      }),
    )
    .min(1),
});

export type Script = z.input<typeof script>;

/** The script of one scenario. */
export const scriptFile: ConfigFile<Script> = {
  path: `${scriptFolder}/*.js`,
  format: scriptFormat,
  schema: script,
  // Each run is a new pod.
  reload: 'itself',
};
