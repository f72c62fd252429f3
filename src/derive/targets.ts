import type { Connection } from '../model/connection.js';
import { clientPort } from '../model/endpoint.js';
import type { Location } from '../model/location.js';
import type { KubernetesDiscovery, RelabelStep, Targets } from '../model/scrape-job.js';

/** Labels that the series get from a target: those of the pod, only the node, or none. */
export type TargetLabels = 'itself' | 'node' | 'cluster';

/** How Prometheus discovers the provider of a connection; `more` adds labels to its targets. */
export const targetsOf = (
  connection: Connection,
  labels: TargetLabels,
  more: Readonly<Record<string, string>> = {},
): Targets => {
  const targets = foundTargets(connection, labels);
  const steps = Object.entries(more).map(([label, value]) => set(label, value));
  if (steps.length === 0) return targets;
  return { ...targets, relabel_configs: [...(targets.relabel_configs ?? []), ...steps] };
};

const foundTargets = ({ provider, endpoint, offer }: Connection, labels: TargetLabels): Targets => {
  const { location } = provider;
  const namespace = discoveredIn(location);
  if (offer.capability === 'metrics' && offer.discovery && namespace !== undefined) {
    const { role, selector, attachNode, steps } = offer.discovery;
    return {
      kubernetes_sd_configs: [
        {
          role,
          namespaces: { names: [namespace] },
          ...(selector && { selectors: [{ role, label: selector }] }),
          ...(attachNode && { attach_metadata: { node: true } }),
        },
      ],
      relabel_configs: steps,
    };
  }
  const node = labels === 'cluster' ? undefined : 'node';
  if (location.kind === 'pods') {
    return {
      kubernetes_sd_configs: [discovery('pod', location.namespace, labelSelector(location.labels))],
      relabel_configs: [
        drop('__meta_kubernetes_pod_phase', 'Pending|Succeeded|Failed|Unknown'),
        port(endpoint.port),
        // Pods of the stack declare their ports, so discovery includes them; a bare address can be IPv6.
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
        'workload a service, with which Prometheus discovers the targets.',
    );
  }
  return { static_configs: [{ targets: [`${endpoint.host}:${clientPort(endpoint)}`] }] };
};

/** The namespace in which the targets of a location are discovered. */
const discoveredIn = (location: Location): string | undefined => {
  if (location.kind === 'pods') return location.namespace;
  return location.kind === 'addresses' ? location.service?.namespace : undefined;
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

// Discovery makes a target for every declared container port, and one without a port if none is declared.
// Setting the port makes these targets equal, and Prometheus merges targets with equal labels.
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

// In a replacement, `$` starts the name of a group.
const set = (label: string, value: string): RelabelStep => ({
  target_label: label,
  replacement: value.replaceAll('$', '$$$$'),
});

const drop = (label: string, regex: string): RelabelStep => ({
  source_labels: [label],
  regex,
  action: 'drop',
});
