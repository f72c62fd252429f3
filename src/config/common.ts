import { z } from 'zod';
import { capabilities } from '../model/capability.js';
import { alertSetting } from './alert-setting.js';
import { alerting } from './alerting.js';
import { annotatedPods } from './annotated-pods.js';
import { cluster } from './cluster.js';
import { exposure } from './exposure.js';
import {
  annotations,
  dnsLabel,
  dnsLabelUpTo,
  labelKey,
  labels,
  labelValue,
  objectName,
  url,
} from './fields.js';
import type { LoadTest } from './load-test.js';
import { outgoingProxy } from './outgoing-proxy.js';
import { partySchema } from './party.js';
import type { SealedFile } from './sealed-file.js';
import { secrets } from './secrets.js';
import { type SizeName, scales } from './size.js';

/** Capabilities with exactly one provider, which an environment can choose. */
const choosable = Object.entries(capabilities).flatMap(([name, { from }]) =>
  from === 'one' ? name : [],
);

const choice = z.string().regex(new RegExp(`^([a-z][-a-z0-9]*\\.)?(${choosable.join('|')})$`), {
  error: `${choosable.map((name) => `'${name}'`).join(', ')}, or one of them with the name of a consumer, such as 'grafana.promql'`,
});

const toleration = z.strictObject({
  key: labelKey.optional(),
  operator: z.enum(['Exists', 'Equal']).optional(),
  value: labelValue.optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
});

