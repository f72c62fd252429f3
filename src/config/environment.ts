import { z } from 'zod';
import type { Component, Party } from '../model/party.js';
import { alertSetting } from './alert-setting.js';
import { alerting } from './alerting.js';
import { cluster } from './cluster.js';
import {
  alertmanager,
  blackboxExporter,
  cadvisor,
  grafana,
  jaeger,
  kubeStateMetrics,
  nodeExporter,
  prometheus,
} from './component.js';
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
import { componentSchema, partySchema } from './party.js';
import { rules } from './rules.js';
import { sizings } from './sizing.js';

const choice = z.string().regex(/^([a-z][-a-z0-9]*\.)?(promql|traces)$/, {
  error: "'promql', 'traces', or one of them after a consumer's name such as 'grafana.promql'",
});

const toleration = z.strictObject({
  key: labelKey.optional(),
  operator: z.enum(['Exists', 'Equal']).optional(),
  value: labelValue.optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
});

/** The schema of an environment: the only description of what can be configured. */
export const environmentSchema = z
  .strictObject({
    /** Part of every object's name, so that two stacks fit one cluster. @default 'crowsnest' */
    stack: dnsLabelUpTo(20).default('crowsnest'),
    cluster,
    namespaces: z
      .strictObject({
        /** @default - the name of the stack */
        stack: dnsLabel.optional(),
        /** Of what must read the host. @default - the name of the stack, and `-agents` */
        nodeAgents: dnsLabel.optional(),
      })
      .default({}),
    /** Namespaces of others in which every pod is isolated by default-deny policies. */
    otherNamespaces: z
      .record(dnsLabel, z.strictObject({ isolation: z.literal('default-deny') }))
      .default({}),
    /** Production does not synthesize without somebody who is told of alerts. */
    stage: z.enum(['development', 'staging', 'production']),
    size: z.enum(Object.keys(sizings) as [keyof typeof sizings]),
    prometheus: prometheus.prefault({}),
    grafana: grafana.prefault({}),
    alertmanager: alertmanager.prefault({}),
    jaeger: jaeger.prefault({}),
    kubeStateMetrics: kubeStateMetrics.prefault({}),
    blackboxExporter: blackboxExporter.prefault({}),
    /** Whether pods that must see the host may run. */
    nodeAgents: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('deployed') }),
        z.strictObject({
          kind: z.literal('none'),
          /** Stands in the generated README. */
          reason: z.string().min(10),
        }),
      ])
      .default({ kind: 'deployed' }),
    nodeExporter: nodeExporter.prefault({}),
    /**
     * Who tells what containers use: the kubelet, which every node runs anyway, or cAdvisor as a
     * node agent, whose families and intervals can be chosen. The names are the same.
     * @default 'kubelet'
     */
    containerMetrics: z.enum(['kubelet', 'cadvisor']).default('kubelet'),
    cadvisor: cadvisor.prefault({}),
    /** @default - nobody is told */
    alerting: alerting.optional(),
    /** Alerts with other thresholds, `nodes.with({ … })`, and those switched off, `without('…', '…')`. */
    alerts: z.array(alertSetting).default([]),
    /**
     * URL of the folder with the runbooks, such as that of `alerts/` in your repository.
     * @default - links are paths in the repository: `alerts/nodes.md#…`
     */
    runbooks: url.optional(),
    /** @default - nothing is reachable from outside the cluster */
    exposure: exposure.optional(),
    /** Registry, with a path if need be, that mirrors the images. @default - their own ones */
    imageMirror: z
      .string({
        error:
          "a registry such as 'registry.example.com/mirror', without https:// and without a tag",
      })
      .regex(/^[a-z0-9][-a-z0-9.]*(:\d+)?(\/[-a-z0-9._]+)*$/)
      .optional(),
    /** Names of Secrets of type kubernetes.io/dockerconfigjson, in both namespaces. */
    pullSecrets: z.array(objectName).default([]),
    /** Name of a PriorityClass, of every pod. @default - the cluster's default */
    priorityClass: objectName.optional(),
    /** Added to every object. */
    labels: labels.default({}),
    /** Added to every object. */
    annotations: annotations.default({}),
    /** Of every pod but the node agents'. */
    nodeSelector: labels.default({}),
    /** Of every pod but the node agents', which tolerate everything. */
    tolerations: z.array(toleration).default([]),
    /**
     * Which party provides what only one can, where several offer it: `promql` and `traces`, or
     * for one consumer `grafana.promql`.
     */
    choices: z.record(choice, z.string()).default({}),
    /** Applications and other outside parties. */
    parties: z.array(partySchema).default([]),
    /** Components of one's own, deployed beside those that ship. */
    components: z.array(componentSchema).default([]),
    /** What checks find at single objects or files and the environment accepts; listed in the generated README. */
    waivers: z
      .array(
        z.strictObject({
          /** Name of the check, as in its findings. */
          check: z.string(),
          /** `Kind namespace/name` of an object, or a file of content, as findings name it. */
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
  })
  .superRefine(rules, { when: ({ value }) => typeof value === 'object' && value !== null });

/** What a platform engineer writes: the default export of a file in `environments/`. */
export type EnvironmentOptions = Omit<
  z.input<typeof environmentSchema>,
  'parties' | 'components'
> & {
  readonly parties?: readonly Party[];
  readonly components?: readonly Component[];
};

/** A valid environment, with all defaults filled in. */
export type Environment = Omit<z.output<typeof environmentSchema>, 'namespaces'> & {
  readonly namespaces: { readonly stack: string; readonly nodeAgents: string };
  readonly name: string;
  /** Relative to the working directory. */
  readonly file: string;
};
