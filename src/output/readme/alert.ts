import type { SelectedAlert } from '../../content/select.js';
import type { Stack } from '../stack.js';
import { code, table } from './markdown.js';

/** The alerts that are evaluated, and what the environment does without. */
export const alerts = (stack: Stack): string[] => [
  '## Alerts',
  table(['alert', 'severity', 'runbook'], sorted(stack.alerts.map(rowOf))),
  ...(stack.omissions.length === 0
    ? []
    : [
        '### What is left out',
        table(
          ['what', 'why'],
          sorted(
            stack.omissions.map(({ kind, name, reason }) => [`${kind} ${code(name)}`, reason]),
          ),
        ),
      ]),
];

const sorted = (rows: readonly string[][]): string[][] =>
  [...rows].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));

/** A path in the repository leads nowhere from here. */
const rowOf = ({ alert, severity, runbook }: SelectedAlert): string[] => [
  alert,
  severity,
  /^https?:/.test(runbook) ? `[runbook](${runbook})` : code(runbook),
];
