import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { folderOf } from './cluster-prerequisites.js';
import { controlPlaneNetwork, network } from './node-network.js';
import { isReady, type PodCluster } from './pods-cluster.js';
import { type Destination, listenInside, podNetworks, tryConnections } from './pods-inside.js';

/** A source of connection attempts; a party, if it is in the declared topology. */
export interface Source {
  readonly title: string;
  readonly party?: string;
}

/**
 * Tries every possible connection from a source: the results by target, `open` or the reason of the
 * failure.
 */
export type Matrix = (source: Source) => Promise<Readonly<Record<string, string>>>;

const parties = [
  'prometheus',
  'alertmanager',
  'grafana',
  'jaeger',
  'kube-state-metrics',
  'blackbox-exporter',
];
/** Sources for which the policies deny every connection. */
export const stranger: Source = { title: 'a pod without labels in the stack’s namespace' };
const impostor = { title: 'a pod with Prometheus’s labels in another namespace' };
const otherNode = { title: 'another node' };
const internet = { title: 'an address that is neither a pod’s nor a node’s' };

/** All sources: the pods of the stack, and others that are allowed nowhere. */
export const sources: readonly Source[] = [
  ...parties.map((party) => ({ title: party, party })),
  ...[stranger, impostor, otherNode, internet],
];

/** Ports of the other node with a listener: two declared ones, and an undeclared one. */
const nodePorts = { 'node-exporter': 9100, kubelet: 10250, 'another node': 9090 };

/** Starts listeners at all targets outside the pods of a cluster. */
export const layMatrix = ({ machine, pods }: PodCluster): Matrix => {
  const internetPort = 443;
  listenInside(machine, controlPlaneNetwork, network.controlPlane, Object.values(nodePorts));
  listenInside(machine, controlPlaneNetwork, network.internet, [internetPort]);
  const beyond = [
    { party: 'apiserver', address: '10.96.0.1', port: 443 },
    { party: 'apiserver', address: network.controlPlane, port: 6443 },
    ...Object.entries(nodePorts).map(([party, port]) => ({
      ...{ party, port, address: network.controlPlane },
    })),
    { party: 'the internet', address: network.internet, port: internetPort },
  ].map((one) => ({ ...one, protocol: 'TCP' as const }));
  return async (source) => {
    // The pod of Grafana has an address, but no image.
    const all = [...(await pods()).values()].filter((pod) => isReady(pod) && !pod.spec.hostNetwork);
    const pod = all.find((one) => sourceOf(one) === source.title);
    const address = pod?.status.podIP ?? addressOf[source.title];
    const destinations =
      pod && isOfStack(pod)
        ? [...all.flatMap(destinationsOf), ...beyond]
        : all.filter(isOfStack).flatMap(destinationsOf);
    // Connections inside a pod pass no policy.
    const tried = destinations.filter((one) => one.address !== address);
    const from = pod ? (await podNetworks(machine)).get(address) : controlPlaneNetwork;
    if (!from) throw new Error(`${source.title} has no network.`);
    const answers = await tryConnections(machine, from, tried, address);
    return Object.fromEntries(tried.map((one, index) => [titleOf(one), answers[index] ?? '']));
  };
};

const addressOf: Readonly<Record<string, string>> = {
  [otherNode.title]: network.controlPlane,
  [internet.title]: network.internet,
};

const isOfStack = ({ metadata }: KubernetesObject): boolean => metadata.namespace === 'crowsnest';

/** The title of a pod as a source. */
const sourceOf = (pod: KubernetesObject): string =>
  pod.metadata.name === 'unlabelled'
    ? stranger.title
    : pod.metadata.name === 'prometheus-elsewhere'
      ? impostor.title
      : partyOf(pod);

/** The party of a pod according to the policies, or its name. */
const partyOf = ({ metadata }: KubernetesObject): string =>
  (metadata.namespace === 'crowsnest' && metadata.labels?.['app.kubernetes.io/component']) ||
  metadata.name;

const destinationsOf = (pod: KubernetesObject) =>
  pod.spec.containers.flatMap(({ ports }: { ports?: Port[] }) =>
    (ports ?? []).map(({ containerPort, protocol }) => ({
      ...{ party: partyOf(pod), address: pod.status.podIP, port: containerPort, protocol },
    })),
  ) as (Destination & { readonly party: string })[];

interface Port {
  readonly containerPort: number;
  readonly protocol: string;
}

const titleOf = ({ party, port, protocol }: Destination & { readonly party: string }): string =>
  `${party} ${port}${protocol === 'UDP' ? '/UDP' : ''}`;

/**
 * The connections of each party according to the generated README of an environment, including
 * those to itself.
 */
export const declaredConnections = (environment: string): Readonly<Record<string, string[]>> => {
  const readme = readFileSync(join(folderOf(environment), 'README.md'), 'utf8');
  const named = [...readme.matchAll(/^ *(party_\w+)\["([^"<]+)/gm)];
  const names = new Map(named.map(([, id = '', name = '']) => [id, name]));
  const declared: Record<string, string[]> = {};
  for (const [, from = '', label = '', to = ''] of readme.matchAll(
    /^ *(party_\w+) -->\|"([^"]+)"\| (party_\w+)/gm,
  )) {
    if (from === to) continue;
    const reached = label.split('<br>').flatMap((line) => {
      const [capability, port] = line.split(' ');
      const title = `${names.get(to)} ${port}`;
      return capability === 'dns' ? [title, `${title}/UDP`] : [title];
    });
    const party = names.get(from) ?? from;
    declared[party] = [...new Set([...(declared[party] ?? []), ...reached])];
  }
  return declared;
};
