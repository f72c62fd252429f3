import type { GraphFieldConfig } from '@grafana/grafana-foundation-sdk/common';
import type { Options as HeatmapOptions } from '@grafana/grafana-foundation-sdk/heatmap';
import type { Options as TimelineOptions } from '@grafana/grafana-foundation-sdk/statetimeline';
import type { Options as TimeSeriesOptions } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Plain } from '../model/plain.js';
import { colourOf, fieldOf, type States } from './house-style.js';
import { datasource, type Panel, type PanelOptions, panel, targets } from './panel.js';
import { byLabels } from './panel-link.js';
import { isLineReadable, softMaxOf } from './scale.js';

export interface TimeSeriesPanelOptions extends PanelOptions {
  /** Stacks the series as areas, for parts of a whole. @default false */
  readonly stacked?: boolean;
  /** Shows exemplars as points that open a trace. @default false */
  readonly exemplars?: boolean;
  /**
   * The service whose traces a click on a series opens, if the environment has Jaeger: a name, or
   * `{{service_name}}` for a label of the series. @default - none
   */
  readonly tracesOf?: string;
  /** The minimum upper end of the axis, so that zeros are readable. @default - depends on the unit */
  readonly softMax?: number;
}

const nothing = 'nothing in this time range';

/** A time series chart; a gap is a failed scrape. */
export const timeSeries = (options: TimeSeriesPanelOptions): Panel => {
  const { thresholds, stacked, exemplars, opens, tracesOf, max, empty = nothing } = options;
  const softMax =
    max === undefined ? (options.softMax ?? softMaxOf(options.unit, options.decimals)) : undefined;
  const body = {
    datasource,
    targets: targets(options, { range: true, ...(exemplars && { exemplar: true }) }),
    fieldConfig: {
      defaults: {
        ...fieldOf(options),
        ...scale(options),
        noValue: empty,
        // The mode is newer than the SDK's list of modes.
        color: { mode: 'palette-colorblind' as 'palette-classic' },
        custom: {
          lineWidth: 1,
          // An area below a limit line would hide the values.
          fillOpacity: stacked ? 40 : typeof options.queries === 'string' ? 8 : 0,
          showPoints: 'never',
          spanNulls: false,
          ...(stacked && { stacking: { mode: 'normal', group: 'A' } }),
          ...(softMax !== undefined && { axisSoftMax: softMax }),
          ...(thresholds &&
            isLineReadable(thresholds, max ?? softMax) && {
              // Dashed, since series can have the same colour.
              thresholdsStyle: { mode: 'dashed' },
            }),
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
        // The table shows only a few rows, so the largest values must be first.
        sortBy: 'Last *',
        sortDesc: true,
      },
      tooltip: { mode: 'multi', sort: 'desc' },
    } satisfies Plain<TimeSeriesOptions>,
  };
  const chart = panel('timeseries', options, body, 8, opens && [byLabels(opens)]);
  return { ...chart, ...(tracesOf !== undefined && { tracesOf }) };
};

/** A histogram as a heatmap over time, from a query such as `sum by (le) (rate(…_bucket[…]))`. */
export const heatmap = (options: PanelOptions & { readonly queries: string }): Panel =>
  panel(
    'heatmap',
    options,
    {
      datasource,
      targets: targets(
        { title: options.title, queries: { '{{le}}': options.queries } },
        { range: true, format: 'heatmap' },
      ),
      fieldConfig: {
        defaults: { unit: options.unit, noValue: options.empty ?? nothing },
        overrides: [],
      },
      options: {
        calculate: false,
        // The colours of Cividis are distinguishable for people with colour blindness.
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

/**
 * States over time, one lane for each series. Grafana colours merged lanes by threshold if the colour
 * mode is `thresholds`, and ignores the mappings:
 * https://github.com/grafana/grafana/blob/v13.2.0/public/app/core/components/TimelineChart/utils.ts
 */
export const stateTimeline = (options: PanelOptions & { readonly states: States }): Panel =>
  panel(
    'state-timeline',
    options,
    {
      datasource,
      targets: targets(options, { range: true }),
      fieldConfig: {
        defaults: {
          ...fieldOf(options),
          // The legend shows this text next to the states.
          noValue: options.empty ?? 'no data',
          color: { mode: 'fixed', fixedColor: colourOf('idle') },
          custom: { lineWidth: 0, fillOpacity: 80 },
        },
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
