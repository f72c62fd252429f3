import type { CheckInput } from '../../../model/check.js';
import { connectionsFor } from '../../../model/connection.js';
import { unknownFacts } from '../../../promql/facts.js';
import { prometheusFilesIn } from '../prometheus-file.js';
import type { Family, Job } from './job.js';

/**
 * What Prometheus receives from applications by OTLP: a job for each of them. The attributes of their resources are
 * labels of `target_info`, and those that Prometheus is configured to promote of all series.
 * https://prometheus.io/docs/guides/opentelemetry/
 */
export const pushedJobsIn = (input: CheckInput): readonly Job[] => {
  const senders = connectionsFor(input.connections, 'otlp-metrics').filter(
    ({ consumer }) => !consumer.own,
  );
  if (senders.length === 0) return [];
  const promoted = prometheusFilesIn(input)
    .flatMap(({ config }) => config.otlp?.promote_resource_attributes ?? [])
    .map(labelOf);
  const labels = new Set(['job', 'instance', ...promoted]);
  return senders.map(({ consumer, consumption: { job = consumer.party, declares } }) => ({
    name: job,
    scrapeJob: job,
    renames: false,
    targetLabels: labels,
    ...(declares && { metrics: { target_info: targetInfo, ...declares } }),
    interval: exportSeconds,
    staticTargets: 0,
    native: false,
    sampleSteps: [],
    keeps: () => true,
    labelsOf: (page: readonly string[]) => new Set([...page, ...labels]),
    factsOf: () => unknownFacts,
  }));
};

/** How often SDKs send metrics by default: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
const exportSeconds = 60;

const labelOf = (attribute: string): string => attribute.replace(/\W/g, '_');

/** With the attributes that SDKs and Kubernetes have; an application that declares others declares it too. */
const targetInfo: Family = {
  type: 'gauge',
  labels: [
    ...['service.version', 'deployment.environment', 'deployment.environment.name'],
    ...['telemetry.sdk.name', 'telemetry.sdk.language', 'telemetry.sdk.version'],
    ...['telemetry.distro.name', 'telemetry.distro.version'],
    ...['cluster', 'namespace', 'node', 'pod', 'container', 'deployment', 'replicaset'].map(
      (kind) => `k8s.${kind}.name`,
    ),
    ...['statefulset', 'daemonset', 'job', 'cronjob'].map((kind) => `k8s.${kind}.name`),
    ...['k8s.pod.uid', 'k8s.pod.ip', 'container.id', 'host.name', 'host.arch', 'host.id'],
    ...['os.type', 'os.name', 'os.version', 'os.description'],
    ...['process.pid', 'process.command', 'process.executable.name', 'process.executable.path'],
    ...['process.runtime.name', 'process.runtime.version', 'process.runtime.description'],
    ...['cloud.provider', 'cloud.region', 'cloud.availability_zone', 'cloud.account.id'],
  ].map(labelOf),
};
