import { z } from 'zod';
import { regexFault } from '../promql/regex.js';
import {
  bytes,
  cores,
  dnsLabel,
  duration,
  externalLabels,
  objectName,
  port,
  secretReference,
  url,
} from './fields.js';
import { database, oidc } from './login.js';
import { place } from './place.js';
import { scrapeConfig } from './scrape-config.js';

const share = z.number({ error: 'a share from 0 to 1' }).min(0).max(1);

const namePattern = z
  .string({ error: "a pattern of metric names such as 'apiserver_audit_.*'" })
  .min(1)
  .refine((pattern) => regexFault(pattern) === undefined, {
    error: "a pattern of metric names such as 'apiserver_audit_.*'",
  });

const resources = {
  cpu: cores.optional(),
  memory: bytes.optional(),
  memoryLimit: bytes.optional(),
};

const remoteWrite = z.strictObject({
  name: dnsLabel,
  url,
  /** @default - none */
  authentication: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('bearer'), token: secretReference }),
      z.strictObject({
        kind: z.literal('basic'),
        username: z.string().min(1),
        password: secretReference,
      }),
    ])
    .optional(),
  /** Where it listens. @default - anywhere outside private ranges, listed as open */
  at: place.optional(),
});

/** Options of Prometheus. */
export const prometheus = z.strictObject({
  ...resources,
  /** Of each replica; samples take the share of it that `config/sizing.ts` says. */
  volume: bytes.optional(),
  replicas: z.int().min(1).max(2).optional(),
  /** How long samples are kept, unless the volume is full before. */
  retention: duration.optional(),
  /** @default '30s' */
  scrapeInterval: z
    .string({ error: "an interval in seconds or minutes such as '30s' or '1m'" })
    .regex(/^[1-9]\d{0,2}[sm]$/)
    .default('30s'),
  /**
   * What is stored of the series of a job, by its name: `all`, `used` for what rules and dashboards
   * ask for, or `{ also: ['apiserver_audit_.*'] }` for that and names that fit patterns.
   * @default - `used` for apiserver, kubelet, cadvisor and kube-state-metrics, and else `all`
   */
  keep: z
    .record(
      z.string(),
      z.union([z.enum(['all', 'used']), z.strictObject({ also: z.array(namePattern).min(1) })]),
    )
    .default({}),
  /** Beside `cluster`. */
  externalLabels: externalLabels.default({}),
  remoteWrite: z.array(remoteWrite).default([]),
  /** Jobs in Prometheus's own words, for what no party's offer says. */
  scrapeConfigs: z.array(scrapeConfig).default([]),
});

/** Options of Grafana. */
export const grafana = z.strictObject({
  ...resources,
  volume: bytes.optional(),
  /** @default - made at first start on Grafana's own volume, and kept there */
  credentials: z
    .strictObject({
      /** Secret in the stack's namespace with the keys admin-user, admin-password, secret-key. */
      secret: objectName,
    })
    .optional(),
  /** Login through a provider. @default - by password in Grafana */
  oidc: oidc.optional(),
  /** @default - a file on the volume */
  database: database.optional(),
  /**
   * ConfigMaps that hold the dashboards of a folder: more for hundreds of dashboards. A change
   * moves dashboards from one to another.
   */
  dashboardShards: z.int().min(1).max(64).default(4),
});

/** Options of Alertmanager. */
export const alertmanager = z.strictObject({
  ...resources,
  volume: bytes.optional(),
  /** Three form a mesh; of two, neither could tell which is cut off. */
  replicas: z.union([z.literal(1), z.literal(3)]).optional(),
});

/** Options of Jaeger. */
export const jaeger = z.strictObject({
  ...resources,
  volume: bytes.optional(),
  /** How long spans are kept. */
  retention: z
    .string({ error: "a duration in hours such as '72h'" })
    .regex(/^[1-9]\d*h$/)
    .optional(),
  sampling: z
    .strictObject({
      /** Share of the traces that clients keep. @default 0.1 */
      default: share.default(0.1),
      /** The same by the name of a service. */
      services: z.record(z.string().min(1), share).default({}),
    })
    .prefault({}),
});

/** Options of kube-state-metrics, which grows with the objects of the cluster. */
export const kubeStateMetrics = z.strictObject(resources);

/** Options of blackbox-exporter. */
export const blackboxExporter = z.strictObject(resources);

/** Options of cAdvisor. */
export const cadvisor = z.strictObject({
  ...resources,
  /** What runs the containers of the nodes. @default - containerd, at its usual socket */
  runtime: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('containerd'),
        /** @default - the platform's */
        socket: z
          .string({ error: "an absolute path such as '/run/containerd/containerd.sock'" })
          .regex(/^\/.+\/[^/]+$/)
          .optional(),
      }),
      z.strictObject({ kind: z.literal('docker') }),
    ])
    .default({ kind: 'containerd' }),
});

/** Options of node-exporter. */
export const nodeExporter = z.strictObject({
  ...resources,
  /** On every node, together with the port after it. */
  port: port.max(65534).default(9100),
  /** Who may read it: whom the API server lets, or anyone who reaches the node. */
  protection: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('kube-rbac-proxy') }),
      z.strictObject({
        kind: z.literal('plain'),
        /** Stands in the generated README. */
        reason: z.string().min(10),
      }),
    ])
    .default({ kind: 'kube-rbac-proxy' }),
});
