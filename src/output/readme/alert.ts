import type { SelectedAlert } from '../../content/selected.js';
import type { SynthesizedStack } from '../synthesized-stack.js';
import { evaluatesRules, showsDashboards } from './content.js';
import { code, table } from './markdown.js';

/** The evaluated alerts, and the content that the environment does not have. */
export const alerts = (stack: SynthesizedStack): string[] => {
  const evaluated = evaluatesRules(stack);
  const shown = showsDashboards(stack);
  const leftOut = [
    ...(evaluated ? [] : [['all alerts and recording rules', 'prometheus is not deployed']]),
    ...(shown ? [] : [['all dashboards', 'grafana is not deployed']]),
    ...sorted(
      stack.omissions
        .filter(({ kind }) => (kind === 'dashboard' ? shown : evaluated))
        .map(({ kind, name, reason }) => [`${kind} ${code(name)}`, reason]),
    ),
  ];
  return [
    '## Alerts',
    table(['alert', 'severity', 'runbook'], evaluated ? sorted(stack.alerts.map(rowOf)) : []),
    ...(leftOut.length === 0
      ? []
      : ['### Alerts and dashboards that are left out', table(['what', 'why'], leftOut)]),
  ];
};

const sorted = (rows: readonly string[][]): string[][] =>
  [...rows].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));

const rowOf = ({ alert, severity, runbook }: SelectedAlert): string[] => [
  alert,
  severity,
  runbookCell(runbook),
];

/** A path in the repository is not a valid link here. */
const runbookCell = (runbook: string | undefined): string => {
  if (runbook === undefined) return '–';
  return /^https?:/.test(runbook) ? `[runbook](${runbook})` : code(runbook);
};
