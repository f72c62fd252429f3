import type { Options as LogsPanelOptions } from '@grafana/grafana-foundation-sdk/logs';
import type { dataquery as Dataquery } from '@grafana/grafana-foundation-sdk/loki';
import { logqlUid } from '../model/data-source.js';
import type { Plain } from '../model/plain.js';
import { type TimeSeriesPanelOptions, timeSeries } from './chart.js';
import { logs as logsFact } from './fact.js';
import { type Frame, type Panel, type PanelBody, panel, type Queries, refId } from './panel.js';

/** The Loki data source of the stack. */
export const lokiSource = { type: 'loki', uid: logqlUid } as const;

const needs = (own: readonly string[] = []): readonly string[] => [logsFact, ...own];

export interface LogsOptions extends Frame {
  /** LogQL that returns lines. */
  readonly query: string;
}

/** Lines of logs, the latest first; an environment without a store of logs does not have the panel. */
export const logs = (options: LogsOptions): Panel =>
  panel(
    'logs',
    { ...options, needs: needs(options.needs) },
    {
      datasource: lokiSource,
      targets: targets({ '': options.query }),
      options: {
        showTime: true,
        showLabels: false,
        showCommonLabels: false,
        showLogContextToggle: true,
        wrapLogMessage: true,
        prettifyLogMessage: false,
        enableLogDetails: true,
        sortOrder: 'Descending' as LogsPanelOptions['sortOrder'],
        dedupStrategy: 'none' as LogsPanelOptions['dedupStrategy'],
      } satisfies Plain<LogsPanelOptions>,
    },
    12,
  );

export type LogSeriesOptions = Omit<
  TimeSeriesPanelOptions,
  'queries' | 'exemplars' | 'tracesOf'
> & {
  /** LogQL that returns numbers, such as `sum(rate({…}[$__auto]))`. */
  readonly queries: Queries;
};

/** A chart of numbers from logs; an environment without a store of logs does not have it. */
export const logSeries = (options: LogSeriesOptions): Panel => {
  const { queries, title } = options;
  const chart = timeSeries({ ...options, needs: needs(options.needs) });
  const all = typeof queries === 'string' ? { [title]: queries } : queries;
  return { ...chart, body: { ...chart.body, datasource: lokiSource, targets: targets(all) } };
};

const targets = (queries: Readonly<Record<string, string>>): PanelBody['targets'] =>
  Object.entries(queries).map(
    ([legendFormat, expr], index): Plain<Omit<Dataquery, '_implementsDataqueryVariant'>> => ({
      refId: refId(index),
      expr: expr.replace(/\s+/g, ' ').trim(),
      queryType: 'range',
      ...(legendFormat && { legendFormat }),
    }),
  ) as unknown as PanelBody['targets'];
