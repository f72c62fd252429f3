import type { Options as BarGaugeOptions } from '@grafana/grafana-foundation-sdk/bargauge';
import type { Options as GaugeOptions } from '@grafana/grafana-foundation-sdk/gauge';
import type { Options as StatOptions } from '@grafana/grafana-foundation-sdk/stat';
import type { Plain } from '../model/plain.js';
import { colourOf, fieldOf } from './house-style.js';
import { datasource, type Panel, type PanelOptions, panel, targets } from './panel.js';
import { byLabels } from './panel-link.js';

/** The current value in large type. */
export const stat = (options: PanelOptions): Panel =>
  figure('stat', 4, options, {
    graphMode: 'none',
    // Otherwise the text for a missing value is as large as a value.
    colorMode: 'value',
    justifyMode: 'auto',
    textMode: 'auto',
    wideLayout: true,
    showPercentChange: false,
    percentChangeColorMode: 'standard',
    reduceOptions,
    orientation: 'auto',
  } satisfies Plain<StatOptions>);

/** The current value on a gauge, for a value with a maximum. */
export const gauge = (options: PanelOptions & { readonly max: number }): Panel =>
  figure('gauge', 6, options, {
    showThresholdLabels: false,
    showThresholdMarkers: true,
    sizing: 'auto',
    minVizWidth: 75,
    minVizHeight: 75,
    reduceOptions,
    orientation: 'auto',
  } satisfies Plain<GaugeOptions>);

/** Current values as bars, sorted from the largest. */
export const barGauge = (options: PanelOptions): Panel =>
  figure('bargauge', 8, options, {
    displayMode: 'basic',
    valueMode: 'color',
    namePlacement: 'auto',
    showUnfilled: true,
    sizing: 'auto',
    minVizWidth: 8,
    minVizHeight: 16,
    maxVizHeight: 300,
    legend: { displayMode: 'list', placement: 'bottom', showLegend: false, calcs: [] },
    reduceOptions,
    orientation: 'horizontal',
  } satisfies Plain<BarGaugeOptions>);

const reduceOptions = { calcs: ['lastNotNull'], values: false };

const figure = (type: string, height: number, options: PanelOptions, rest: object): Panel => {
  const { min = 0, max, opens, empty = 'no data' } = options;
  const bar = type !== 'stat';
  const body = {
    datasource,
    targets: targets(options, { instant: true, range: false }),
    fieldConfig: {
      defaults: {
        color: { mode: 'fixed' as const, fixedColor: colourOf(bar ? 'neutral' : 'plain') },
        ...fieldOf({ ...options, empty, ...(bar && { base: 'neutral' }) }),
        noValue: empty,
        ...(min !== null && { min }),
        ...(max !== undefined && { max }),
      },
      overrides: [],
    },
    options: rest,
  };
  return panel(type, options, body, height, opens && [byLabels(opens)]);
};
