import type { Resources } from '../../config/size.js';
import { workload } from '../../kubernetes/workload.js';
import type { PolicyRule } from '../../model/access.js';
import { required } from '../../model/consumption.js';
import { health, metrics } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { program } from './program.js';
import { watchedResources } from './resource.js';

export interface KubeStateMetricsOptions {
  readonly resources: Resources;
}

/** kube-state-metrics: metrics about nodes, workloads, pods and volumes, from the API server. */
export const kubeStateMetrics = ({ resources }: KubeStateMetricsOptions): Component => ({
  name: 'kube-state-metrics',
  endpoints: {
    metrics: {
      port: 8080,
      offers: [
        metrics('/metrics', {
          about: 'cluster',
          keep: 'used',
          always: watchedResources.flatMap((one) => one.metrics),
          sampleLimit: 500_000,
        }),
        // Not /livez: it connects to the API server, whose outage must not restart this pod.
        health('/healthz'),
      ],
    },
    telemetry: { port: 8081, offers: [metrics('/metrics', { job: 'kube-state-metrics-self' })] },
  },
  consumes: [required('kubernetes-api', { rules: rules() })],
  replicasReason: 'a second replica would expose every series twice',
  programs: { 'kube-state-metrics': program },
  render: (scope, wiring) => {
    const { endpoints } = wiring.workloads['kube-state-metrics']!;
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
            `--resources=${watchedResources.map(({ resource }) => resource).join(',')}`,
            ...allowlist(wiring.exposed['kube-state-metrics']),
            // GOMEMLIMIT at 90 % of the container's limit.
            '--auto-gomemlimit',
          ],
          endpoints: ['metrics', 'telemetry'],
          resources,
        },
      ],
    });
  },
});

/** The metrics that it exposes, as Prometheus stores them; without the flag it exposes all. */
const allowlist = (names?: readonly string[]): string[] =>
  // Each entry is a regular expression that is not anchored.
  names ? [`--metric-allowlist=${names.map((name) => `^${name}$`).join(',')}`] : [];

const rules = (): PolicyRule[] =>
  [...new Set(watchedResources.map(({ apiGroup }) => apiGroup))].map((apiGroup) => ({
    apiGroups: [apiGroup],
    resources: watchedResources
      .filter((one) => one.apiGroup === apiGroup)
      .map(({ resource }) => resource),
    verbs: ['list', 'watch'],
  }));
