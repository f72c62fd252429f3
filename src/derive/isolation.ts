import type { Connection, End } from '../model/connection.js';
import { protocolOf } from '../model/endpoint.js';
import type { Allowance, Isolation } from '../model/isolation.js';
import type { Location } from '../model/location.js';

/**
 * The isolation of every workload that a policy can isolate: all workloads of the stack, and others in
 * default-deny namespaces. Host-network pods are left out: policies match the node.
 */
export const isolate = (
  workloads: readonly End[],
  connections: readonly Connection[],
  isolatedNamespaces: readonly string[],
): Isolation[] =>
  workloads.flatMap((end): Isolation[] => {
    const { location, own, party, workload } = end;
    if (location.kind !== 'pods' || location.hostNetwork) return [];
    if (!own && !isolatedNamespaces.includes(location.namespace)) return [];
    const ingress = allowances(
      connections.filter(({ provider }) => same(provider, end)),
      'consumer',
    );
    const egress = allowances(
      connections.filter(({ consumer }) => same(consumer, end)),
      'provider',
    );
    if (!own && ingress.length === 0 && egress.length === 0) return [];
    return [{ party, workload, pods: location, own, ingress, egress }];
  });

const same = (a: End, b: End): boolean => a.party === b.party && a.workload === b.workload;

const allowances = (
  connections: readonly Connection[],
  peerSide: 'consumer' | 'provider',
): Allowance[] => {
  const byPeer = new Map<
    string,
    { peer: Location; ports: Map<string, Allowance['ports'][number]> }
  >();
  for (const connection of connections) {
    const peer = connection[peerSide].location;
    const key = JSON.stringify(peer);
    const entry = byPeer.get(key) ?? { peer, ports: new Map() };
    const { port } = connection.endpoint;
    const protocol = protocolOf(connection.endpoint);
    entry.ports.set(`${protocol}/${port}`, { port, protocol });
    byPeer.set(key, entry);
  }
  return [...byPeer.values()].map(({ peer, ports }) => ({
    peer,
    ports: [...ports.values()].sort(
      (a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1),
    ),
  }));
};
