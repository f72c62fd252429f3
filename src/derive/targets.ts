import type { Connection } from '../model/connection.js';
import type { KubernetesDiscovery, RelabelStep, Targets } from '../model/scrape-job.js';

/** Labels of a target that its series get: those of the pod, of the node alone, or none. */
export type TargetLabels = 'itself' | 'node' | 'cluster';

/** How Prometheus finds the provider of a connection. */
export const targetsOf = ({ provider, endpoint }: Connection, labels: TargetLabels): Targets => {
  const { location } = provider;
  const node = labels === 'cluster' ? undefined : 'node';
  if (location.kind === 'pods') {
    return {
      kubernetes_sd_configs: [discovery('pod', location.namespace, labelSelector(location.labels))],
      relabel_configs: [
        drop('__meta_kubernetes_pod_phase', 'Pending|Succeeded|Failed|Unknown'),
        port(endpoint.port),
        // Ours declare their ports, and are found with them; an address alone may be a bare IPv6 one.
        ...(provider.own ? [] : [bracketed(endpoint.port)]),
        ...(labels === 'itself'
          ? [
              copy('__meta_kubernetes_namespace', 'namespace'),
              copy('__meta_kubernetes_pod_name', 'pod'),
            ]
          : []),
        ...(node ? [copy('__meta_kubernetes_pod_node_name', node)] : []),
      ],
    };
  }
  if (location.kind === 'nodes') {
    return {
      kubernetes_sd_configs: [{ role: 'node' }],
      relabel_configs: [
        port(endpoint.port),
        ...(node ? [copy('__meta_kubernetes_node_name', node)] : []),
      ],
    };
  }
  if (location.service) {
    const { namespace, name } = location.service;
    return {
      kubernetes_sd_configs: [
        discovery('endpointslice', namespace, `kubernetes.io/service-name=${name}`),
      ],
      relabel_configs: [port(endpoint.port)],
    };
  }
  if (endpoint.host === undefined) {
    throw new Error(
      `Party '${provider.party}' offers metrics at addresses: its endpoint needs a host, or its ` +
        'workload a service, by which Prometheus finds the single targets.',
    );
  }
  return { static_configs: [{ targets: [`${endpoint.host}:${endpoint.port}`] }] };
};

const discovery = (
  role: 'pod' | 'endpointslice',
  namespace: string,
  label: string,
): KubernetesDiscovery => ({
  role,
  namespaces: { names: [namespace] },
  selectors: [{ role, label }],
});

const labelSelector = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

// Discovery makes a target for every declared container port, or one without a port: setting the
// port by hand makes them equal, and Prometheus merges targets whose labels are equal.
const port = (number: number): RelabelStep => ({
  source_labels: ['__address__'],
  regex: '(\\[.+\\]|[^:]+)(?::\\d+)?',
  target_label: '__address__',
  replacement: `$1:${number}`,
});

const bracketed = (number: number): RelabelStep => ({
  source_labels: ['__address__'],
  regex: '([0-9a-fA-F:]+)',
  target_label: '__address__',
  replacement: `[$1]:${number}`,
});

const copy = (from: string, to: string): RelabelStep => ({
  source_labels: [from],
  target_label: to,
});

const drop = (label: string, regex: string): RelabelStep => ({
  source_labels: [label],
  regex,
  action: 'drop',
});
