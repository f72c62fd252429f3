import { z } from 'zod';
import type { GrafanaDashboard, Variable } from '../model/dashboard.js';
import { promqlUid } from '../model/data-source.js';
import { type Annotation, annotationQuery, annotationsSchema } from './annotation.js';
import { unknownOptions } from './known-option.js';
import { layOut } from './layout.js';
import type { Panel, PanelBody, Row } from './panel.js';
import { type DashboardTitles, headLink, leading, withLinks } from './panel-link.js';
import { tracesParty, withTraces } from './trace-link.js';
import { cluster, shownVariables, withoutClusterMatcher } from './variable.js';

export interface DashboardOptions {
  readonly title: string;
  /** Which questions it answers, and who asks them. */
  readonly description: string;
  /** Title of its folder; a new folder needs no other declaration. */
  readonly folder: string;
  /** Required scrape jobs and facts: an environment without one of them does not have the dashboard. @default - none */
  readonly needs?: readonly string[];
  /** Linked dashboards, by uid; those that the environment does not have are left out. @default - none */
  readonly links?: readonly string[];
  readonly variables?: readonly Variable[];
  /** Markers of events in its charts, such as `rollouts('namespace="shop"')`. @default - none */
  readonly annotations?: readonly Annotation[];
  /** The initial time range. @default '6h' */
  readonly period?: string;
  /** Another data source of PromQL, in an environment with a fact. @default - the Prometheus of the stack */
  readonly source?: { readonly uid: string; readonly if: string };
  readonly rows: readonly Row[];
}

/** What the rendering of a dashboard depends on. */
export interface DashboardContext {
  readonly uid: string;
  /** Scrape jobs and facts of the environment. */
  readonly jobs: ReadonlySet<string>;
  readonly titles: DashboardTitles;
}

/** A dashboard as its file defines it: the name of the file is its uid. */
export interface Dashboard {
  readonly title: string;
  readonly folder: string;
  /** Required scrape jobs and facts. @default - of the jobs that its queries select, one must be scraped */
  readonly needs?: readonly string[];
  /** The variables that a link can set. */
  readonly variables: readonly Variable[];
  readonly render: (context: DashboardContext) => GrafanaDashboard;
}

/** The schema of the default export of a file in `dashboards/`. */
export const dashboardSchema: z.ZodType<Dashboard> = z
  .strictObject({
    title: z.string().min(1),
    // What only `render` reads.
    description: z.unknown().optional(),
    links: z.unknown().optional(),
    period: z.unknown().optional(),
    source: z.unknown().optional(),
    rows: z.unknown().optional(),
    folder: z.string().min(1),
    needs: z.array(z.string().min(1)).optional(),
    annotations: annotationsSchema.optional(),
    variables: z.array(
      z.custom<Variable>((value) => typeof (value as Variable | undefined)?.name === 'string'),
    ),
    render: z.custom<Dashboard['render']>((value) => typeof value === 'function', {
      error: 'the function that dashboard({ … }) adds',
    }),
  })
  .superRefine(({ rows }, context) => unknownOptions(rows, context));

/** Defines a dashboard: the default export of a file in `dashboards/`. */
export const dashboard = (options: DashboardOptions): Dashboard => ({
  // With options that do not exist, so that they are reported.
  ...options,
  needs: options.needs ?? [],
  variables: options.variables ?? [],
  render: (context) => render(options, context),
});

const render = (options: DashboardOptions, context: DashboardContext): GrafanaDashboard => {
  const { title, description, folder, links = [], period = '6h' } = options;
  const { uid, titles } = context;
  const variables = shownVariables(options.variables ?? [], context.jobs);
  const ships = ({ needs = [] }: Pick<Row, 'needs'>) => needs.every((job) => context.jobs.has(job));
  const annotations = (options.annotations ?? []).filter(ships).map(annotationQuery);
  // A matcher of the cluster without the variable stays, so that the checks report it.
  const isDropped = options.variables?.includes(cluster) && !variables.includes(cluster);
  const withoutClusterIfDropped = (body: PanelBody): PanelBody =>
    isDropped && body.targets ? { ...body, targets: body.targets.map(withoutCluster) } : body;
  const rows = options.rows
    .filter(ships)
    .map((row) => ({
      ...row,
      panels: row.panels.filter(ships).map((panel) => ({
        ...panel,
        body: withoutClusterIfDropped(bodyOf(panel, variables, context)),
      })),
    }))
    .filter(({ panels }) => panels.length > 0);
  const heads = leading(
    links.map((dashboard) => ({ dashboard })),
    titles,
  );
  const rendered = {
    uid,
    title,
    description,
    tags: [...new Set(['crowsnest', folder.toLowerCase()])],
    editable: false,
    graphTooltip: 1,
    time: { from: `now-${period}`, to: 'now' },
    refresh: '1m',
    schemaVersion: 42,
    links: heads.map((one) => headLink(one.dashboard, variables, titles)),
    templating: { list: isDropped ? variables.map(withoutCluster) : [...variables] },
    annotations: { list: isDropped ? annotations.map(withoutClusterInTarget) : annotations },
    panels: layOut(rows),
  };
  const { source } = options;
  return source && context.jobs.has(source.if) ? withSource(rendered, source.uid) : rendered;
};

/** Replaces the Prometheus of the stack wherever it is a data source. */
const withSource = <T>(value: T, uid: string): T =>
  JSON.parse(JSON.stringify(value), (key, one) =>
    key === 'datasource' && one?.uid === promqlUid ? { ...one, uid } : one,
  );

/** Removes the matcher of the cluster from queries and variables. */
const withoutCluster = <T extends object>(value: T): T => {
  const texts = value as { expr?: unknown; query?: unknown; definition?: unknown };
  const { expr, query, definition } = texts;
  return {
    ...value,
    ...(typeof expr === 'string' && { expr: withoutClusterMatcher(expr) }),
    ...(typeof definition === 'string' && { definition: withoutClusterMatcher(definition) }),
    ...(typeof query === 'object' && query !== null && { query: withoutClusterIn(query) }),
  };
};

const withoutClusterInTarget = <T extends { readonly target?: object }>(annotation: T): T => ({
  ...annotation,
  target: withoutCluster(annotation.target ?? {}),
});

const withoutClusterIn = (query: { query?: unknown }): object => ({
  ...query,
  ...(typeof query.query === 'string' && { query: withoutClusterMatcher(query.query) }),
});

const bodyOf = (
  { body, links = [], tracesOf }: Panel,
  variables: readonly Variable[],
  { jobs, titles }: DashboardContext,
): PanelBody => {
  const kept = leading(links, titles);
  const service = jobs.has(tracesParty) ? tracesOf : undefined;
  if ((kept.length === 0 && service === undefined) || !body.fieldConfig) return body;
  const linked =
    kept.length === 0 ? body.fieldConfig : withLinks(body.fieldConfig, kept, variables, titles);
  return {
    ...body,
    fieldConfig: service === undefined ? linked : withTraces(linked, service),
  };
};
