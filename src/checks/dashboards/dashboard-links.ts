import { type CheckInput, defineCheck } from '../../model/check.js';
import type { ReadVariable } from '../../model/dashboard.js';
import type { Place, Severity } from '../../model/finding.js';
import { titleOf } from '../../model/manifest.js';
import { suggest } from '../../model/suggestion.js';
import { isSingleValue } from '../../promql/variable-meaning.js';
import { dashboardsIn, type ShippedDashboard } from '../support/dashboard.js';
import { rulesIn } from '../support/query/rule.js';
import { listOf } from '../support/untyped.js';
import { faults, type Result } from './dashboard-links/faults.js';
import { passedWrongly } from './dashboard-links/passed-variable.js';
import { missingSources } from './dashboard-links/value-source.js';

const check = defineCheck({
  faults,
  summary:
    'Every link of a dashboard or an alert leads to a dashboard of the environment. It sets only variables that the dashboard has and that mean the same there, never a list for a single value. A link of a dashboard sets each variable that takes one value, from labels that the series have.',
  run: (input) => {
    const dashboards = new Map(dashboardsIn(input).map((one) => [one.uid, one]));
    return [
      ...[...dashboards.values()].flatMap((dashboard) => [
        ...onePerFile(linksOf(dashboard).flatMap((link) => faultsOf(link, dashboards))),
        ...missingSources(dashboard, input),
      ]),
      ...alertLinks(input).flatMap((link) => faultsOf(link, dashboards)),
    ];
  },
});

export default check;

/** Links of imported dashboards to dashboards that are not there: one finding for all. */
const onePerFile = (results: readonly Result[]): Result[] => {
  const isLost = ({ fault, severity }: Result) =>
    fault === 'unknown-dashboard' && severity === 'warning';
  const [first, ...others] = results.filter(isLost);
  if (!first || others.length === 0) return [...results];
  const values = [...new Set([first, ...others].map(({ value }) => `${value}`))];
  return [
    ...results.filter((one) => !isLost(one)),
    {
      ...first,
      message: `${others.length + 1} links lead to dashboards that the environment does not have.`,
      value: values.join(', '),
      suggestion: undefined,
    },
  ];
};

interface Link {
  readonly url: string;
  readonly severity?: Severity;
  /** The variables that the link can pass. @default - the link is not in a dashboard */
  readonly variables?: readonly ReadVariable[];
  /** The place of the link to this uid. */
  readonly placeOf: (uid: string) => Place;
}

const linksOf = ({ json, panels, severity, placeOf }: ShippedDashboard): Link[] =>
  [
    ...listOf(json.links),
    ...panels.flatMap(({ links, fieldConfig }) => [
      ...listOf(links),
      ...listOf(fieldConfig?.defaults?.links),
      ...listOf(fieldConfig?.overrides)
        .flatMap((one) => listOf(one.properties))
        .filter(({ id }) => id === 'links')
        .flatMap(({ value }) => listOf(value)),
    ]),
  ].flatMap(({ title, url, includeVars }) => {
    if (typeof url !== 'string') return [];
    const at = (uid: string): Place => {
      const place = placeOf(`'${uid}'`);
      return { ...place, path: `${place.path}: link '${title}'` };
    };
    return [
      {
        url: includeVars === true ? `${url}?\${__all_variables}` : url,
        severity,
        variables: listOf(json.templating?.list),
        placeOf: at,
      },
    ];
  });

/** The links of alerts, without the address of Grafana. */
const alertLinks = (input: CheckInput): Link[] =>
  rulesIn(input).flatMap(({ file, name, annotations, manifest }) => {
    const url = annotations.dashboard_url;
    if (url === undefined) return [];
    const source = input.sources[`alerts/${file}`];
    const placeOf = (): Place => ({
      ...(source && { file: source.file, line: source.lineOf(name) }),
      object: titleOf(manifest.object),
      path: `alert ${name}, dashboard_url`,
    });
    const path = url.replace(/^https?:\/\/[^/]+(?:\/(?!d\/)[^/?]+)*/, '');
    return [{ url: path, placeOf }];
  });

const faultsOf = (
  { url, severity, variables: own, placeOf }: Link,
  dashboards: ReadonlyMap<string, ShippedDashboard>,
): Result[] => {
  const uid = /^\/?d\/([\w-]+)/.exec(url)?.[1];
  if (uid === undefined) return [];
  const target = dashboards.get(uid);
  if (!target) {
    return [
      {
        severity,
        place: placeOf(uid),
        fault: 'unknown-dashboard',
        value: uid,
        suggestion: suggest(uid, [...dashboards.keys()]),
      },
    ];
  }
  const models: readonly ReadVariable[] = listOf(target.json.templating?.list);
  const variables = models.map(({ name }) => `${name}`);
  const set = [...url.matchAll(/[?&]var-(\w+)=/g)].map(([, name = '']) => name);
  const unknown = set
    .filter((name) => !variables.includes(name))
    .map(
      (name): Result => ({
        severity,
        place: placeOf(uid),
        fault: 'unknown-variable',
        message: `The dashboard '${uid}' has no variable of this name.`,
        value: name,
        remedy: variables.length
          ? `Use one of ${variables.join(', ')}.`
          : 'Remove it: the dashboard has no variables.',
        suggestion: suggest(name, variables),
      }),
    );
  if (own === undefined) return unknown;
  const passed = passedBy(url, own);
  return [
    ...unknown,
    ...passedWrongly(passed, own, models).map(
      ({ name, why }): Result => ({
        severity,
        place: placeOf(uid),
        fault: 'wrong-variable',
        message: `The link passes the variable '${name}', ${why}.`,
        value: url,
        remedy: `Pass only variables that mean the same in '${uid}'; fill the others from labels.`,
      }),
    ),
    ...models
      .filter((one) => one.type === 'query' && isSingleValue(one))
      .filter(({ name }) => ![...set, ...passed.map((one) => one.to)].includes(`${name}`))
      .map(
        ({ name }): Result => ({
          severity,
          place: placeOf(uid),
          fault: 'unset-variable',
          message: `The link does not set the variable '${name}', which takes one value, so '${uid}' opens with the first one.`,
          value: url,
        }),
      ),
  ];
};

/** Variables of the dashboard that a URL passes, with the variables of the linked dashboard that they set. */
const passedBy = (url: string, own: readonly ReadVariable[]) => {
  const names = own.map(({ name }) => `${name}`);
  const whole = /\$(?:\{__all_variables(?::\w+)?\}|__all_variables\b)/.test(url)
    ? names
    : [...url.matchAll(/\$\{(\w+):queryparam\}/g)].map(([, name = '']) => name);
  const single = [...url.matchAll(/[?&]var-(\w+)=\$\{?(\w+)/g)].map(([, to = '', from = '']) => ({
    from,
    to,
  }));
  return [...whole.map((name) => ({ from: name, to: name })), ...single].filter(({ from }) =>
    names.includes(from),
  );
};
