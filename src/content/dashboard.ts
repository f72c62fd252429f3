import type { Dashboard as SdkDashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { z } from 'zod';
import { layOut } from './layout.js';
import type { Panel, PanelBody, Row } from './panel.js';
import { type DashboardTitles, headLink, leading, withLinks } from './panel-link.js';
import type { Plain } from './plain.js';
import type { Variable } from './variable.js';

export interface DashboardOptions {
  readonly title: string;
  /** What it answers, and for whom. */
  readonly description: string;
  /** Title of the folder that it lies in; a new one needs no other declaration. */
  readonly folder: string;
  /** Scrape jobs without which it says nothing: it ships where all of them are. @default - none */
  readonly needs?: readonly string[];
  /** Dashboards to go on to, by uid; those that do not ship are left out. @default - none */
  readonly links?: readonly string[];
  readonly variables?: readonly Variable[];
  /** The time that it shows at first. @default '6h' */
  readonly period?: string;
  readonly rows: readonly Row[];
}

/** What rendering a dashboard depends on beside itself. */
export interface DashboardContext {
  readonly uid: string;
  /** Scrape jobs of the environment. */
  readonly jobs: ReadonlySet<string>;
  readonly titles: DashboardTitles;
}

/** A dashboard in Grafana's own format. */
export type GrafanaDashboard = Plain<SdkDashboard>;

/** A dashboard as its file defines it: its uid is the name of the file. */
export interface Dashboard {
  readonly title: string;
  readonly folder: string;
  readonly needs: readonly string[];
  /** Names of the variables that a link can fill. */
  readonly variables: readonly string[];
  readonly render: (context: DashboardContext) => GrafanaDashboard;
}

/** The schema of what a file in `dashboards/` exports. */
export const dashboardSchema: z.ZodType<Dashboard> = z.object({
  title: z.string().min(1),
  folder: z.string().min(1),
  needs: z.array(z.string().min(1)),
  variables: z.array(z.string().min(1)),
  render: z.custom<Dashboard['render']>((value) => typeof value === 'function', {
    error: 'what dashboard({ … }) returns',
  }),
});

/** Makes a dashboard: the default export of a file in `dashboards/`. */
export const dashboard = (options: DashboardOptions): Dashboard => ({
  title: options.title,
  folder: options.folder,
  needs: options.needs ?? [],
  variables: (options.variables ?? []).map(({ name }) => name),
  render: (context) => render(options, context),
});

const render = (options: DashboardOptions, context: DashboardContext): GrafanaDashboard => {
  const { title, description, folder, links = [], variables = [], period = '6h' } = options;
  const { uid, titles } = context;
  const names = variables.map(({ name }) => name);
  const ships = ({ needs = [] }: Pick<Row, 'needs'>) => needs.every((job) => context.jobs.has(job));
  const rows = options.rows
    .filter(ships)
    .map((row) => ({
      ...row,
      panels: row.panels
        .filter(ships)
        .map((panel) => ({ ...panel, body: bodyOf(panel, names, titles) })),
    }))
    .filter(({ panels }) => panels.length > 0);
  const heads = leading(
    links.map((dashboard) => ({ dashboard })),
    titles,
  );
  return {
    uid,
    title,
    description,
    tags: ['crowsnest', folder.toLowerCase()],
    editable: false,
    graphTooltip: 1,
    time: { from: `now-${period}`, to: 'now' },
    refresh: '1m',
    schemaVersion: 42,
    links: heads.map((one) => headLink(one.dashboard, titles)),
    templating: { list: [...variables] },
    annotations: { list: [] },
    panels: layOut(rows),
  };
};

const bodyOf = (
  { body, links = [] }: Panel,
  variables: readonly string[],
  titles: DashboardTitles,
): PanelBody => {
  const kept = leading(links, titles);
  if (kept.length === 0 || !body.fieldConfig) return body;
  return { ...body, fieldConfig: withLinks(body.fieldConfig, kept, variables, titles) };
};
