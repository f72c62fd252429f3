import type { Connection } from '../../model/connection.js';
import type { PodLocation } from '../../model/location.js';
import { type Loose, listOf, recordOf } from '../reference/lenient.js';
import type { Labels } from './relabel.js';
import { relabel } from './relabel.js';

/** Something that Prometheus may find, under every address that it may have. */
export interface Candidate {
  readonly role: 'pod' | 'node' | 'endpointslice';
  readonly namespace: string;
  /** By which discovery selects. */
  readonly labels: Labels;
  /** Label sets of the targets that discovery makes of it. */
  readonly targets: readonly Labels[];
}

/** The label sets of the targets that a job or an entry of `alertmanagers` comes to. */
export const targetsOf = (entry: Loose, candidates: readonly Candidate[]): Labels[] =>
  [
    ...listOf(entry.kubernetes_sd_configs).flatMap((one) => discovered(one, candidates)),
    ...listOf(entry.dns_sd_configs).flatMap(({ names, port }) =>
      listOf(names).map((name) => ({ __address__: `${name}:${port}` })),
    ),
    ...listOf(entry.static_configs).flatMap(({ targets, labels }) =>
      listOf(targets).map(
        (target) => ({ ...recordOf(labels), __address__: `${target}` }) as Labels,
      ),
    ),
  ].flatMap((labels) => {
    const kept = relabel(labels, entry.relabel_configs);
    return kept ? [kept] : [];
  });

const discovered = (config: Loose, candidates: readonly Candidate[]): Labels[] => {
  const names = config.namespaces ? listOf(config.namespaces.names) : undefined;
  const selectors = listOf(config.selectors).filter(({ role }) => role === config.role);
  return candidates
    .filter(({ role }) => role === config.role)
    .filter(({ namespace, role }) => role === 'node' || !names || names.includes(namespace))
    .filter(({ labels }) => selectors.every(({ label }) => answers(labels, `${label}`)))
    .flatMap(({ targets }) => targets);
};

const answers = (labels: Labels, selector: string): boolean =>
  selector.split(',').every((part) => {
    const [key = '', value] = part.split('=');
    return labels[key] === value;
  });

/** The addresses of one provider, in both families: a number of its own tells it from others. */
export type Addresses = readonly [string, string];

export const addressesOf = (number: number): Addresses => [`10.0.0.${number}`, `fd00::${number}`];

const withPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** The address of a pod that has ended, and of something else in each namespace. */
export const ended = '10.1.0.1';
export const decoy = '10.2.0.1';

/** What nobody means to find: it bears no label that a selector asks for. */
export const decoysFor = (candidates: readonly Candidate[]): Candidate[] =>
  candidates
    .filter(({ role }) => role !== 'node')
    .map(({ role, namespace }) => ({
      role,
      namespace,
      labels: {},
      targets: [{ __address__: `${decoy}:80`, __meta_kubernetes_pod_phase: 'Running' }],
    }));

/** What discovery finds at the provider of a connection, whether it ships or is declared. */
export const candidateAt = (
  { provider: { location, party }, endpoint }: Connection,
  addresses: Addresses,
  shipped: (location: PodLocation) => { labels: Labels; ports: readonly number[] }[],
): Candidate[] => {
  switch (location.kind) {
    case 'pods': {
      const pods = shipped(location);
      const all = pods.length > 0 ? pods : [{ labels: location.labels, ports: [] }];
      return all.map(({ labels, ports }) => ({
        role: 'pod',
        namespace: location.namespace,
        labels,
        targets: [...addresses, ended].flatMap((address) =>
          // Of a pod that declares no port, Prometheus knows the bare address alone.
          (ports.length > 0 ? ports.map((port) => withPort(address, port)) : [address]).map(
            (at) => ({
              __address__: at,
              __meta_kubernetes_namespace: location.namespace,
              __meta_kubernetes_pod_name: `${party}-0`,
              __meta_kubernetes_pod_node_name: 'node',
              __meta_kubernetes_pod_phase: address === ended ? 'Succeeded' : 'Running',
              __meta_kubernetes_pod_ip: address,
            }),
          ),
        ),
      }));
    }
    case 'nodes':
      return [
        {
          role: 'node',
          namespace: '',
          labels: {},
          targets: addresses.map((address) => ({
            __address__: withPort(address, 10250),
            __meta_kubernetes_node_name: 'node',
          })),
        },
      ];
    case 'addresses':
      return location.service
        ? [
            {
              role: 'endpointslice',
              namespace: location.service.namespace,
              labels: { 'kubernetes.io/service-name': location.service.name },
              targets: addresses.map((address) => ({
                __address__: withPort(address, endpoint.port),
              })),
            },
          ]
        : [];
  }
};

/** The addresses at which a provider is reached on a port. */
export const expectedAt = ({ provider, endpoint }: Connection, addresses: Addresses): string[] =>
  provider.location.kind === 'addresses' && !provider.location.service
    ? [`${endpoint.host}:${endpoint.port}`]
    : addresses.map((address) => withPort(address, endpoint.port));
