import type { Panel as SdkPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Target } from '../model/dashboard.js';
import { promqlUid } from '../model/data-source.js';
import type { Plain } from '../model/plain.js';
import type { ValueStyle } from './house-style.js';
import type { Opens, PanelLink } from './panel-link.js';

/** A panel in Grafana's format, without what the layout adds. */
export type PanelBody = Omit<Plain<SdkPanel>, 'id' | 'gridPos'>;

/** A panel before the layout adds its id and position. */
export interface Panel {
  /** In 24ths of the dashboard. @default - an equal share of its row */
  readonly width?: number;
  /** In Grafana's rows of 30 pixels. */
  readonly height: number;
  /** Required scrape jobs and facts, besides those of the dashboard. @default - none */
  readonly needs?: readonly string[];
  /** Dashboards that a click on a value opens. @default - none */
  readonly links?: readonly PanelLink[];
  /** The service whose traces a click on a value opens: a name, or `{{label}}`. @default - none */
  readonly tracesOf?: string;
  readonly body: PanelBody;
  /** Names of the options that its function got, also those that do not exist. @default - made without a function */
  readonly given?: readonly string[];
}

/** Panels side by side below a heading. */
export interface Row {
  readonly title: string;
  /** Collapses the row; its queries run only when somebody opens it. @default false */
  readonly collapsed?: boolean;
  /** Required scrape jobs, besides those of the dashboard. @default - none */
  readonly needs?: readonly string[];
  readonly panels: readonly Panel[];
}

/** Options of all kinds of panels. */
export interface Frame {
  readonly title: string;
  /** What it shows, and which values are bad. */
  readonly description: string;
  /** In 24ths of the dashboard. @default - an equal share of its row */
  readonly width?: number;
  /** In Grafana's grid rows of 30 pixels. @default - depends on the kind of panel */
  readonly height?: number;
  /** Required scrape jobs, besides those of the dashboard. @default - none */
  readonly needs?: readonly string[];
}

/** One query, or several by legend, in which `{{label}}` is replaced by the value of the label. */
export type Queries = string | Readonly<Record<string, string>>;

/** Options of all panels that show values. */
export interface PanelOptions extends Frame, ValueStyle {
  /** PromQL. */
  readonly queries: Queries;
  /** The dashboard that a click on a series opens. */
  readonly opens?: Opens;
  /** Lower end of the scale; `null`: from the data. @default 0 */
  readonly min?: number | null;
  /** Upper end of the scale. @default - from the data */
  readonly max?: number;
  /** Text if the query returns nothing. @default - depends on the kind of panel */
  readonly empty?: string;
}

/** The Prometheus data source of the stack. */
export const datasource = { type: 'prometheus', uid: promqlUid } as const;

/** A panel with queries. */
export const panel = (
  type: string,
  options: Frame,
  body: Omit<PanelBody, 'type' | 'title' | 'description'>,
  defaultHeight: number,
  links?: readonly PanelLink[],
): Panel => {
  const { title, description, width, height, needs } = options;
  return {
    width,
    height: height ?? defaultHeight,
    ...(needs && { needs }),
    ...(links && { links }),
    body: { type, title, description, ...body },
    given: Object.keys(options),
  };
};

/** Queries as targets, each with the fields of `rest`. The legend of a single query is the title: Grafana would name the series "Value". */
export const targets = (
  { queries, title }: { readonly queries: Queries; readonly title: string },
  rest: Partial<Target>,
): PanelBody['targets'] =>
  Object.entries(typeof queries === 'string' ? { [title]: queries } : queries).map(
    ([legendFormat, expr], index): Target => ({
      refId: refId(index),
      expr: expr.replace(/\s+/g, ' ').trim(),
      ...(legendFormat && { legendFormat }),
      ...rest,
    }),
  ) as unknown as PanelBody['targets'];

/** `A` to `Z`. */
export const refId = (index: number): string => String.fromCharCode(65 + index);
