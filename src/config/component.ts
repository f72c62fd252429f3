import { z } from 'zod';
import { type ConfigFile, fileKinds } from '../model/file.js';
import type { OwnLocation } from '../model/location.js';
import type { Component, ReadmeFacts } from '../model/party.js';
import type { Flag, PathUse, Program } from '../model/program.js';
import { allowed } from '../schema/allowed.js';
import { path as absolutePath } from '../schema/format.js';
import { schemaOf } from '../schema/schema-of.js';
import { endpointName } from './endpoint.js';
import { dnsLabel, secretReference, url } from './fields.js';
import { common, type Undeclared, workloadsExist } from './party.js';

const ownLocation = schemaOf<OwnLocation>()(
  z.strictObject({
    kind: z.literal('own'),
    namespace: z.enum(['stack', 'nodeAgents']),
    hostNetwork: z.boolean().optional(),
  }),
);

const zodSchema = z.custom<z.ZodType>((value) => value instanceof z.ZodType, {
  error: 'a schema of zod',
});

const method = z.custom<() => never>((value) => typeof value === 'function', {
  error: 'a function',
});

const pathUse = schemaOf<PathUse>()(
  z.strictObject({ host: absolutePath.optional(), writes: z.literal(true).optional() }),
);

const flag = schemaOf<Flag>()(
  z.strictObject({
    takes: zodSchema.optional(),
    needed: z.literal(false).optional(),
    mounted: pathUse.optional(),
  }),
);

const fields = z.strictObject({
  kind: z.enum(fileKinds).optional(),
  path: z.union([
    z.string(),
    z.strictObject({
      file: z.unknown(),
      option: z.string(),
      extension: z.string(),
      patterns: method,
    }),
  ]),
  format: z.strictObject({ write: method, read: method }),
  schema: zodSchema,
  reload: z.enum(['itself', 'restart']),
  prose: z.boolean().optional(),
});

// Not copied: a file that lists others identifies them.
const file = z.custom<ConfigFile>().superRefine((value, context) => {
  const { error } = fields.safeParse(value, { error: allowed, jitless: true });
  context.issues.push(...((error?.issues ?? []) as z.core.$ZodRawIssue[]));
});

const program = schemaOf<Program>()(
  z.strictObject({
    flags: z.record(z.string(), flag).optional(),
    operands: zodSchema.optional(),
    together: z.array(z.array(z.string())).optional(),
    oneOf: z.array(z.string()).optional(),
    peerFlag: z.string().optional(),
    memoryLimit: z.enum(['variable', 'itself']),
    uses: z.record(absolutePath, pathUse).optional(),
    files: z.array(file).optional(),
  }),
);

const markdown = z.array(z.string().min(1)).optional();

const readme = schemaOf<ReadmeFacts>()(
  z.strictObject({
    page: z.strictObject({ endpoint: endpointName, url: url.optional() }).optional(),
    workloads: markdown,
    volumes: markdown,
    sections: markdown,
  }),
);

/** The schema of a component that an environment adds. */
export const componentSchema = schemaOf<Undeclared<Component>>()(
  z.strictObject({
    ...common,
    workloads: z.record(dnsLabel, ownLocation).optional(),
    replicasReason: z.string().min(10).optional(),
    rereads: z.strictObject({ except: z.array(secretReference) }).optional(),
    programs: z.record(z.string(), program).optional(),
    readme: readme.optional(),
    render: z.custom<Component['render']>((value) => typeof value === 'function', {
      error: 'a function that adds the objects to a chart',
    }),
  }),
).superRefine(workloadsExist);
