import type { Connection } from '../../../model/connection.js';
import { clientPort } from '../../../model/endpoint.js';
import type { PodLocation } from '../../../model/location.js';
import type { Labels } from '../../../schema/prometheus/relabelling.js';
import { relabel } from '../../../schema/prometheus/relabelling.js';
import type {
  AlertmanagerConfig,
  KubernetesDiscovery,
  ScrapeConfig,
} from '../../support/prometheus-file.js';

/** An object that Prometheus can discover, with all its possible addresses. */
export interface Candidate {
  readonly role: 'pod' | 'node' | 'endpointslice';
  readonly namespace: string;
  /** The labels that selectors of service discovery match. */
  readonly labels: Labels;
  /** The labels of each target that service discovery creates for it. */
  readonly targets: readonly Labels[];
}

/** The labels of each target of a job or of an entry of `alertmanagers`, after relabelling. */
export const targetsOf = (
  entry: ScrapeConfig | AlertmanagerConfig,
  candidates: readonly Candidate[],
): Labels[] => {
  const { kubernetes_sd_configs = [], dns_sd_configs = [], static_configs = [] } = entry;
  return [
    ...kubernetes_sd_configs.flatMap((one) => discovered(one, candidates)),
    ...dns_sd_configs.flatMap(({ names = [], port, type = 'SRV' }) =>
      names.map(
        (name): Labels =>
          type === 'SRV'
            ? { __address__: name, __meta_dns_srv_record: name }
            : { __address__: `${name}:${port}` },
      ),
    ),
    ...static_configs.flatMap(({ targets = [], labels }) =>
      targets.map((target): Labels => ({ ...labels, __address__: target })),
    ),
  ].flatMap((labels) => {
    const kept = relabel(labels, entry.relabel_configs);
    return kept ? [kept] : [];
  });
};

const discovered = (
  { role, namespaces, selectors = [] }: KubernetesDiscovery,
  candidates: readonly Candidate[],
): Labels[] => {
  const names = namespaces && (namespaces.names ?? []);
  return candidates
    .filter((one) => one.role === role)
    .filter(({ namespace }) => role === 'node' || !names || names.includes(namespace))
    .filter(({ labels }) =>
      selectors.every((one) => one.role !== role || answers(labels, one.label ?? '')),
    )
    .flatMap(({ targets }) => targets);
};

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
const answers = (labels: Labels, selector: string): boolean =>
  selector.split(/,(?![^(]*\))/).every((part) => {
    const [, key = '', not, list = ''] = /^(\S+) (not)?in \((.*)\)$/.exec(part) ?? [];
    if (key !== '') return list.split(',').includes(`${labels[key]}`) === (not === undefined);
    const [name = '', value] = part.split('=');
    if (value !== undefined) return labels[name] === value;
    return part.startsWith('!') ? !(part.slice(1) in labels) : part in labels;
  });

/** The labels that a selector requires to have a value. */
const labelsIn = (selector: string): Labels =>
  Object.fromEntries(
    [...selector.matchAll(/([^,=]+)=([^,]*)/g)].map(([, key, value]) => [key, value]),
  );

/** An IPv4 and an IPv6 address of one provider; each provider has a different number. */
export type Addresses = readonly [string, string];

export const addressesOf = (number: number): Addresses => [`10.0.0.${number}`, `fd00::${number}`];

const withPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** The address of an ended pod, and of an undeclared pod in each namespace. */
export const ended = '10.1.0.1';
export const decoy = '10.2.0.1';

/** Undeclared objects without labels, which no job should discover. */
export const decoysFor = (candidates: readonly Candidate[]): Candidate[] =>
  candidates
    .filter(({ role }) => role !== 'node')
    .map(({ role, namespace }) => ({
      role,
      namespace,
      labels: {},
      targets: [{ __address__: `${decoy}:80`, __meta_kubernetes_pod_phase: 'Running' }],
    }));

/** The objects that service discovery finds at the provider of a connection, shipped or declared. */
export const candidateAt = (
  { provider: { location, party }, endpoint, offer }: Connection,
  addresses: Addresses,
  shipped: (location: PodLocation) => { labels: Labels; ports: readonly number[] }[],
): Candidate[] => {
  const service = location.kind === 'addresses' ? location.service : undefined;
  const namespace = location.kind === 'pods' ? location.namespace : service?.namespace;
  if (offer.capability === 'metrics' && offer.discovery && namespace !== undefined) {
    const { role, selector = '', target } = offer.discovery;
    return [
      {
        role,
        namespace,
        labels: role === 'pod' && location.kind === 'pods' ? location.labels : labelsIn(selector),
        targets: addresses.map((address) => ({
          ...target,
          __address__: withPort(address, endpoint.port),
        })),
      },
    ];
  }
  switch (location.kind) {
    case 'pods': {
      const pods = shipped(location);
      const all = pods.length > 0 ? pods : [{ labels: location.labels, ports: [] }];
      return all.map(({ labels, ports }) => ({
        role: 'pod',
        namespace: location.namespace,
        labels,
        targets: [...addresses, ended].flatMap((address) =>
          // A pod without declared ports is discovered with its address only.
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

/** The addresses of a provider's endpoint. */
export const expectedAt = ({ provider, endpoint }: Connection, addresses: Addresses): string[] =>
  provider.location.kind === 'addresses' && !provider.location.service
    ? [`${endpoint.host}:${clientPort(endpoint)}`]
    : addresses.map((address) => withPort(address, endpoint.port));
