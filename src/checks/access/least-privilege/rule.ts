import { listOf, type Untyped } from '../../support/untyped.js';
import type { LeastPrivilegeFault } from './faults.js';
import { type Right, rightsOf, rightText } from './right.js';

const fields = ['verbs', 'resources', 'apiGroups', 'nonResourceURLs'];

/** Faults of rules that no declaration allows: wildcards and dangerous rights. */
export const ruleFaults = (rules: unknown): LeastPrivilegeFault[] =>
  listOf(rules).flatMap((rule, index) => {
    const path = `rules[${index}]`;
    return [...wildcards(rule, path), ...dangerous(rule, path)];
  });

const wildcards = (rule: Untyped, path: string): LeastPrivilegeFault[] =>
  fields.flatMap((field) =>
    listOf(rule[field]).flatMap((value, index) =>
      // A URL that ends with `/*` is allowed; the URL `*` is a wildcard.
      isWildcard(`${value}`, field)
        ? [
            {
              path: `${path}.${field}[${index}]`,
              fault: 'wildcard',
              value,
            },
          ]
        : [],
    ),
  );

const isWildcard = (value: string, field: string): boolean =>
  field === 'nonResourceURLs' ? /^\/?\*$/.test(value) : value.includes('*');

const resources: Readonly<Record<string, string>> = {
  secrets: 'The workload can read or change all Secrets in the scope of the role.',
  'serviceaccounts/token': 'The workload can create tokens of other service accounts.',
  'pods/exec': 'The workload can run commands in other pods.',
  'pods/attach': 'The workload can attach to the processes of other pods.',
  'pods/portforward': 'The workload can connect to other pods, and bypasses all network policies.',
  'pods/proxy': 'The workload can connect to other pods, and bypasses all network policies.',
  'services/proxy': 'The workload can connect to Services, and bypasses all network policies.',
  'pods/ephemeralcontainers': 'The workload can start containers in other pods.',
  'nodes/proxy': 'The workload can run commands in every pod of a node, through the kubelet.',
};

const verbs: Readonly<Record<string, string>> = {
  impersonate: 'The workload can act as any other user.',
  escalate: 'The workload can give itself any right.',
  bind: 'The workload can give itself any role.',
};

const dangerous = (rule: Untyped, path: string): LeastPrivilegeFault[] => {
  const seen = new Set<string>();
  return rightsOf(rule).flatMap((right) => {
    const why = verbs[right.verb] ?? (right.group === '' ? resources[right.target] : undefined);
    const key = right.verb in verbs ? right.verb : right.target;
    if (!why || seen.has(key)) return [];
    seen.add(key);
    return [
      { path, fault: 'dangerous-right', message: notLet(right), value: rightText(right), why },
    ];
  });
};

const notLet = (right: Right): string =>
  `The rule allows ${right.verb in verbs ? right.verb : `access to ${right.target}`}.`;
