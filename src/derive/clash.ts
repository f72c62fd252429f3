import type { Finding } from '../model/finding.js';
import type { LocatedParty } from './locate.js';

/** What parties declare alike that must be told apart. */
export const clashes = (parties: readonly LocatedParty[]): Finding[] => [
  ...duplicateNames(parties),
  ...duplicateWorkloads(parties),
  ...duplicatePorts(parties),
];

const duplicateNames = (parties: readonly LocatedParty[]): Finding[] =>
  parties
    .filter((party, index) => parties.findIndex(({ name }) => name === party.name) !== index)
    .map((party) => ({
      check: 'connections',
      severity: 'error',
      place: { path: party.name },
      message: `Two parties are named '${party.name}'.`,
      value: party.name,
      remedy: 'Give each component, application and outside party a name of its own.',
    }));

/** Objects are named after their workload, so that no two components can have one of a name. */
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
        {
          check: 'connections',
          severity: 'error',
          place: { path: `${name}.workloads.${key}` },
          message: `${first} has a workload '${key}' as well.`,
          value: key,
          remedy: `Name it after its component: '${name}-${key}'.`,
        },
      ];
    });
};

/** A Service has a port once, and so has a container. */
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
          {
            check: 'connections',
            severity: 'error',
            place: { path: `${name}.endpoints.${key}` },
            message: `The endpoint '${other}' has the same port.`,
            value: `${protocol} ${port}`,
            remedy: 'Make one endpoint of them: a port may offer several things.',
          },
        ];
      });
    });
