import type { GraphFieldConfig } from '@grafana/grafana-foundation-sdk/common';
import type { FieldConfig, Panel as SdkPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Options as StatOptions } from '@grafana/grafana-foundation-sdk/stat';
import type { Options as TimeSeriesOptions } from '@grafana/grafana-foundation-sdk/timeseries';
import { promqlUid } from '../model/data-source.js';

/** A type of the SDK with plain strings for its enums, so that none of it is loaded at run time. */
export type Plain<T> = T extends string
  ? `${T}`
  : T extends readonly (infer U)[]
    ? Plain<U>[]
    : T extends (...parameters: never[]) => unknown
      ? T
      : T extends object
        ? { [K in keyof T]: Plain<T[K]> }
        : T;

/** A panel before the layout gives it an id and a place. */
export interface Panel {
  /** In 24ths of the dashboard. @default - an equal share of its row */
  readonly width?: number;
  /** In Grafana's rows of 30 pixels. */
  readonly height: number;
  readonly body: Omit<Plain<SdkPanel>, 'id' | 'gridPos'>;
}

/** Panels side by side under a heading. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface PanelOptions {
  readonly title: string;
  /** What it shows, and what bad looks like. */
  readonly description: string;
  /** A unit of Grafana's, such as `percentunit`, `bytes` or `Bps`. */
  readonly unit: string;
  /** PromQL by legend, in which `{{label}}` stands for a label's value. */
  readonly queries: Readonly<Record<string, string>>;
  readonly width?: number;
  /** Upper end of the scale. @default - as the data say */
  readonly max?: number;
  /** From which value on it is worth a look, and from which it is bad. @default - no colour */
  readonly thresholds?: { readonly warning: number; readonly critical: number };
}

// Distinct for all common kinds of colour blindness (Okabe and Ito's palette).
const colours = { good: '#009E73', warning: '#E69F00', critical: '#D55E00' };

/** Lines over time. */
export const timeSeries = (options: PanelOptions): Panel => ({
  width: options.width,
  height: 8,
  body: {
    ...common(options, 'timeseries', false),
    fieldConfig: {
      overrides: [],
      defaults: {
        ...fieldDefaults(options),
        custom: {
          lineWidth: 1,
          fillOpacity: 8,
          showPoints: 'never',
          spanNulls: false,
          thresholdsStyle: { mode: options.thresholds ? 'line' : 'off' },
        } satisfies Plain<GraphFieldConfig>,
      },
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
  },
});

/** The present value in large figures. */
export const stat = (options: PanelOptions): Panel => ({
  width: options.width,
  height: 4,
  body: {
    ...common(options, 'stat', true),
    fieldConfig: { overrides: [], defaults: fieldDefaults(options) },
    options: {
      graphMode: 'none',
      colorMode: options.thresholds ? 'value' : 'none',
      justifyMode: 'auto',
      textMode: 'auto',
      wideLayout: true,
      showPercentChange: false,
      percentChangeColorMode: 'standard',
      reduceOptions: { calcs: ['lastNotNull'], values: false },
      orientation: 'auto',
    } satisfies Plain<StatOptions>,
  },
});

const common = (options: PanelOptions, type: string, instant: boolean) => ({
  type,
  title: options.title,
  description: options.description,
  datasource: { type: 'prometheus', uid: promqlUid },
  targets: Object.entries(options.queries).map(([legendFormat, expr], index) => ({
    ...({
      refId: String.fromCharCode(65 + index),
      expr,
      legendFormat,
      instant,
      range: !instant,
    } satisfies Plain<Omit<Dataquery, '_implementsDataqueryVariant'>>),
  })) as unknown as Plain<SdkPanel>['targets'],
});

const fieldDefaults = ({ unit, max, thresholds }: PanelOptions): Plain<FieldConfig> => ({
  unit,
  min: 0,
  ...(max !== undefined && { max }),
  color: { mode: thresholds ? 'thresholds' : 'palette-classic-by-name' },
  thresholds: {
    mode: 'absolute',
    steps: [
      { color: colours.good, value: null },
      ...(thresholds
        ? [
            { color: colours.warning, value: thresholds.warning },
            { color: colours.critical, value: thresholds.critical },
          ]
        : []),
    ],
  },
});
