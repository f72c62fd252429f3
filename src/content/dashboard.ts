import type {
  Dashboard as SdkDashboard,
  VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { z } from 'zod';
import { promqlUid } from '../model/data-source.js';
import { layOut } from './layout.js';
import type { Plain, Row } from './panel.js';

export interface DashboardOptions {
  readonly title: string;
  /** What it answers, and for whom. */
  readonly description: string;
  /** Scrape jobs without which it would be empty: it ships where all of them are scraped. @default - none */
  readonly needs?: readonly string[];
  readonly variables?: readonly Plain<VariableModel>[];
  readonly rows: readonly Row[];
}

/** A dashboard in Grafana's own format, except for its uid, which is the name of its file, and `needs`. */
export type Dashboard = Omit<Plain<SdkDashboard>, 'uid'> & Pick<DashboardOptions, 'needs'>;

/** The schema of what a file in `dashboards/` exports: the rest is Grafana's own affair. */
export const dashboardSchema = z.looseObject({
  title: z.string().min(1),
  needs: z.array(z.string().min(1)).optional(),
  templating: z
    .looseObject({
      list: z.array(z.looseObject({ name: z.string().min(1), type: z.string() })).optional(),
    })
    .optional(),
  panels: z.array(z.looseObject({ type: z.string().min(1) })),
});

/** Makes a dashboard: the default export of a file in `dashboards/`. */
export const dashboard = ({
  title,
  description,
  needs,
  variables = [],
  rows,
}: DashboardOptions): Dashboard => ({
  title,
  description,
  ...(needs && { needs }),
  tags: ['crowsnest'],
  editable: false,
  graphTooltip: 1,
  time: { from: 'now-6h', to: 'now' },
  refresh: '1m',
  schemaVersion: 42,
  templating: { list: [...variables] },
  annotations: { list: [] },
  panels: layOut(rows),
});

/** A variable over the values of a label; "All" matches series without the label as well. */
export const labelVariable = (
  name: string,
  series: string,
  title = name,
): Plain<VariableModel> => ({
  type: 'query',
  name,
  label: title,
  datasource: { type: 'prometheus', uid: promqlUid },
  query: { query: `label_values(${series}, ${name})`, refId: 'variable' },
  definition: `label_values(${series}, ${name})`,
  refresh: 2,
  sort: 1,
  multi: true,
  includeAll: true,
  allValue: '.*',
  current: { text: ['All'], value: ['$__all'] },
});
