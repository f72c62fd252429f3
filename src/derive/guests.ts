import type { Finding } from '../model/finding.js';
import { connectionFinding } from './faults.js';
import { type LocatedParty, ownNamespaces } from './locate.js';

/** Pods of others in a namespace of the stack, which its default-deny policies isolate too. */
export const guests = (parties: readonly LocatedParty[]): Finding[] => {
  const own = ownNamespaces(parties);
  const found = parties.filter((party) => isGuest(party, own));
  const [first] = found;
  if (!first) return [];
  const names = found.map(({ name }) => name);
  const [verb, object] = names.length === 1 ? ['runs', 'it'] : ['run', 'them'];
  return [
    connectionFinding({
      fault: 'shared-namespace',
      place: { path: `${first.name}.workloads` },
      message: `${names.join(', ')} ${verb} in a namespace of the stack (${own.join(', ')}), which allows ${object} only the declared connections.`,
    }),
  ];
};

const isGuest = ({ own: isOwn, workloads }: LocatedParty, own: readonly string[]): boolean =>
  !isOwn &&
  Object.values(workloads).some(
    (one) => one.kind === 'pods' && !one.hostNetwork && own.includes(one.namespace),
  );
