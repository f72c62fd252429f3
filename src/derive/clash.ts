import type { Finding } from '../model/finding.js';
import { connectionFinding } from './faults.js';
import type { LocatedParty } from './locate.js';

/** Declarations of parties that must be unique. */
export const clashes = (parties: readonly LocatedParty[]): Finding[] => [
  ...duplicateNames(parties),
  ...duplicateWorkloads(parties),
  ...duplicatePorts(parties),
];

const duplicateNames = (parties: readonly LocatedParty[]): Finding[] =>
  parties
    .filter((party, index) => parties.findIndex(({ name }) => name === party.name) !== index)
    .map((party) =>
      connectionFinding({
        fault: 'duplicate-party',
        place: { path: party.name },
        message: `Two parties are named '${party.name}'.`,
        value: party.name,
      }),
    );

/** Objects have the name of their workload, so workloads of different components need different names. */
const duplicateWorkloads = (parties: readonly LocatedParty[]): Finding[] => {
  const owners = new Map<string, string>();
  return parties
    .filter(({ own }) => own)
    .flatMap(({ name, workloads }) => Object.keys(workloads).map((key) => ({ name, key })))
    .flatMap(({ name, key }): Finding[] => {
      const first = owners.get(key) ?? name;
      owners.set(key, first);
      if (first === name) return [];
      return [
        connectionFinding({
          fault: 'duplicate-workload',
          place: { path: `${name}.workloads.${key}` },
          message: `${first} also has a workload '${key}'.`,
          value: key,
          remedy: `Name it after its component: '${name}-${key}'.`,
        }),
      ];
    });
};

/** A Service and a container can have each port only once. */
const duplicatePorts = (parties: readonly LocatedParty[]): Finding[] =>
  parties
    .filter(({ own }) => own)
    .flatMap(({ name, endpoints }) => {
      const first = new Map<string, string>();
      return Object.entries(endpoints).flatMap(([key, endpoint]): Finding[] => {
        const { port, protocol = 'TCP', workload = '' } = endpoint;
        const other = first.get(`${workload} ${protocol} ${port}`);
        if (other === undefined) {
          first.set(`${workload} ${protocol} ${port}`, key);
          return [];
        }
        return [
          connectionFinding({
            fault: 'duplicate-port',
            place: { path: `${name}.endpoints.${key}` },
            message: `The endpoint '${other}' has the same port.`,
            value: `${protocol} ${port}`,
          }),
        ];
      });
    });
