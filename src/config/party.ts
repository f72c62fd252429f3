import { z } from 'zod';
import { capabilities } from '../model/offer.js';
import type { Component } from '../model/party.js';
import {
  cidr,
  dnsLabel,
  dnsLabelUpTo,
  duration,
  hostName,
  objectName,
  podLabels,
  port,
  regex,
  secretReference,
} from './fields.js';

const known = z.enum(Object.keys(capabilities) as [keyof typeof capabilities]);
const ownCapability = z.templateLiteral(['x-', z.string()]);
const capability = z.union([known, ownCapability]);

const rule = z.union([
  z.strictObject({
    apiGroups: z.array(z.string()),
    resources: z.array(z.string()).min(1),
    verbs: z.array(z.string()).min(1),
  }),
  z.strictObject({
    nonResourceURLs: z.array(z.string()).min(1),
    verbs: z.array(z.string()).min(1),
  }),
]);

const path = z.string({ error: "a path that starts with '/'" }).startsWith('/');
const variant = z.string().min(1).optional();

const relabelStep = z.strictObject({
  source_labels: z.array(z.string().min(1)).optional(),
  separator: z.string().optional(),
  regex: regex.optional(),
  target_label: z.string().min(1).optional(),
  replacement: z.string().optional(),
  action: z.enum(['replace', 'keep', 'drop', 'labeldrop', 'labelkeep', 'labelmap']).optional(),
});

const metricName = z
  .string({ error: "the name of a metric such as 'orders_total'" })
  .regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/);

const declaredMetric = z.strictObject({
  type: z.enum(['counter', 'gauge', 'histogram', 'summary', 'unknown']),
  labels: z.array(z.string().min(1)).optional(),
});

const offer = z.union(
  [
    z.strictObject({
      capability: z.literal('metrics'),
      variant,
      path,
      job: z.string().min(1).optional(),
      interval: duration.optional(),
      about: z.enum(['itself', 'node', 'cluster']).optional(),
      honorLabels: z.boolean().optional(),
      nameEscaping: z.literal('underscores').optional(),
      sampleRelabel: z.array(relabelStep).optional(),
      nativeHistograms: z.boolean().optional(),
      honorTimestamps: z.boolean().optional(),
      sampleLimit: z.int().min(1).optional(),
      query: z.record(z.string(), z.string()).optional(),
      keep: z.enum(['all', 'used']).optional(),
      catalogue: z.string().min(1).optional(),
      declares: z.record(metricName, declaredMetric).optional(),
    }),
    z.strictObject({
      capability: z.literal('health'),
      variant,
      live: path,
      ready: path.optional(),
      startSeconds: z.int().min(1).optional(),
      stopSeconds: z.int().min(1).optional(),
    }),
    z.strictObject({
      capability: z.union([known.exclude(['metrics', 'health']), ownCapability]),
      variant,
      path: z.string().optional(),
    }),
  ],
  { error: "an offer such as metrics('/metrics') or offer('traces')" },
);

// It is the name of the token's file as well.
const audience = z.string().regex(/^[A-Za-z0-9][-._A-Za-z0-9]*$/, {
  error: 'a name of letters, digits, dashes, dots and underscores',
});

const endpoint = z.strictObject({
  port,
  protocol: z.enum(['TCP', 'UDP']).optional(),
  scheme: z.enum(['http', 'https', 'grpc', 'tcp']).optional(),
  workload: z.string().optional(),
  authentication: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('token'),
        audience: audience.optional(),
        grants: z.array(rule),
      }),
      z.strictObject({ kind: z.literal('bearer'), token: secretReference }),
      z.strictObject({ kind: z.literal('basic'), username: z.string(), password: secretReference }),
      z.strictObject({ kind: z.literal('secret'), secret: secretReference }),
    ])
    .optional(),
  verification: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('cluster-ca'), serverName: hostName.optional() }),
      z.strictObject({ kind: z.literal('public-ca') }),
      z.strictObject({ kind: z.literal('unverified'), reason: z.string().min(10) }),
    ])
    .optional(),
  host: hostName.optional(),
  offers: z.array(offer),
});

