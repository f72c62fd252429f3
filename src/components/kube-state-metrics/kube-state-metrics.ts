import type { Resources } from '../../config/sizing.js';
import { workload } from '../../kubernetes/workload.js';
import type { PolicyRule } from '../../model/access.js';
import { required } from '../../model/consumption.js';
import { health, metrics } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { watchedResources } from './resource.js';

export interface KubeStateMetricsOptions {
  readonly resources: Resources;
}

/** kube-state-metrics: what the API server knows of nodes, workloads, pods and volumes. */
export const kubeStateMetrics = ({ resources }: KubeStateMetricsOptions): Component => ({
  name: 'kube-state-metrics',
  endpoints: {
    metrics: {
      port: 8080,
      offers: [
        metrics('/metrics', { about: 'cluster', keep: 'used', sampleLimit: 500_000 }),
        // Not /livez: it asks the API server, and an outage there must not restart anything.
        health('/healthz'),
      ],
    },
    telemetry: { port: 8081, offers: [metrics('/metrics', { job: 'kube-state-metrics-self' })] },
  },
  consumes: [required('kubernetes-api', { rules: rules() })],
  replicasReason: 'two would tell everything twice',
  render: (scope, wiring) =>
    workload(scope, wiring, 'kube-state-metrics', {
      kind: 'Deployment',
      replicas: 1,
      recreate: true,
      containers: [
        {
          name: 'kube-state-metrics',
          image: 'kube-state-metrics',
          args: [
            `--resources=${watchedResources.map(({ resource }) => resource).join(',')}`,
            // Each is a regular expression that would match anywhere in a name.
            `--metric-allowlist=${watchedResources
              .flatMap((one) => one.metrics.map((name) => `^${name}$`))
              .join(',')}`,
          ],
          endpoints: ['metrics', 'telemetry'],
          resources,
        },
      ],
    }),
});

const rules = (): PolicyRule[] =>
  [...new Set(watchedResources.map(({ apiGroup }) => apiGroup))].map((apiGroup) => ({
    apiGroups: [apiGroup],
    resources: watchedResources
      .filter((one) => one.apiGroup === apiGroup)
      .map(({ resource }) => resource),
    verbs: ['list', 'watch'],
  }));
