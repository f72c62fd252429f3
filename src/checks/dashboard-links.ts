import type { Check } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { suggest } from '../model/suggestion.js';
import { dashboardsIn, type ShippedDashboard } from './dashboard/dashboard.js';
import { type Loose, listOf } from './reference/lenient.js';

const check: Check = {
  summary:
    'Every link of a dashboard to another leads to one that ships in that environment, and sets variables that it has.',
  run: (input) => {
    const dashboards = new Map(dashboardsIn(input).map((one) => [one.uid, one]));
    return [...dashboards.values()].flatMap((dashboard) =>
      linksOf(dashboard).flatMap((link) => faultsOf(dashboard, link, dashboards)),
    );
  },
};

export default check;

interface Link {
  readonly title: unknown;
  readonly url: string;
}

const linksOf = ({ json, panels }: ShippedDashboard): Link[] =>
  [
    ...listOf(json.links),
    ...panels.flatMap(({ links, fieldConfig }: Loose) => [
      ...listOf(links),
      ...listOf(fieldConfig?.defaults?.links),
      ...listOf(fieldConfig?.overrides)
        .flatMap((one) => listOf(one.properties))
        .filter(({ id }) => id === 'links')
        .flatMap(({ value }) => listOf(value)),
    ]),
  ].flatMap(({ title, url }) => (typeof url === 'string' ? [{ title, url }] : []));

const faultsOf = (
  { severity, placeOf }: ShippedDashboard,
  { title, url }: Link,
  dashboards: ReadonlyMap<string, ShippedDashboard>,
): Omit<Finding, 'check'>[] => {
  const uid = /^\/?d\/([\w-]+)/.exec(url)?.[1];
  if (uid === undefined) return [];
  const target = dashboards.get(uid);
  const at = placeOf(`'${uid}'`);
  const place = { ...at, path: `${at.path}: link '${title}'` };
  if (!target) {
    return [
      {
        severity,
        place,
        message: 'No dashboard of this uid ships in this environment.',
        value: uid,
        remedy: 'Link to one that does: the uid is the name of its file.',
        suggestion: suggest(uid, [...dashboards.keys()]),
      },
    ];
  }
  const variables: string[] = listOf(target.json.templating?.list).map(({ name }) => `${name}`);
  return [...url.matchAll(/[?&]var-(\w+)=/g)]
    .map(([, name = '']) => name)
    .filter((name) => !variables.includes(name))
    .map((name) => ({
      severity,
      place,
      message: `The dashboard '${uid}' has no variable of this name.`,
      value: name,
      remedy: variables.length ? `Its variables are ${variables.join(', ')}.` : 'It has none.',
      suggestion: suggest(name, variables),
    }));
};
