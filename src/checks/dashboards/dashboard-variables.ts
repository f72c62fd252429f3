import { defineCheck } from '../../model/check.js';
import type { ReadVariable } from '../../model/dashboard.js';
import { memoize } from '../../model/memoize.js';
import { suggest } from '../../model/suggestion.js';
import { labelValuesOf } from '../../promql/variable-meaning.js';
import { expand } from '../../promql/variables.js';
import { dashboardsIn, type ShippedDashboard } from '../support/dashboard.js';
import { listOf } from '../support/untyped.js';
import { faults, type Result } from './dashboard-variables/faults.js';
import { regexFault } from './dashboard-variables/regex.js';

const check = defineCheck({
  faults,
  summary:
    'Every variable of a dashboard is used by a query, a title, a legend or another variable, and every variable that these use is defined. Its regular expression is valid. The value All of a variable matches only series that have the label.',
  run: (input) => dashboardsIn(input).flatMap((one) => faultsOf(one)),
});

export default check;

const faultsOf = memoize((one: ShippedDashboard): Result[] => [
  ...unused(one),
  ...unknown(one),
  ...brokenRegex(one),
  ...(one.severity === undefined ? unlabelled(one) : []),
]);

/** Expressions that Grafana cannot compile, also in imported dashboards. */
const brokenRegex = (dashboard: ShippedDashboard): Result[] => {
  const variables = variablesOf(dashboard);
  const values = Object.fromEntries(variables.map(({ name }) => [name, 'x']));
  return variables
    .filter(({ type }) => type === 'query' || type === 'datasource')
    .flatMap(({ name, regex }): Result[] => {
      if (typeof regex !== 'string' || regex === '') return [];
      const reason = regexFault(expand(regex, values).text);
      if (reason === undefined) return [];
      return [
        {
          place: dashboard.placeOf(name),
          fault: 'invalid-regex',
          message: `The regular expression of the variable '${name}' is invalid: ${reason}`,
          value: regex,
        },
      ];
    });
};

/** An All value `.*` also matches series without the label, such as the cgroup of the node. */
const unlabelled = (dashboard: ShippedDashboard): Result[] =>
  variablesOf(dashboard)
    .filter((variable) => variable.allValue === '.*' && !isOfAnySeries(variable))
    .map(({ name, allValue }) => ({
      severity: dashboard.severity,
      place: dashboard.placeOf(name),
      fault: 'matches-unlabelled',
      message: `The value All of the variable '${name}' also matches series without the label.`,
      value: allValue,
    }));

/** Whether its values are of any series, as for the clusters: those of a single cluster have no label. */
const isOfAnySeries = (variable: ReadVariable): boolean => {
  const values = labelValuesOf(variable);
  return values !== undefined && values.series === undefined;
};

const variablesOf = ({ json }: ShippedDashboard): (ReadVariable & { readonly name: string })[] =>
  listOf(json.templating?.list).filter(({ name }) => typeof name === 'string');

const unused = (dashboard: ShippedDashboard): Result[] => {
  const variables = variablesOf(dashboard);
  const { panels, annotations } = dashboard.json;
  const users = namesIn(JSON.stringify([panels, annotations]));
  return variables
    .filter(({ type }) => type !== 'adhoc')
    .flatMap((variable): Result[] => {
      const { name } = variable;
      const others = variables.filter((one) => one !== variable);
      if (users.has(name) || namesIn(JSON.stringify(others)).has(name)) return [];
      return [
        {
          severity: dashboard.severity,
          place: dashboard.placeOf(name),
          fault: 'unused-variable',
          value: name,
          remedy: `Use it, as in {${name}=~"$${name}"}, or remove it.`,
        },
      ];
    });
};

/** Unknown variables outside queries; the check `promql` reports those in queries. */
const unknown = (dashboard: ShippedDashboard): Result[] => {
  const names = variablesOf(dashboard).map(({ name }) => name);
  const values = Object.fromEntries(names.map((name) => [name, 'x']));
  const texts = dashboard.panels.flatMap(({ title, description, targets, repeat }) => [
    title,
    description,
    ...listOf(targets).map(({ legendFormat }) => legendFormat),
    typeof repeat === 'string' && repeat ? `$${repeat}` : undefined,
  ]);
  const found = texts
    .filter((text): text is string => typeof text === 'string')
    .flatMap((text) => expand(text, values).unknown)
    // Variables of data links, such as the clicked value.
    .filter(({ name }) => !name.startsWith('__'));
  return [...new Set(found.map(({ name }) => name))].map((name) => ({
    severity: dashboard.severity,
    place: dashboard.placeOf(`$${name}`),
    fault: 'unknown-variable',
    value: name,
    remedy: names.length
      ? `Use one of ${names.join(', ')}.`
      : 'Remove it: the dashboard has no variables.',
    suggestion: suggest(name, names),
  }));
};

/** The names of variables in a text, in every syntax of Grafana. */
const namesIn = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(/\$\{(\w+)[^}]*\}|\$(\w+)|\[\[(\w+)[^\]]*\]\]|"repeat":"(\w+)"/g)].map(
      (found) => found[1] ?? found[2] ?? found[3] ?? found[4] ?? '',
    ),
  );
