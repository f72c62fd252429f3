import type { Options as BarGaugeOptions } from '@grafana/grafana-foundation-sdk/bargauge';
import type { Options as GaugeOptions } from '@grafana/grafana-foundation-sdk/gauge';
import type { Options as StatOptions } from '@grafana/grafana-foundation-sdk/stat';
import { fieldOf } from './house-style.js';
import { datasource, type Panel, type PanelOptions, panel, targets } from './panel.js';
import { byLabels } from './panel-link.js';
import type { Plain } from './plain.js';

/** The present value in large figures. */
export const stat = (options: PanelOptions): Panel =>
  figure('stat', 4, options, {
    graphMode: 'none',
    colorMode: options.thresholds || options.states ? 'value' : 'none',
    justifyMode: 'auto',
    textMode: 'auto',
    wideLayout: true,
    showPercentChange: false,
    percentChangeColorMode: 'standard',
    reduceOptions,
    orientation: 'auto',
  } satisfies Plain<StatOptions>);

/** The present value on a dial, of something that has an end. */
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

/** Present values as bars, the longest of a few to compare. */
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
  const { min = 0, max, opens } = options;
  const body = {
    datasource,
    targets: targets(options.queries, { instant: true, range: false }),
    fieldConfig: {
      defaults: {
        ...(type === 'bargauge' && { color: { mode: 'fixed' as const, fixedColor: '#56B4E9' } }),
        ...fieldOf(options),
        ...(min !== null && { min }),
        ...(max !== undefined && { max }),
      },
      overrides: [],
    },
    options: rest,
  };
  return panel(type, options, body, height, opens && [byLabels(opens)]);
};
