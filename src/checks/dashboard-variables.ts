import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { once } from '../model/once.js';
import { suggest } from '../model/suggestion.js';
import { expand } from '../promql/variables.js';
import { dashboardsIn, type ShippedDashboard } from './dashboard/dashboard.js';
import { type Loose, listOf } from './reference/lenient.js';

const check: Check = {
  summary:
    'Every variable of a dashboard is used in it, by a query, a title, a legend or another variable, and every one that these use is defined.',
  run: (input) => dashboardsIn(input).flatMap((one) => faultsOf(one)),
};

export default check;

type Result = Omit<Finding, 'check'>;

const faultsOf = once((one: ShippedDashboard): Result[] => [...unused(one), ...unknown(one)]);

const variablesOf = ({ json }: ShippedDashboard): Loose[] =>
  listOf(json.templating?.list).filter(({ name }) => typeof name === 'string');

const unused = (dashboard: ShippedDashboard): Result[] => {
  const variables = variablesOf(dashboard);
  const panels = namesIn(JSON.stringify(dashboard.json.panels ?? []));
  return variables
    .filter(({ type }) => type !== 'adhoc')
    .flatMap((variable): Result[] => {
      const { name } = variable;
      const others = variables.filter((one) => one !== variable);
      if (panels.has(name) || namesIn(JSON.stringify(others)).has(name)) return [];
      return [
        {
          severity: dashboard.severity,
          place: dashboard.placeOf(name),
          message: 'No query uses the variable: choosing a value changes nothing.',
          value: name,
          remedy: `Use it, as in {${name}=~"$${name}"}, or remove it.`,
        },
      ];
    });
};

/** What stands where no query does; of queries the check of PromQL tells. */
const unknown = (dashboard: ShippedDashboard): Result[] => {
  const names = variablesOf(dashboard).map(({ name }) => name as string);
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
    // Of a data link's own: those of the value that is clicked on.
    .filter(({ name }) => !name.startsWith('__'));
  return [...new Set(found.map(({ name }) => name))].map((name) => ({
    severity: dashboard.severity,
    place: dashboard.placeOf(`$${name}`),
    message: 'The dashboard has no such variable.',
    value: name,
    remedy: names.length ? `Its variables are ${names.join(', ')}.` : 'It has none.',
    suggestion: suggest(name, names),
  }));
};

/** The names of variables that stand in a text, in any of Grafana's notations. */
const namesIn = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(/\$\{(\w+)[^}]*\}|\$(\w+)|\[\[(\w+)[^\]]*\]\]|"repeat":"(\w+)"/g)].map(
      (found) => found[1] ?? found[2] ?? found[3] ?? found[4] ?? '',
    ),
  );
