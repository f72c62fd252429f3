import type { DashboardLink, FieldConfigSource } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Variable } from '../model/dashboard.js';
import type { Plain } from '../model/plain.js';
import { passable } from '../promql/variable-meaning.js';

/** Dashboards by uid: the data that links need, and whether the environment has them. */
export type DashboardTitles = ReadonlyMap<
  string,
  { readonly title: string; readonly variables: readonly Variable[]; readonly ships: boolean }
>;

/** A dashboard that a click opens. */
export interface Opens {
  readonly dashboard: string;
  /** Labels of the series that set the variables of the same name, or labels by variable. */
  readonly by: readonly string[] | Readonly<Record<string, string>>;
}

/** The dashboard link of a panel. */
export interface PanelLink {
  readonly dashboard: string;
  /** Grafana expressions by the variable that they set. */
  readonly values: Readonly<Record<string, string>>;
  /** The column with the link, whose cell can set variables. @default - any value */
  readonly column?: string;
}

/** The labels of a value that set variables of the linked dashboard. */
export const byLabels = ({ dashboard, by }: Opens): PanelLink => {
  const labels = Array.isArray(by) ? by.map((label) => [label, label]) : Object.entries(by);
  return {
    dashboard,
    values: Object.fromEntries(
      labels.map(([variable, label]) => [variable, `\${__field.labels.${label}}`]),
    ),
  };
};

/** Links whose dashboard the environment has; a link to an unknown one stays, so that the checks report it. */
export const leading = <T extends { readonly dashboard: string }>(
  links: readonly T[],
  titles: DashboardTitles,
): T[] => links.filter(({ dashboard }) => titles.get(dashboard)?.ships !== false);

/** A link in the head of a dashboard: keeps the time range and the variables with the same meaning. */
export const headLink = (
  uid: string,
  variables: readonly Variable[],
  titles: DashboardTitles,
): Plain<DashboardLink> => {
  const target = titles.get(uid);
  const query = kept(variables, target?.variables ?? []).join('&');
  return link(target?.title ?? uid, `/d/${uid}${query && `?${query}`}`, true);
};

const kept = (
  variables: readonly Variable[],
  target: readonly Variable[],
  filled: Readonly<Record<string, string>> = {},
): string[] =>
  passable(variables, target)
    .filter(({ name }) => !(name in filled))
    .map(({ name }) => `\${${name}:queryparam}`);

/** Adds the links of a panel; they also pass on variables with the same meaning that they do not set. */
export const withLinks = (
  { defaults, overrides }: Plain<FieldConfigSource>,
  links: readonly PanelLink[],
  variables: readonly Variable[],
  titles: DashboardTitles,
): Plain<FieldConfigSource> => {
  const linkOf = ({ dashboard, values: all, column }: PanelLink): Plain<DashboardLink> => {
    const target = titles.get(dashboard);
    const values = Object.fromEntries(
      Object.entries(all).filter(
        ([name]) => !column || !target || target.variables.some((one) => one.name === name),
      ),
    );
    const query = [
      '${__url_time_range}',
      ...kept(variables, target?.variables ?? [], values),
      ...Object.entries(values).map(([name, value]) => `var-${name}=${value}`),
    ].join('&');
    return link(`Open ${target?.title ?? dashboard}`, `/d/${dashboard}?${query}`);
  };
  const anywhere = links.filter(({ column }) => column === undefined).map(linkOf);
  return {
    defaults: { ...defaults, ...(anywhere.length > 0 && { links: anywhere }) },
    overrides: [
      ...overrides,
      ...links
        .filter(({ column }) => column !== undefined)
        .map((one) => ({
          matcher: { id: 'byName', options: one.column },
          properties: [{ id: 'links', value: [linkOf(one)] }],
        })),
    ],
  };
};

/** A link in Grafana's format. */
export const link = (title: string, url: string, keepTime = false): Plain<DashboardLink> => ({
  title,
  type: 'link',
  icon: 'dashboard',
  tooltip: '',
  url,
  tags: [],
  asDropdown: false,
  targetBlank: false,
  includeVars: false,
  keepTime,
});
