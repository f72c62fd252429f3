import { creationOf } from '../../model/creation.js';
import type { Prerequisite } from '../../model/prerequisite.js';
import type { Totals } from '../total.js';
import { code, table } from './markdown.js';

/**
 * Objects that must exist in the cluster, with the command that creates each. Without volumes, no
 * StorageClass is needed.
 */
export const prerequisites = (declared: readonly Prerequisite[], { claims }: Totals): string[] => {
  const all = declared.filter(({ kind }) => kind !== 'StorageClass' || claims.length > 0);
  return [
    '## Prerequisites',
    all.length === 0 ? 'Nothing.' : table(['object', 'purpose', 'created by'], all.map(row)),
    ...(all.some(({ kind, remote, sealed }) => kind === 'Secret' && !remote && !sealed)
      ? [
          `The Secrets go into the stack's own namespaces: apply ${code('00-namespaces.yaml')} first, then create the Secrets, then apply the rest.`,
        ]
      : []),
    ...(all.some(({ remote }) => remote)
      ? [
          'External Secrets creates the Secrets that come from a store. Until it has, the pods that read them wait.',
        ]
      : []),
    ...(all.some(({ sealed }) => sealed)
      ? [
          'Sealed Secrets creates the Secrets that come from files. Until it has, the pods that read them wait.',
        ]
      : []),
  ];
};

const row = (one: Prerequisite): string[] => {
  const keys = Object.entries(one.keys ?? {}).map(([key, holds]) => `${code(key)} (${holds})`);
  return [
    `${one.kind} ${code([one.namespace, one.name].filter(Boolean).join('/'))}${
      keys.length > 0 ? ` with ${keys.join(', ')}` : ''
    }`,
    one.purpose,
    createdBy(one),
  ];
};

const createdBy = (one: Prerequisite): string => {
  const { command, by } = creationOf(one);
  return command === undefined ? by : code(command);
};
