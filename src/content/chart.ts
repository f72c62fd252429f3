import type { GraphFieldConfig } from '@grafana/grafana-foundation-sdk/common';
import type { Options as HeatmapOptions } from '@grafana/grafana-foundation-sdk/heatmap';
import type { Options as TimelineOptions } from '@grafana/grafana-foundation-sdk/statetimeline';
import type { Options as TimeSeriesOptions } from '@grafana/grafana-foundation-sdk/timeseries';
import { fieldOf, type States } from './house-style.js';
import { datasource, type Panel, type PanelOptions, panel, targets } from './panel.js';
import { byLabels } from './panel-link.js';
import type { Plain } from './plain.js';

export interface TimeSeriesPanelOptions extends PanelOptions {
  /** Areas upon each other, for parts of a whole. @default false */
  readonly stacked?: boolean;
  /** Shows traces of single requests as points to click on. @default false */
  readonly exemplars?: boolean;
}

/** Lines over time; a gap is a scrape that failed. */
export const timeSeries = (options: TimeSeriesPanelOptions): Panel => {
  const { queries, thresholds, stacked, exemplars, opens } = options;
  const body = {
    datasource,
    targets: targets(queries, { range: true, ...(exemplars && { exemplar: true }) }),
    fieldConfig: {
      defaults: {
        ...fieldOf(options),
        ...scale(options),
        // Newer than the SDK's list of modes.
        color: { mode: 'palette-colorblind' as 'palette-classic' },
        custom: {
          lineWidth: 1,
          fillOpacity: stacked ? 40 : 8,
          showPoints: 'never',
          spanNulls: false,
          ...(stacked && { stacking: { mode: 'normal', group: 'A' } }),
          ...(thresholds && { thresholdsStyle: { mode: 'line' } }),
        } satisfies Plain<GraphFieldConfig>,
      },
      overrides: [],
    },
    options: {
      legend: {
        displayMode: 'table',
        placement: 'bottom',
        showLegend: true,
        calcs: ['lastNotNull', 'max'],
      },
      tooltip: { mode: 'multi', sort: 'desc' },
    } satisfies Plain<TimeSeriesOptions>,
  };
  return panel('timeseries', options, body, 8, opens && [byLabels(opens)]);
};

/** The distribution of a histogram over time: one query for `sum by (le) (rate(…_bucket[…]))`. */
export const heatmap = (options: PanelOptions & { readonly queries: string }): Panel =>
  panel(
    'heatmap',
    options,
    {
      datasource,
      targets: targets({ '{{le}}': options.queries }, { range: true, format: 'heatmap' }),
      fieldConfig: { defaults: { unit: options.unit }, overrides: [] },
      options: {
        calculate: false,
        // Cividis is made to look the same to the colour-blind.
        color: {
          mode: 'scheme',
          scheme: 'Cividis',
          fill: 'dark-blue',
          exponent: 0.5,
          steps: 64,
          reverse: false,
        },
        showValue: 'never',
        yAxis: { unit: options.unit },
        legend: { show: true },
        tooltip: { mode: 'single', yHistogram: true },
        exemplars: { color: 'rgba(255,0,255,0.7)' },
      } satisfies Plain<HeatmapOptions>,
    },
    8,
  );

/** States over time, a lane a series. */
export const stateTimeline = (options: PanelOptions & { readonly states: States }): Panel =>
  panel(
    'state-timeline',
    options,
    {
      datasource,
      targets: targets(options.queries, { range: true }),
      fieldConfig: {
        defaults: { ...fieldOf(options), custom: { lineWidth: 0, fillOpacity: 80 } },
        overrides: [],
      },
      options: {
        showValue: 'never',
        rowHeight: 0.8,
        mergeValues: true,
        legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
        tooltip: { mode: 'single', sort: 'none' },
      } satisfies Plain<TimelineOptions>,
    },
    8,
    options.opens && [byLabels(options.opens)],
  );

const scale = ({ min = 0, max }: PanelOptions) => ({
  ...(min !== null && { min }),
  ...(max !== undefined && { max }),
});
