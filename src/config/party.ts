import { z } from 'zod';
import { capabilityFacts } from '../model/capability.js';
import type { Consumption } from '../model/consumption.js';
import type { Location } from '../model/location.js';
import type { Component, Party } from '../model/party.js';
import {
  type DeclaredPrerequisite,
  prerequisiteKinds,
  type Rotation,
} from '../model/prerequisite.js';
import { schemaOf } from '../schema/schema-of.js';
import { type DeclaredEndpoint, endpoint, endpointName, rule } from './endpoint.js';
import { cidr, dnsLabel, dnsLabelUpTo, objectName, podLabels, port } from './fields.js';
import { capability, declares, variant } from './offer.js';

const consumption = schemaOf<Consumption>()(
  z.strictObject({
    capability,
    variant,
    prefer: variant,
    workload: z.string().optional(),
    required: z.boolean(),
    rules: z.array(rule).optional(),
    job: z.string().min(1).optional(),
    declares: declares.optional(),
    onBehalfOf: capability.optional(),
  }),
);

const rotation = schemaOf<Rotation>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('reread'), when: z.string().min(1).optional() }),
    z.strictObject({ kind: z.literal('restart') }),
    z.strictObject({ kind: z.literal('manual'), steps: z.string().min(10) }),
  ]),
);

const prerequisite = schemaOf<DeclaredPrerequisite>()(
  z.strictObject({
    kind: z.enum(prerequisiteKinds),
    name: objectName,
    namespace: dnsLabel.optional(),
    in: z.enum(['stack', 'nodeAgents']).optional(),
    keys: z.record(z.string(), z.string()).optional(),
    type: z.enum(['kubernetes.io/tls', 'kubernetes.io/dockerconfigjson']).optional(),
    purpose: z.string().min(1),
    rotation: rotation.optional(),
  }),
);

const location = schemaOf<Location>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('pods'),
      namespace: dnsLabel,
      labels: podLabels,
      hostNetwork: z.boolean().optional(),
      onEachNode: z.boolean().optional(),
      port: port.optional(),
    }),
    z.strictObject({ kind: z.literal('nodes') }),
    z.strictObject({
      kind: z.literal('addresses'),
      cidrs: z.array(cidr).min(1),
      except: z.array(cidr).optional(),
      service: z.strictObject({ namespace: dnsLabel, name: dnsLabel }).optional(),
      ciliumEntity: z.enum(['kube-apiserver', 'host', 'remote-node']).optional(),
    }),
  ]),
);

/** Fields of both parties and components. */
export const common = {
  name: dnsLabelUpTo(40),
  endpoints: z.record(endpointName, endpoint),
  consumes: z.array(consumption),
  prerequisites: z.array(prerequisite).optional(),
};

/** A party as an environment declares it: its declaration is its place there. */
export type Undeclared<T extends Party | Component> = Omit<T, 'declaration' | 'endpoints'> & {
  readonly endpoints: Readonly<Record<string, DeclaredEndpoint>>;
};

/** The workload of each endpoint and each consumption exists. */
export const workloadsExist = (party: Party | Component, context: z.RefinementCtx): void => {
  const keys = Object.keys(party.workloads ?? { [party.name]: true });
  if (keys.length === 0) return;
  const hold = (path: (string | number)[], workload: string | undefined): void => {
    if (workload === undefined ? keys.length === 1 : keys.includes(workload)) return;
    context.addIssue({
      code: 'invalid_value',
      path: [...path, 'workload'],
      values: keys,
      input: workload,
    });
  };
  for (const [name, one] of Object.entries(party.endpoints)) {
    hold(['endpoints', name], one.workload);
  }
  for (const [index, one] of party.consumes.entries()) hold(['consumes', index], one.workload);
};

/** An endpoint that is found by URL needs a host; Prometheus finds targets by discovery or by host. */
const targetsCanBeFound = (party: Party, context: z.RefinementCtx): void => {
  for (const [name, one] of Object.entries(party.endpoints)) {
    const at = Object.entries(party.workloads).find(([key]) => key === (one.workload ?? key))?.[1];
    const discovered = one.offers.some(({ capability }) =>
      ['metrics', 'alerts'].includes(capability),
    );
    if (
      one.host === undefined &&
      one.offers.some((one) => capabilityFacts(one.capability).found === 'url')
    ) {
      context.addIssue({
        code: 'custom',
        path: ['endpoints', name, 'host'],
        message: 'a host name at which clients reach it, such as that of a Service',
        input: undefined,
      });
      continue;
    }
    if (discovered && at?.kind === 'addresses' && !at.service && one.host === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['endpoints', name, 'host'],
        message:
          'the host name at which Prometheus reaches it, or add a `service` that lists the addresses to the workload',
        input: undefined,
      });
    }
  }
};

/** The schema of an application or another outside party. */
export const partySchema = schemaOf<Undeclared<Party>>()(
  z.strictObject({
    ...common,
    workloads: z
      .record(dnsLabel, location)
      .refine((value) => Object.keys(value).length > 0, { error: 'at least one workload' }),
  }),
).superRefine((party, context) => {
  workloadsExist(party, context);
  targetsCanBeFound(party, context);
});
