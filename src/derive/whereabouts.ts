import ipaddr from 'ipaddr.js';
import type { Connection } from '../model/connection.js';
import type { Finding } from '../model/finding.js';
import type { Location } from '../model/location.js';
import { bareAddress, isLoopback, namespaceIn } from '../schema/private-host.js';
import { connectionFinding } from './faults.js';

/** Hosts of outside parties that do not lead to where the party is, which is all that the policies allow. */
export const misplacedHosts = (connections: readonly Connection[]): Finding[] => {
  const seen = new Set<string>();
  return connections.flatMap(({ consumer, provider, endpointName, endpoint }): Finding[] => {
    const { host } = endpoint;
    const path = `${provider.party}.endpoints.${endpointName}.host`;
    if (host === undefined || provider.own || seen.has(path)) return [];
    const fault = faultOf(host, provider.location, consumer.location);
    if (!fault) return [];
    seen.add(path);
    return [connectionFinding({ ...fault, place: { path }, value: host })];
  });
};

const faultOf = (host: string, location: Location, client: Location) => {
  if (isLoopback(host)) {
    return { fault: 'other-place' as const, message: `${host} is the pod of the client itself.` };
  }
  if (location.kind === 'pods') return ofPods(host, location.namespace, client);
  if (location.kind !== 'addresses') return undefined;
  const address = bareAddress(host);
  if (address === undefined) return undefined;
  const { cidrs, except = [] } = location;
  if (isIn(address, cidrs) && !isIn(address, except)) return undefined;
  const message = `The address ${host} is not among those where the party is: ${cidrs.join(', ')}.`;
  return { fault: 'other-place' as const, message };
};

const ofPods = (host: string, namespace: string, client: Location) => {
  const named = namespaceIn(host);
  // A name without dots is looked up in the namespace of the client.
  const own = !host.includes('.') && client.kind === 'pods' ? client.namespace : undefined;
  const actual = named ?? own;
  if (actual === undefined || actual === namespace) return undefined;
  const message = `The host ${host} is a Service in the namespace ${actual}, but the party is in ${namespace}.`;
  return { fault: 'other-place' as const, message };
};

const isIn = (address: string, cidrs: readonly string[]): boolean => {
  const one = ipaddr.process(address);
  return cidrs.some((cidr) => {
    const [network, bits] = ipaddr.parseCIDR(cidr);
    return network.kind() === one.kind() && one.match(network, bits);
  });
};
