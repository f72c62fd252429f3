import type { ReadDashboard } from '../../model/dashboard.js';
import { analyse } from '../../promql/analyse.js';
import { samplesOf } from '../../promql/dashboard.js';
import type { Export } from './export.js';

type Fields = Readonly<Record<string, unknown>>;

/** A query of a dashboard, and the data source that it names. */
interface Asked {
  readonly source: string;
  /** A PromQL expression, or the query of another store. */
  readonly expr?: string;
  /** Whether it is certainly of Prometheus, or of another store. @default - the expression says */
  readonly ofPrometheus?: boolean;
}

/**
 * The data sources that only their former Grafana has, by name or uid, and whose queries are PromQL:
 * the dashboard gets the data source of the stack in their place.
 */
export const namedPrometheus = (
  exported: Export,
  isKnown: (source: string) => boolean,
): readonly string[] => {
  const variables = samplesOf(exported as ReadDashboard);
  const votes = new Map<string, number>();
  for (const { source, expr, ofPrometheus } of askedOf(exported)) {
    if (source.startsWith('--') || source === '__expr__' || isKnown(source)) continue;
    const isPromql = ofPrometheus ?? isValid(expr ?? '', variables);
    votes.set(source, (votes.get(source) ?? 0) + (isPromql ? 1 : -1));
  }
  return [...votes].filter(([, sum]) => sum > 0).map(([source]) => source);
};

const isValid = (expr: string, variables: Readonly<Record<string, string>>): boolean =>
  analyse(expr, variables).faults.every(({ harmless }) => harmless);

const askedOf = ({ panels, rows, templating }: Export): Asked[] => {
  const outer = [...panels, ...rows.flatMap((row) => row.panels)] as readonly Fields[];
  const all = outer.flatMap((one) => [one, ...listOf(one.panels)]);
  return [
    ...all.flatMap(({ datasource, type, targets }) =>
      listOf(targets).flatMap((target) =>
        asked(target.datasource ?? datasource, {
          expr: typeof target.expr === 'string' ? target.expr : undefined,
          ...((type === 'logs' || typeof target.expr !== 'string') && { ofPrometheus: false }),
        }),
      ),
    ),
    ...(templating?.list ?? []).flatMap(({ datasource, type, query }) =>
      type === 'query' ? asked(datasource, { ofPrometheus: listsLabels(query) }) : [],
    ),
  ];
};

const asked = (datasource: unknown, what: Omit<Asked, 'source'>): Asked[] => {
  if (typeof datasource === 'string') return [{ source: datasource, ...what }];
  const { type, uid } = (datasource ?? {}) as Fields;
  return typeof uid === 'string' && !type ? [{ source: uid, ...what }] : [];
};

const listsLabels = (query: unknown): boolean => {
  const text = typeof query === 'string' ? query : (query as Fields | null | undefined)?.query;
  return typeof text === 'string' && /^\s*(label_values|query_result|metrics)\(/.test(text);
};

const listOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];
