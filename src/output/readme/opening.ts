import type { ProxyExposure } from '../../config/exposure.js';
import type { LocatedParty } from '../../derive/locate.js';
import type { Connection } from '../../model/connection.js';
import { exceptionsOf } from '../../model/exception.js';
import type { Location } from '../../model/location.js';
import type { Manifest } from '../../model/manifest.js';
import { podTemplateIn } from '../../model/pod-template.js';
import type { SynthesizedStack } from '../synthesized-stack.js';
import { podSets } from '../total.js';
import { bullets, code, distinct, listed, table } from './markdown.js';

/** Exceptions from Pod Security `restricted`, each with its reason. */
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

/** Traffic that policies cannot block, and traffic that they allow on purpose. */
export const openings = ({
  environment: { cluster, exposure },
  parties,
  connections,
  manifests,
}: SynthesizedStack): string[] => [
  '## What is open on the network',
  bullets([
    'Network policies have an effect only if the network plugin of the cluster enforces them: some plugins do not.',
    'A node can always reach its own pods: Kubernetes allows the probes of the kubelet.',
    cluster.networkPlugin === 'cilium'
      ? 'For Cilium, a node is its entity `host` or `remote-node`, with everything that runs on it.'
      : `Everything with an address in ${cluster.nodeCidrs.map(code).join(', ')} counts as a node: the same ports are open to it.`,
    ...hostPorts(parties, manifests),
    ...hostSenders(manifests),
    ...exceptionPorts(manifests),
    ...addressClients(connections),
    ...authenticatedRoutes(exposure?.behindAuthProxy),
    ...internetPorts(connections),
    ...pingedHosts(connections),
    ...namespacePorts(connections),
    ...unverifiedServers(connections),
  ]),
];

/** Ports of pods on the host network, which no policy covers, with or without a connection. */
const hostPorts = (parties: readonly LocatedParty[], manifests: readonly Manifest[]): string[] =>
  podSets(manifests)
    .filter(({ object }) => podTemplateIn(object).spec.hostNetwork === true)
    .flatMap(({ object, containers }) =>
      containers.flatMap(({ name, ports = [] }): string[] =>
        ports.map(({ containerPort }: { containerPort: number }) => {
          const guarded = parties.some(({ name, workloads, endpoints }) =>
            Object.values(endpoints).some(
              ({ port, authentication, workload = Object.keys(workloads)[0] ?? name }) =>
                port === containerPort && authentication && isAt(object, workloads[workload]),
            ),
          );
          return (
            `Port ${containerPort} of every node (${name} of ${object.metadata.name}) is open to every client that reaches the node, ` +
            (guarded
              ? 'and requires a token that the API server authorizes.'
              : '**and requires no authentication**.')
          );
        }),
      ),
    );

/** Whether the pods of a workload are at a location. */
const isAt = (object: Manifest['object'], location: Location | undefined): boolean =>
  location?.kind === 'pods' &&
  location.namespace === object.metadata.namespace &&
  Object.entries(location.labels).every(
    ([key, value]) => podTemplateIn(object).metadata?.labels?.[key] === value,
  );

/** Pods on the host network, which have the egress of their node. */
const hostSenders = (manifests: readonly Manifest[]): string[] =>
  podSets(manifests)
    .filter(({ object }) => podTemplateIn(object).spec.hostNetwork === true)
    .map(
      ({ object }) =>
        `The pods of ${object.metadata.name} are on the host network: they can connect to everything that their node reaches.`,
    );

const exceptionPorts = (manifests: readonly Manifest[]): string[] =>
  manifests.flatMap(({ object }) =>
    exceptionsOf(object.metadata.annotations)
      .filter(({ exception }) => exception === 'open-port')
      .map(({ reason }) => `Declared open by the environment: port ${reason}.`),
  );

/** Ports that are open to addresses outside the cluster, such as those of a load balancer. */
const addressClients = (connections: readonly Connection[]): string[] =>
  distinct(
    connections.flatMap(({ consumer, provider, endpoint }) =>
      consumer.location.kind === 'addresses' && provider.own
        ? `Port ${endpoint.port} of ${provider.party} is open to ${listed(consumer.location.cidrs.map(code))}, the addresses of ${consumer.party}: no policy can distinguish other clients with these addresses.`
        : [],
    ),
  );

/** Routes to components without a login. */
const authenticatedRoutes = (exposed: ProxyExposure | undefined): string[] => {
  if (!exposed?.route) return [];
  const names = (['prometheus', 'alertmanager', 'jaeger'] as const).filter((name) => exposed[name]);
  return [
    `${listed(names)} ${names.length > 1 ? 'have' : 'has'} no login, and a route from outside: ${exposed.route.authentication}. Synth does not check that.`,
  ];
};

const internetPorts = (connections: readonly Connection[]): string[] => {
  const receivers = new Map<string, string[]>();
  for (const { consumer, provider, endpoint } of connections) {
    const { location } = provider;
    if (location.kind !== 'addresses' || !location.cidrs.some((cidr) => cidr.endsWith('/0'))) {
      continue;
    }
    const opening = `${consumer.party} can reach port ${endpoint.port} of any public address`;
    receivers.set(opening, [...(receivers.get(opening) ?? []), provider.party]);
  }
  return [...receivers].map(([opening, names]) => `${opening}, for ${listed(distinct(names))}.`);
};

/** Targets of ICMP, of which a policy opens every port. */
const pingedHosts = (connections: readonly Connection[]): string[] =>
  distinct(
    connections.flatMap(({ consumer, provider, endpoint: { icmp } }) => {
      if (icmp === undefined || provider.location.kind !== 'addresses') return [];
      return `${consumer.party} can reach every port of ${listed(provider.location.cidrs.map(code))}, for ICMP probes of ${provider.party}: a network policy cannot allow only ICMP. The reason: ${icmp}.`;
    }),
  );

/** Ports of all pods of a namespace. */
const namespacePorts = (connections: readonly Connection[]): string[] =>
  distinct(
    connections.flatMap(({ consumer, provider: { party, location }, endpoint: { port } }) =>
      location.kind === 'pods' && Object.keys(location.labels).length === 0
        ? `${consumer.party} can reach port ${port} of every pod of the namespace ${code(location.namespace)}, for ${party}.`
        : [],
    ),
  );

const unverifiedServers = (connections: readonly Connection[]): string[] =>
  distinct(
    connections.flatMap(({ consumer, provider, endpoint: { authentication, verification } }) =>
      verification?.kind === 'unverified'
        ? `The certificate of ${provider.party} is not verified: ${verification.reason}.${
            authentication?.kind === 'token' && authentication.audience === undefined
              ? ` ${consumer.party} sends its token for the Kubernetes API to it: an attacker in its place can use the permissions of that token.`
              : ''
          }`
        : [],
    ),
  );
