import { defineCheck } from '../../model/check.js';
import type { ReadPanel } from '../../model/dashboard.js';
import { memoize } from '../../model/memoize.js';
import { suggest } from '../../model/suggestion.js';
import { isUnit, units } from '../../model/unit.js';
import { dashboardsIn, inPanel, type ShippedDashboard } from '../support/dashboard.js';
import { listOf, recordOf } from '../support/untyped.js';
import { faults, type Result } from './panels/faults.js';
import { unknownOptions } from './panels/option.js';
import { unknownType } from './panels/type.js';

const check = defineCheck({
  faults,
  summary:
    'Every panel has a type of Grafana, a title, a description, and a unit that Grafana knows if it shows values. Its queries have unique names, and its options exist.',
  run: (input) =>
    dashboardsIn(input).flatMap((dashboard) => [
      ...dashboard.panels.flatMap((panel) => untyped(dashboard, panel, input.plugins)),
      ...faultsOf(dashboard),
    ]),
});

export default check;

/** The faults that do not depend on the plugins. */
const faultsOf = memoize((dashboard: ShippedDashboard): readonly Result[] =>
  dashboard.panels.flatMap((panel) => [
    ...silent(dashboard, panel),
    ...unitless(dashboard, panel),
    ...nameless(dashboard, panel),
    ...unknown(dashboard, panel),
  ]),
);

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '';

/** A misspelt type is an error; another one may be that of a plugin. */
const untyped = (
  dashboard: ShippedDashboard,
  panel: ReadPanel,
  plugins: readonly string[],
): Result[] => {
  const { type } = panel;
  const unknown = isText(type) && !plugins.includes(type) ? unknownType(type, plugins) : undefined;
  if (!unknown) return [];
  return [
    inPanel(dashboard, panel, {
      fault: 'unknown-type',
      severity: unknown.suggestion ? 'error' : 'warning',
      value: type,
      ...unknown,
    }),
  ];
};

const silent = (dashboard: ShippedDashboard, panel: ReadPanel): Result[] =>
  (['title', 'description'] as const)
    .filter((key) => !isText(panel[key]))
    .map((key) => inPanel(dashboard, panel, { fault: `no-${key}` }));

const unitless = (dashboard: ShippedDashboard, panel: ReadPanel): Result[] => {
  if (listOf(panel.targets).length === 0 || panel.type === 'logs') return [];
  const found = unitsOf(panel);
  if (found.length === 0) {
    return [
      inPanel(dashboard, panel, {
        fault: 'no-unit',
      }),
    ];
  }
  return found
    .filter((unit) => !isUnit(unit))
    .map((unit) => {
      // Grafana shows an unknown unit as text behind the number.
      const suggestion = suggest(unit, units);
      const isMistake = suggestion !== undefined && !dashboard.severity;
      return inPanel(dashboard, panel, {
        ...(isMistake && { severity: 'error' as const }),
        fault: 'unknown-unit',
        value: unit,
        suggestion,
      });
    });
};

const unitsOf = ({ fieldConfig, options }: ReadPanel): string[] =>
  [
    fieldConfig?.defaults?.unit,
    options?.yAxis?.unit,
    ...listOf(fieldConfig?.overrides).flatMap((one) =>
      listOf(one.properties).map(({ id, value }) => (id === 'unit' ? value : undefined)),
    ),
  ].filter(isText);

const nameless = (dashboard: ShippedDashboard, panel: ReadPanel): Result[] => {
  const targets = listOf(panel.targets).map(recordOf);
  const ids = targets.map(({ refId }) => refId);
  return targets.flatMap((target, index) => [
    ...(isText(target.refId) && ids.indexOf(target.refId) === index
      ? []
      : [
          inPanel(dashboard, panel, {
            fault: 'query-name',
            value: target.refId,
          }),
        ]),
    ...('expr' in target && !isText(target.expr)
      ? [
          inPanel(dashboard, panel, {
            fault: 'empty-query',
            value: target.expr,
          }),
        ]
      : []),
  ]);
};

/** Exported dashboards have options of former versions, which Grafana converts or ignores. */
const unknown = (dashboard: ShippedDashboard, panel: ReadPanel): Result[] =>
  dashboard.severity
    ? []
    : unknownOptions(panel).map(({ path, name, known, suggestion }) =>
        inPanel(dashboard, panel, {
          fault: 'unknown-option',
          severity: suggestion ? 'error' : 'warning',
          message: `Panels of type ${panel.type} have no option ${path}.`,
          value: name,
          remedy: `Use one of ${known.join(', ')}.`,
          ...(suggestion && { suggestion }),
        }),
      );
