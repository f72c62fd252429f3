import type { Fault } from '../pod/fault.js';
import { type Loose, listOf } from '../reference/lenient.js';
import { type Right, rightsOf, rightText } from './right.js';

const fields = ['verbs', 'resources', 'apiGroups', 'nonResourceURLs'];

/** What no rule may let, whoever declares it. */
export const ruleFaults = (rules: unknown): Fault[] =>
  listOf(rules).flatMap((rule, index) => {
    const path = `rules[${index}]`;
    return [...wildcards(rule, path), ...dangerous(rule, path)];
  });

const wildcards = (rule: Loose, path: string): Fault[] =>
  fields.flatMap((field) =>
    listOf(rule[field]).flatMap((value, index) =>
      // Of URLs, one that ends in a folder's star is a choice; the star alone is none.
      isWildcard(`${value}`, field)
        ? [
            {
              path: `${path}.${field}[${index}]`,
              message: 'The rule has a wildcard.',
              value,
              why: 'It lets whatever there is, and whatever will be added to the cluster.',
              remedy: 'Name each one that is needed.',
            },
          ]
        : [],
    ),
  );

const isWildcard = (value: string, field: string): boolean =>
  field === 'nonResourceURLs' ? /^\/?\*$/.test(value) : value.includes('*');

const resources: Readonly<Record<string, string>> = {
  secrets: 'It reads or writes the credentials of everybody in its scope.',
  'serviceaccounts/token': 'It makes tokens of other service accounts.',
  'pods/exec': 'It runs commands in other pods.',
  'pods/attach': 'It takes over the terminals of other pods.',
  'pods/portforward': 'It reaches ports of other pods past every policy.',
  'pods/proxy': 'It reaches ports of other pods past every policy.',
  'services/proxy': 'It reaches other Services past every policy.',
  'pods/ephemeralcontainers': 'It starts containers in other pods.',
  'nodes/proxy': 'It runs commands in every pod of a node, by way of the kubelet.',
};

const verbs: Readonly<Record<string, string>> = {
  impersonate: 'It acts as anybody else.',
  escalate: 'It gives itself any right.',
  bind: 'It gives itself any role.',
};

const dangerous = (rule: Loose, path: string): Fault[] => {
  const seen = new Set<string>();
  return rightsOf(rule).flatMap((right) => {
    const why = verbs[right.verb] ?? (right.group === '' ? resources[right.target] : undefined);
    const key = right.verb in verbs ? right.verb : right.target;
    if (!why || seen.has(key)) return [];
    seen.add(key);
    return [{ path, message: notLet(right), value: rightText(right), why, remedy: 'Remove it.' }];
  });
};

const notLet = (right: Right): string =>
  `No workload of the stack may ${right.verb in verbs ? right.verb : `have ${right.target}`}.`;
