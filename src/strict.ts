import { configFaults, configFinding } from './config/faults.js';
import { contentFaults } from './content/faults.js';
import { connectionFaults } from './derive/faults.js';
import { checkOf, type Finding } from './model/finding.js';
import { suggest } from './model/suggestion.js';
import type { NamedCheck } from './run-checks.js';

const all = 'all';

/** Turns the warnings of some checks or codes into errors. */
export const strictly = (names: readonly string[], findings: readonly Finding[]): Finding[] =>
  findings.map((finding) =>
    [all, finding.code, checkOf(finding)].some((name) => names.includes(name))
      ? { ...finding, severity: 'error' }
      : finding,
  );

const parts = { config: configFaults, content: contentFaults, connections: connectionFaults };

/** Names that are neither a check nor a code. */
export const unknownStrict = (
  names: readonly string[],
  checks: readonly NamedCheck[],
): Finding[] => {
  const codes = [
    ...checks.map(({ name, value }) => [name, value.faults] as const),
    ...Object.entries(parts),
  ].flatMap(([name, faults]) => [name, ...Object.keys(faults).map((fault) => `${name}/${fault}`)]);
  const known = [all, ...codes];
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const suggestion = suggest(name, known);
      const message = `Unknown check or code '${name}'.`;
      return configFinding({
        fault: 'unknown-strict',
        place: { path: 'strict' },
        message,
        value: name,
        ...(suggestion && { suggestion }),
      });
    });
};
