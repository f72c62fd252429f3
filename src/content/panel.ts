import type { Panel as SdkPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import { promqlUid } from '../model/data-source.js';
import type { ValueStyle } from './house-style.js';
import type { PanelLink } from './panel-link.js';
import type { Plain } from './plain.js';

/** A panel in Grafana's own format, but for what the layout gives it. */
export type PanelBody = Omit<Plain<SdkPanel>, 'id' | 'gridPos'>;

/** A panel before the layout gives it an id and a place. */
export interface Panel {
  /** In 24ths of the dashboard. @default - an equal share of its row */
  readonly width?: number;
  /** In Grafana's rows of 30 pixels. */
  readonly height: number;
  /** Scrape jobs without which it is left out. @default - none beside those of the dashboard */
  readonly needs?: readonly string[];
  /** Dashboards that a click on a value opens. @default - none */
  readonly links?: readonly PanelLink[];
  readonly body: PanelBody;
}

/** Panels side by side under a heading. */
export interface Row {
  readonly title: string;
  /** Shown only once somebody asks for it; its queries are not run before. @default false */
  readonly collapsed?: boolean;
  /** Scrape jobs without which it is left out. @default - none beside those of the dashboard */
  readonly needs?: readonly string[];
  readonly panels: readonly Panel[];
}

/** What every kind of panel says. */
export interface Frame {
  readonly title: string;
  /** What it shows, and what bad looks like. */
  readonly description: string;
  /** In 24ths of the dashboard. @default - an equal share of its row */
  readonly width?: number;
  /** In Grafana's rows of 30 pixels. @default - as the kind of panel needs */
  readonly height?: number;
  /** Scrape jobs without which it is left out. @default - none beside those of the dashboard */
  readonly needs?: readonly string[];
}

/** One query, or several by legend, in which `{{label}}` stands for a label's value. */
export type Queries = string | Readonly<Record<string, string>>;

/** What every kind of panel says that shows values. */
export interface PanelOptions extends Frame, ValueStyle {
  /** PromQL. */
  readonly queries: Queries;
  /** The dashboard that a click opens, with the values of these labels for its variables. */
  readonly opens?: { readonly dashboard: string; readonly by: readonly string[] };
  /** Lower end of the scale; `null` as the data say. @default 0 */
  readonly min?: number | null;
  /** Upper end of the scale. @default - as the data say */
  readonly max?: number;
}

/** The Prometheus that the stack brings. */
export const datasource = { type: 'prometheus', uid: promqlUid } as const;

/** A panel of a kind over queries. */
export const panel = (
  type: string,
  { title, description, width, height, needs }: Frame,
  body: Omit<PanelBody, 'type' | 'title' | 'description'>,
  defaultHeight: number,
  links?: readonly PanelLink[],
): Panel => ({
  width,
  height: height ?? defaultHeight,
  ...(needs && { needs }),
  ...(links && { links }),
  body: { type, title, description, ...body },
});

/** A query in the format of Grafana's Prometheus data source. */
export type Target = Plain<Omit<Dataquery, '_implementsDataqueryVariant'>>;

/** Queries as targets, each with what is said of all. */
export const targets = (queries: Queries, rest: Partial<Target>): PanelBody['targets'] =>
  Object.entries(typeof queries === 'string' ? { '': queries } : queries).map(
    ([legendFormat, expr], index): Target => ({
      refId: refId(index),
      expr: expr.replace(/\s+/g, ' ').trim(),
      ...(legendFormat && { legendFormat }),
      ...rest,
    }),
  ) as unknown as PanelBody['targets'];

/** `A` to `Z`. */
export const refId = (index: number): string => String.fromCharCode(65 + index);
