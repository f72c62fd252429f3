import type { Check, CheckInput } from '../model/check.js';
import type { Finding, Place, Severity } from '../model/finding.js';
import { titleOf } from '../model/manifest.js';
import { suggest } from '../model/suggestion.js';
import { dashboardsIn, type ShippedDashboard } from './dashboard/dashboard.js';
import { rulesIn } from './query/rule.js';
import { type Loose, listOf } from './reference/lenient.js';

const check: Check = {
  summary:
    'Every link of a dashboard or an alert to a dashboard leads to one that ships in that environment, and sets variables that it has.',
  run: (input) => {
    const dashboards = new Map(dashboardsIn(input).map((one) => [one.uid, one]));
    return [
      ...[...dashboards.values()].flatMap((dashboard) =>
        linksOf(dashboard).flatMap((link) => faultsOf(link, dashboards)),
      ),
      ...alertLinks(input).flatMap((link) => faultsOf(link, dashboards)),
    ];
  },
};

export default check;

interface Link {
  readonly url: string;
  readonly severity: Severity;
  /** Where it leads to this uid. */
  readonly placeOf: (uid: string) => Place;
}

const linksOf = ({ json, panels, severity, placeOf }: ShippedDashboard): Link[] =>
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
  ].flatMap(({ title, url }) => {
    if (typeof url !== 'string') return [];
    const at = (uid: string): Place => {
      const place = placeOf(`'${uid}'`);
      return { ...place, path: `${place.path}: link '${title}'` };
    };
    return [{ url, severity, placeOf: at }];
  });

/** The links of alerts, which are under Grafana's own address. */
const alertLinks = ({ manifests, sources }: CheckInput): Link[] =>
  rulesIn(manifests).flatMap(({ file, name, annotations, manifest }) => {
    const url = annotations.dashboard_url;
    if (url === undefined) return [];
    const source = sources[`alerts/${file}`];
    const placeOf = (): Place => ({
      ...(source && { file: source.file, line: source.lineOf(name) }),
      object: titleOf(manifest.object),
      path: `alert ${name}, dashboard_url`,
    });
    const path = url.replace(/^https?:\/\/[^/]+(?:\/(?!d\/)[^/?]+)*/, '');
    return [{ url: path, severity: 'error', placeOf }];
  });

const faultsOf = (
  { url, severity, placeOf }: Link,
  dashboards: ReadonlyMap<string, ShippedDashboard>,
): Omit<Finding, 'check'>[] => {
  const uid = /^\/?d\/([\w-]+)/.exec(url)?.[1];
  if (uid === undefined) return [];
  const target = dashboards.get(uid);
  if (!target) {
    return [
      {
        severity,
        place: placeOf(uid),
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
      place: placeOf(uid),
      message: `The dashboard '${uid}' has no variable of this name.`,
      value: name,
      remedy: variables.length ? `Its variables are ${variables.join(', ')}.` : 'It has none.',
      suggestion: suggest(name, variables),
    }));
};
