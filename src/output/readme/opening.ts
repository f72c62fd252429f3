import type { Environment } from '../../config/environment.js';
import type { Connection } from '../../model/connection.js';
import { exceptionsOf } from '../../model/exception.js';
import type { Manifest } from '../../model/manifest.js';
import { podSets } from '../total.js';
import { bullets, code, distinct, listed, table } from './markdown.js';

/** What is allowed beyond Pod Security's `restricted`, each with its reason. */
export const exceptions = (manifests: readonly Manifest[]): string[] => [
  '## Exceptions from Pod Security `restricted`',
  table(
    ['workload', 'exception', 'reason'],
    manifests.flatMap(({ object }) =>
      exceptionsOf(object.metadata.annotations).map(({ exception, reason }) => [
        `${object.kind} ${code(object.metadata.name)}`,
        exception,
        reason,
      ]),
    ),
  ),
];

/** What policies cannot close, and what they leave open on purpose. */
export const openings = (
  { cluster }: Environment,
  connections: readonly Connection[],
  manifests: readonly Manifest[],
): string[] => [
  '## What is open on the network',
  bullets([
    'Policies hold as far as the network plugin of the cluster enforces them: some enforce none.',
    'The node on which a pod runs always reaches it: Kubernetes lets the kubelet probe it.',
    cluster.networkPlugin === 'cilium'
      ? 'A node is what Cilium knows as one (`host` and `remote-node`), whatever runs on it.'
      : `Whatever else has an address in ${cluster.nodeCidrs.map(code).join(', ')} counts as a node, and the same ports are open to it as to one.`,
    ...hostPorts(connections, manifests),
    ...hostSenders(manifests),
    ...exceptionPorts(manifests),
    ...internetPorts(connections),
    ...unverifiedServers(connections),
  ]),
];

/** Ports of pods on the host network, which no policy covers: whether a connection leads there or not. */
const hostPorts = (connections: readonly Connection[], manifests: readonly Manifest[]): string[] =>
  podSets(manifests)
    .filter(({ object }) => object.spec.template.spec.hostNetwork === true)
    .flatMap(({ object, containers }) =>
      containers.flatMap(({ name, ports = [] }): string[] =>
        ports.map(({ containerPort }: { containerPort: number }) => {
          const guarded = connections.some(
            ({ provider, endpoint }) =>
              provider.own && endpoint.port === containerPort && endpoint.authentication,
          );
          return (
            `Port ${containerPort} of every node (${name} of ${object.metadata.name}) is open to whoever reaches the node, ` +
            (guarded
              ? 'and answers only to a token that the API server lets.'
              : '**and answers to everyone**.')
          );
        }),
      ),
    );

/** Pods on the host network, which send as their node does. */
const hostSenders = (manifests: readonly Manifest[]): string[] =>
  podSets(manifests)
    .filter(({ object }) => object.spec.template.spec.hostNetwork === true)
    .map(
      ({ object }) =>
        `The pods of ${object.metadata.name} are on the host network: they may send to all that their node reaches.`,
    );

const exceptionPorts = (manifests: readonly Manifest[]): string[] =>
  manifests.flatMap(({ object }) =>
    exceptionsOf(object.metadata.annotations)
      .filter(({ exception }) => exception === 'open-port')
      .map(({ reason }) => `Declared open by the environment: port ${reason}.`),
  );

const internetPorts = (connections: readonly Connection[]): string[] => {
  const receivers = new Map<string, string[]>();
  for (const { consumer, provider, endpoint } of connections) {
    const { location } = provider;
    if (location.kind !== 'addresses' || !location.cidrs.some((cidr) => cidr.endsWith('/0'))) {
      continue;
    }
    const opening = `${consumer.party} may reach port ${endpoint.port} of any public address`;
    receivers.set(opening, [...(receivers.get(opening) ?? []), provider.party]);
  }
  return [...receivers].map(([opening, names]) => `${opening}, for ${listed(distinct(names))}.`);
};

const unverifiedServers = (connections: readonly Connection[]): string[] =>
  distinct(
    connections.flatMap(({ consumer, provider, endpoint: { authentication, verification } }) =>
      verification?.kind === 'unverified'
        ? `The certificate of ${provider.party} is not verified: ${verification.reason}.${
            authentication?.kind === 'token' && authentication.audience === undefined
              ? ` ${consumer.party} sends it its token for the Kubernetes API: whoever stands in for it can use that token's rights.`
              : ''
          }`
        : [],
    ),
  );
