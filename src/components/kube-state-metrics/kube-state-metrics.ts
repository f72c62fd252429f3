import type { Resources } from '../../config/size.js';
import { mountFiles, writeFile } from '../../kubernetes/config-files.js';
import { workload } from '../../kubernetes/workload.js';
import type { PolicyRule } from '../../model/access.js';
import { required } from '../../model/consumption.js';
import { health, metrics } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { customRules } from './custom-resource.js';
import { configFolder, customResources } from './file.js';
import { allowlists, alwaysExposed, declaredWith, type More, watchedWith } from './more.js';
import { program, programWithFile } from './program.js';
import type { WatchedResource } from './resource.js';

export interface KubeStateMetricsOptions {
  readonly resources: Resources;
  /** Further resources, labels and annotations. @default - none */
  readonly more?: More;
}

const nothing: More = { resources: [], labels: {}, annotations: {}, customResources: [] };

/** kube-state-metrics: metrics about nodes, workloads, pods and volumes, from the API server. */
export const kubeStateMetrics = ({
  resources,
  more = nothing,
}: KubeStateMetricsOptions): Component => ({
  name: 'kube-state-metrics',
  endpoints: {
    metrics: {
      port: 8080,
      offers: [
        metrics('/metrics', {
          about: 'cluster',
          keep: 'used',
          always: alwaysExposed(more),
          ...declared(more),
          sampleLimit: 500_000,
        }),
        // Not /livez: it connects to the API server, whose outage must not restart this pod.
        health('/healthz'),
      ],
    },
    telemetry: { port: 8081, offers: [metrics('/metrics', { job: 'kube-state-metrics-self' })] },
  },
  consumes: [
    required('kubernetes-api', {
      rules: [...rules(watchedWith(more)), ...customRules(more.customResources)],
    }),
  ],
  replicasReason: 'a second replica would expose every series twice',
  programs: { 'kube-state-metrics': more.customResources.length > 0 ? programWithFile : program },
  render: (scope, wiring) => {
    const { identity, endpoints } = wiring.workloads['kube-state-metrics']!;
    const custom = [...more.customResources];
    const written =
      custom.length > 0
        ? [
            writeFile(customResources, {
              kind: 'CustomResourceStateMetrics',
              spec: { resources: custom },
            }),
          ]
        : [];
    workload(scope, wiring, 'kube-state-metrics', {
      kind: 'Deployment',
      replicas: 1,
      recreate: true,
      containers: [
        {
          name: 'kube-state-metrics',
          image: 'kube-state-metrics',
          args: [
            `--port=${endpoints.metrics!.port}`,
            `--telemetry-port=${endpoints.telemetry!.port}`,
            `--resources=${watchedWith(more)
              .map(({ resource }) => resource)
              .join(',')}`,
            ...allowlists(more),
            ...allowlist(wiring.exposed['kube-state-metrics']),
            ...written.map(({ path }) => `--custom-resource-state-config-file=${path}`),
            // GOMEMLIMIT at 90 % of the container's limit.
            '--auto-gomemlimit',
          ],
          endpoints: ['metrics', 'telemetry'],
          resources,
          mounts:
            written.length > 0
              ? [mountFiles(scope, identity, 'config', configFolder, written)]
              : [],
        },
      ],
    });
  },
});

/** The metrics that it exposes, as Prometheus stores them; without the flag it exposes all. */
const allowlist = (names?: readonly string[]): string[] =>
  // Each entry is a regular expression that is not anchored.
  names ? [`--metric-allowlist=${names.map((name) => `^${name}$`).join(',')}`] : [];

const declared = (more: More) => {
  const declares = declaredWith(more);
  return declares ? { declares } : {};
};

const rules = (watched: readonly WatchedResource[]): PolicyRule[] =>
  [...new Set(watched.map(({ apiGroup }) => apiGroup))].map((apiGroup) => ({
    apiGroups: [apiGroup],
    resources: watched.filter((one) => one.apiGroup === apiGroup).map(({ resource }) => resource),
    verbs: ['list', 'watch'],
  }));