/** Options of an environment, without those of its components. */
export const commonOptions = {
  /**
   * Part of the name of every object, so that one cluster can have two stacks. They need different ports
   * of the nodes, `nodeExporter.port`.
   * @default 'crowsnest'
   */
  stack: dnsLabelUpTo(20).default('crowsnest'),
  cluster,
  /** The namespaces of the stack. */
  namespaces: z
    .strictObject({
      /** Namespace of all pods but the node agents. @default - the name of the stack */
      stack: dnsLabel.optional(),
      /** Namespace of pods that read the host. @default - the name of the stack with the suffix `-agents` */
      nodeAgents: dnsLabel.optional(),
    })
    .default({}),
  /** Other namespaces in which default-deny policies isolate every pod. */
  otherNamespaces: z
    .record(
      dnsLabel,
      z.strictObject({
        /** Policies of yours deny each connection that no policy allows; Crowsnest adds those that allow its own. */
        isolation: z.literal('default-deny'),
      }),
    )
    .default({}),
  /** `production` requires `alerting`. */
  stage: z.enum(['development', 'staging', 'production']),
  /**
   * Requests, limits, replicas, volumes and retention of all components, which their options override, and the
   * expected nodes, cores and pods.
   */
  size: z.enum(Object.keys(scales) as [SizeName, ...SizeName[]]),
  /** Whether pods that read the host can run. @default - deployed where the platform allows it */
  nodeAgents: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('deployed') }),
      z.strictObject({
        kind: z.literal('none'),
        /** Listed in the generated README. */
        reason: z.string().min(10),
      }),
    ])
    .optional(),
  /**
   * Where container metrics come from: the kubelet, which runs on every node anyway, or cAdvisor as a
   * node agent, with its own metric families and interval. The metric names are the same.
   * @default 'kubelet'
   */
  containerMetrics: z.enum(['kubelet', 'cadvisor']).default('kubelet'),
  /** Where notifications of alerts are sent. @default - no notifications are sent */
  alerting: alerting.optional(),
  /** Alerts with changed settings, `nodes.with({ … })`, and disabled alerts, `without('…', '…')`. */
  alerts: z.array(alertSetting).default([]),
  /**
   * Base URL of the runbooks, such as that of `alerts/` in your repository.
   * @default - runbook links are paths in the repository: `alerts/nodes.md#…`
   */
  runbooks: url.optional(),
  /** What is reachable from outside the cluster. @default - nothing is reachable from outside the cluster */
  exposure: exposure.optional(),
  /**
   * The proxy for all requests to the internet: notifications, Grafana's logins and settings, remote write and read.
   * Servers with a stated place are reached directly. @default - requests are sent directly
   */
  proxy: outgoingProxy.optional(),
  /** Registry that mirrors the images, with an optional path. @default - the original registries */
  imageMirror: z
    .string({
      error: "a registry such as 'registry.example.com/mirror', without https:// and without a tag",
    })
    .regex(/^[a-z0-9][-a-z0-9.]*(:\d+)?(\/[-a-z0-9._]+)*$/)
    .optional(),
  /** Names of Secrets of type kubernetes.io/dockerconfigjson, which must exist in both namespaces. */
  pullSecrets: z.array(objectName).default([]),
  /** Where the Secrets come from that the pods read. */
  secrets: secrets.default({ versions: {} }),
  /**
   * Name of the PriorityClass of every pod whose component has none of its own. The README
   * recommends values. @default - the cluster's default
   */
  priorityClass: objectName.optional(),
  /**
   * `false` runs all pods except the node agents in a user namespace: root in a container is then an
   * unprivileged user on the node. Requires Linux 6.3, containerd 2.0 or CRI-O 1.25 with runc 1.2 or
   * crun 1.9, and volumes whose file system supports idmapped mounts: ext4, XFS, Btrfs, not NFS.
   * @default true
   */
  hostUsers: z.boolean().default(true),
  /**
   * Sets the AppArmor profile of the container runtime in every pod. On nodes with AppArmor the
   * runtime applies it anyway. A node without AppArmor rejects pods with a profile.
   * @default - no profile is set
   */
  appArmor: z.literal('RuntimeDefault').optional(),
  /** Labels added to every object. */
  labels: labels.default({}),
  /** Annotations added to every object. */
  annotations: annotations.default({}),
  /** Of all pods except the node agents. */
  nodeSelector: labels.default({}),
  /** Of all pods except the node agents, which tolerate all taints. */
  tolerations: z.array(toleration).default([]),
  /**
   * The provider of a capability that is consumed from exactly one party: `promql` or `traces`, or
   * for one consumer `grafana.promql`. Required if several parties offer it.
   */
  choices: z.record(choice, z.string()).default({}),
  /**
   * Namespaces whose pods are scraped by their annotations (`prometheus.io/scrape`), on the listed ports,
   * such as `[{ namespace: 'shop', ports: [8080] }]`. @default - none
   */
  annotatedPods: z
    .array(annotatedPods)
    .refine((all) => new Set(all.map(({ namespace }) => namespace)).size === all.length, {
      error: 'a list with each namespace once',
    })
    .default([]),
  /** Applications and other outside parties. */
  parties: z.array(partySchema).default([]),
  /** Findings of checks that the environment accepts, each for one object or file; listed in the generated README. */
  waivers: z
    .array(
      z.strictObject({
        /** Name of a check or code of a finding. */
        check: z.string(),
        /** The object (`Kind namespace/name`) or content file, as in the finding. */
        at: z.string(),
        reason: z.string().min(10),
      }),
    )
    .default([]),
  /** Changes finished objects before they are checked; listed in the generated README. */
  patch: z
    .custom<(object: Record<string, unknown>) => Record<string, unknown>>(
      (value) => typeof value === 'function',
      { error: 'a function from object to object' },
    )
    .optional(),
};

type Parsed = z.output<z.ZodObject<typeof commonOptions>>;

/** Options of an environment without those of its components, with all defaults set. */
export type CommonEnvironment = Omit<Parsed, 'namespaces' | 'nodeAgents'> & {
  readonly nodeAgents: NonNullable<Parsed['nodeAgents']>;
  readonly namespaces: { readonly stack: string; readonly nodeAgents: string };
  /** The load tests of its applications. @default - none */
  readonly loadTests?: readonly LoadTest[];
  /** Whether there are any, and k6 runs them. @default false */
  readonly runsLoadTests?: boolean;
  /** The files of `secrets.source.folder`. @default - it is not set */
  readonly sealedFiles?: readonly SealedFile[];
  readonly name: string;
  /** Relative to the working directory. */
  readonly file: string;
};
