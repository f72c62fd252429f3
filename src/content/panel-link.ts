import type { DashboardLink, FieldConfigSource } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Plain } from './plain.js';

/** Dashboards by uid: what links say of them, and whether they ship. */
export type DashboardTitles = ReadonlyMap<
  string,
  { readonly title: string; readonly variables: readonly string[]; readonly ships: boolean }
>;

/** A dashboard that a click on a value opens. */
export interface PanelLink {
  readonly dashboard: string;
  /** Expressions of Grafana's by the variable that they fill. */
  readonly values: Readonly<Record<string, string>>;
  /** The column to click on, of which only labels count that are variables. @default - any value */
  readonly column?: string;
}

/** The labels of a value as variables of the dashboard that it opens. */
export const byLabels = ({
  dashboard,
  by,
}: {
  readonly dashboard: string;
  readonly by: readonly string[];
}): PanelLink => ({
  dashboard,
  values: Object.fromEntries(by.map((label) => [label, `\${__field.labels.${label}}`])),
});

/** Of links to dashboards, those that lead somewhere; one that nobody knows is kept for the checks to find. */
export const leading = <T extends { readonly dashboard: string }>(
  links: readonly T[],
  titles: DashboardTitles,
): T[] => links.filter(({ dashboard }) => titles.get(dashboard)?.ships !== false);

/** A link in the head of a dashboard, which keeps the time and the variables. */
export const headLink = (uid: string, titles: DashboardTitles): Plain<DashboardLink> =>
  link(titles.get(uid)?.title ?? uid, `/d/${uid}`, true);

/** Adds links to what is clicked on; of the variables, those that the link does not fill stay as they are. */
export const withLinks = (
  { defaults, overrides }: Plain<FieldConfigSource>,
  links: readonly PanelLink[],
  variables: readonly string[],
  titles: DashboardTitles,
): Plain<FieldConfigSource> => {
  const linkOf = ({ dashboard, values: all, column }: PanelLink): Plain<DashboardLink> => {
    const target = titles.get(dashboard);
    const values = Object.fromEntries(
      Object.entries(all).filter(([name]) => !column || target?.variables.includes(name) !== false),
    );
    const kept = variables.filter((name) => !(name in values));
    const query = [
      '${__url_time_range}',
      ...kept.map((name) => `\${${name}:queryparam}`),
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

const link = (title: string, url: string, keeps = false): Plain<DashboardLink> => ({
  title,
  type: 'link',
  icon: 'dashboard',
  tooltip: '',
  url,
  tags: [],
  asDropdown: false,
  targetBlank: false,
  includeVars: keeps,
  keepTime: keeps,
});