const consumption = z.strictObject({
  capability,
  variant,
  workload: z.string().optional(),
  required: z.boolean(),
  rules: z.array(rule).optional(),
});

const prerequisite = z.strictObject({
  kind: z.enum(['Namespace', 'Secret', 'StorageClass', 'PriorityClass', 'IngressClass', 'Gateway']),
  name: objectName,
  namespace: dnsLabel.optional(),
  in: z.enum(['stack', 'nodeAgents']).optional(),
  keys: z.record(z.string(), z.string()).optional(),
  type: z.enum(['kubernetes.io/tls', 'kubernetes.io/dockerconfigjson']).optional(),
  purpose: z.string().min(1),
});

/** Kubernetes' rule for the name of a port: https://kubernetes.io/docs/concepts/services-networking/service */
const endpointName = z.string().regex(/^(?=.{1,15}$)[a-z0-9]*[a-z][a-z0-9]*(-[a-z0-9]+)*$/, {
  error: 'a name of at most 15 lower-case letters, digits and dashes, such as otlp-grpc',
});

const location = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('pods'),
    namespace: dnsLabel,
    labels: podLabels,
    hostNetwork: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('nodes') }),
  z.strictObject({
    kind: z.literal('addresses'),
    cidrs: z.array(cidr).min(1),
    except: z.array(cidr).optional(),
    service: z.strictObject({ namespace: dnsLabel, name: dnsLabel }).optional(),
    ciliumEntity: z.enum(['kube-apiserver', 'host', 'remote-node']).optional(),
  }),
]);

const ownLocation = z.strictObject({
  kind: z.literal('own'),
  namespace: z.enum(['stack', 'nodeAgents']),
  hostNetwork: z.boolean().optional(),
});

const common = {
  name: dnsLabelUpTo(40),
  endpoints: z.record(endpointName, endpoint),
  consumes: z.array(consumption),
  prerequisites: z.array(prerequisite).optional(),
};

type Declared = {
  workloads?: Record<string, unknown>;
  endpoints: Record<string, z.output<typeof endpoint>>;
  consumes: z.output<typeof consumption>[];
  name: string;
};

/** Each endpoint and consumption belongs to a workload that exists. */
const workloadsExist = (party: Declared, context: z.RefinementCtx): void => {
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

const askedByName = ['promql', 'datasource', 'remote-write'];

/** Prometheus finds targets by discovery or by host; what is asked by URL has a host. */
const targetsCanBeFound = (party: z.output<typeof outside>, context: z.RefinementCtx): void => {
  for (const [name, one] of Object.entries(party.endpoints)) {
    const at = Object.entries(party.workloads).find(([key]) => key === (one.workload ?? key))?.[1];
    const scraped = one.offers.some(({ capability }) => capability === 'metrics');
    if (one.host === undefined && one.offers.some((one) => askedByName.includes(one.capability))) {
      context.addIssue({
        code: 'custom',
        path: ['endpoints', name, 'host'],
        message: 'the host name under which it is asked, such as that of a Service',
        input: undefined,
      });
      continue;
    }
    if (scraped && at?.kind === 'addresses' && !at.service && one.host === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['endpoints', name, 'host'],
        message:
          'the host name to scrape, or add a `service` that lists the addresses to the workload',
        input: undefined,
      });
    }
  }
};

const outside = z.strictObject({
  ...common,
  workloads: z
    .record(dnsLabel, location)
    .refine((value) => Object.keys(value).length > 0, { error: 'at least one workload' }),
});

/** The schema of an application or another outside party. */
export const partySchema = outside.superRefine((party, context) => {
  workloadsExist(party, context);
  targetsCanBeFound(party, context);
});

/** The schema of a component that an environment brings along. */
export const componentSchema = z
  .strictObject({
    ...common,
    workloads: z.record(dnsLabel, ownLocation).optional(),
    replicasReason: z.string().min(10).optional(),
    render: z.custom<Component['render']>((value) => typeof value === 'function', {
      error: 'a function that adds the objects to a chart',
    }),
  })
  .superRefine(workloadsExist);
