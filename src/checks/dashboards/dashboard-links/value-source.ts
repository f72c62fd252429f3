import type { CheckInput } from '../../../model/check.js';
import type { ReadPanel } from '../../../model/dashboard.js';
import { memoize } from '../../../model/memoize.js';
import { analyse } from '../../../promql/analyse.js';
import { samplesOf } from '../../../promql/dashboard.js';
import { followLabels } from '../../../promql/labels.js';
import { inPanel, type ShippedDashboard } from '../../support/dashboard.js';
import { type SeriesIndex, seriesIn } from '../../support/query/series.js';
import { listOf } from '../../support/untyped.js';
import type { Result } from './faults.js';

/** Labels and columns that links of a panel use, but its series do not have. */
export const missingSources = (dashboard: ShippedDashboard, input: CheckInput): Result[] =>
  linkedPanels(dashboard).flatMap(({ panel, labels, columns }) => {
    const shown = columnsOf(panel);
    return [
      ...labels.flatMap((label) => lacking(dashboard, panel, label, seriesIn(input))),
      ...columns
        .filter((column) => shown.size > 0 && !shown.has(column))
        .map((column) =>
          inPanel(dashboard, panel, {
            fault: 'unknown-column',
            value: column,
            remedy: `Use one of ${[...shown].join(', ')}.`,
          }),
        ),
    ];
  });

/** The panels whose links use labels or columns, with their names. */
const linkedPanels = memoize(({ panels }: ShippedDashboard) =>
  panels.flatMap((panel) => {
    const texts = JSON.stringify([panel.fieldConfig, panel.links]);
    const labels = namesIn(texts, /\$\{__field\.labels\.(\w+)\}/g);
    const columns = namesIn(texts, /\$\{__data\.fields\[\\"([^"\\]+)\\"\]\}/g);
    return labels.length + columns.length > 0 ? [{ panel, labels, columns }] : [];
  }),
);

const namesIn = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, name = '']) => name)),
];

/** The column names that a transformation sets. */
const columnsOf = ({ transformations }: ReadPanel): ReadonlySet<string> =>
  new Set(
    listOf(transformations)
      .filter(({ id }) => id === 'organize')
      .flatMap(({ options }) => Object.values(options?.renameByName ?? {}) as string[]),
  );

const lacking = (
  dashboard: ShippedDashboard,
  panel: ReadPanel,
  label: string,
  index: SeriesIndex,
): Result[] => {
  const variables = samplesOf(dashboard.json);
  return listOf(panel.targets).flatMap(({ expr }) => {
    if (typeof expr !== 'string') return [];
    const { expression, varies } = analyse(expr, variables);
    if (!expression) return [];
    const { labels } = followLabels(expression, (one) => index.of(one, varies)?.labels);
    if (!labels || labels.has(label)) return [];
    return [
      inPanel(dashboard, panel, {
        fault: 'unknown-label',
        message: `A link uses the label '${label}', which the series of this query do not have.`,
        value: expr,
        remedy: labels.size
          ? `Aggregate by it, or use one of ${[...labels].sort().join(', ')}.`
          : 'Aggregate by it: the result has no labels.',
      }),
    ];
  });
};
