import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { suggest } from '../model/suggestion.js';
import { isUnit, units } from '../model/unit.js';
import { dashboardsIn, inPanel, type ShippedDashboard } from './dashboard/dashboard.js';
import { type Loose, listOf, recordOf } from './reference/lenient.js';

const check: Check = {
  summary:
    'Every panel says what it shows: a title, a description, and where it shows values a unit that Grafana knows; its queries have names of their own.',
  run: (input) =>
    dashboardsIn(input).flatMap((dashboard) =>
      dashboard.panels.flatMap((panel) => [
        ...silent(dashboard, panel),
        ...unitless(dashboard, panel),
        ...nameless(dashboard, panel),
      ]),
    ),
};

export default check;

type Result = Omit<Finding, 'check'>;

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '';

const silent = (dashboard: ShippedDashboard, panel: Loose): Result[] =>
  (['title', 'description'] as const)
    .filter((key) => !isText(panel[key]))
    .map((key) =>
      inPanel(dashboard, panel, {
        message: `The panel has no ${key}.`,
        remedy:
          key === 'title'
            ? 'Name what it shows.'
            : 'Say what it shows, and what bad looks like: whoever looks at it at night has not made it.',
      }),
    );

const unitless = (dashboard: ShippedDashboard, panel: Loose): Result[] => {
  if (listOf(panel.targets).length === 0 || panel.type === 'logs') return [];
  const found = unitsOf(panel);
  if (found.length === 0) {
    return [
      inPanel(dashboard, panel, {
        message: 'The values of the panel have no unit.',
        remedy: "Give them one, 'short' where they are a number of things.",
      }),
    ];
  }
  return found
    .filter((unit) => !isUnit(unit))
    .map((unit) =>
      inPanel(dashboard, panel, {
        message: 'Grafana knows no such unit, and would write its name behind each value.',
        value: unit,
        remedy: "Use one of Grafana's, or 'suffix:…' for a text behind the number.",
        suggestion: suggest(unit, units),
      }),
    );
};

const unitsOf = ({ fieldConfig, options }: Loose): string[] =>
  [
    fieldConfig?.defaults?.unit,
    options?.yAxis?.unit,
    ...listOf(fieldConfig?.overrides).flatMap((one) =>
      listOf(one.properties).map(({ id, value }) => (id === 'unit' ? value : undefined)),
    ),
  ].filter(isText);

const nameless = (dashboard: ShippedDashboard, panel: Loose): Result[] => {
  const targets = listOf(panel.targets).map(recordOf);
  const ids = targets.map(({ refId }) => refId);
  return targets.flatMap((target, index) => [
    ...(isText(target.refId) && ids.indexOf(target.refId) === index
      ? []
      : [
          inPanel(dashboard, panel, {
            message: 'A query has no name, or that of another.',
            value: target.refId,
            remedy: 'Give each a refId of its own: A, B, C.',
          }),
        ]),
    ...('expr' in target && !isText(target.expr)
      ? [
          inPanel(dashboard, panel, {
            message: 'A query is empty.',
            value: target.expr,
            remedy: 'Write it, or remove it.',
          }),
        ]
      : []),
  ]);
};
