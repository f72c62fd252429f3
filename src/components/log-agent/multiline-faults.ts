import type { ConfigFault } from '../../config/faults.js';
import type { FoundFault } from '../../model/fault.js';
import type { Multiline } from './multiline.js';
import type { Namespaces } from './namespaces.js';

/** Entries that join no lines. */
export const multilineFaults = (
  entries: readonly Multiline[],
  namespaces: Namespaces | undefined,
): FoundFault<ConfigFault>[] =>
  entries.flatMap(({ namespace, firstLine }, index): FoundFault<ConfigFault>[] => {
    const fault = (field: string, value: string, remedy: string): FoundFault<ConfigFault> => ({
      fault: 'invalid-value',
      // The lines are read all the same.
      severity: 'warning',
      place: { path: `multiline[${index}].${field}` },
      value,
      remedy,
    });
    return [
      ...(namespace !== undefined && !isRead(namespace, namespaces)
        ? [
            fault(
              'namespace',
              namespace,
              'Remove this entry: logAgent.namespaces excludes its pods from what is read.',
            ),
          ]
        : []),
      // Before another entry, it excepts its containers from that one.
      ...(everyLine.test(firstLine) && index === entries.length - 1
        ? [
            fault(
              'firstLine',
              firstLine,
              'Set it to what only first lines begin with: every line matches it, and none is joined.',
            ),
          ]
        : []),
    ];
  });

const everyLine = /^(\^?|\^?\.\*\??\$?)$/;

const isRead = (name: string, chosen: Namespaces | undefined): boolean => {
  if (!chosen) return true;
  return 'only' in chosen ? chosen.only.includes(name) : !chosen.except.includes(name);
};
