import type { TableFieldOptions } from '@grafana/grafana-foundation-sdk/common';
import type { Options } from '@grafana/grafana-foundation-sdk/table';
import { fieldOf, type ValueStyle } from './house-style.js';
import {
  datasource,
  type Frame,
  type Panel,
  type PanelBody,
  panel,
  refId,
  targets,
} from './panel.js';
import type { PanelLink } from './panel-link.js';
import type { Plain } from './plain.js';

export interface TableOptions extends Frame {
  /** The labels by which the queries aggregate, as columns in this order. */
  readonly labels: Readonly<Record<string, LabelColumn>>;
  /** A column each, joined by the labels. */
  readonly columns: Readonly<Record<string, ValueColumn>>;
  /** Column to sort by, the largest first. @default - the first that shows values */
  readonly sortBy?: string;
}

/** Title of the column, and the dashboard that a click opens with all labels of the line. */
export type LabelColumn = string | { readonly title: string; readonly opens: string };

export interface ValueColumn extends ValueStyle {
  /** PromQL. */
  readonly query: string;
}

/** Present values, a line each combination of labels. */
export const table = (options: TableOptions): Panel => {
  const labels = Object.entries(options.labels).map(([label, column]) =>
    typeof column === 'string' ? { label, title: column } : { label, ...column },
  );
  const columns = Object.entries(options.columns);
  const values = Object.fromEntries(
    labels.map(({ label, title }) => [label, `\${__data.fields["${title}"]}`]),
  );
  const links = labels.flatMap((one): PanelLink[] =>
    'opens' in one ? [{ column: one.title, dashboard: one.opens, values }] : [],
  );
  const body: Omit<PanelBody, 'type' | 'title' | 'description'> = {
    datasource,
    targets: targets(Object.fromEntries(columns.map(([title, { query }]) => [title, query])), {
      instant: true,
      range: false,
      format: 'table',
    }),
    transformations: transformations(labels, Object.keys(options.columns)),
    fieldConfig: {
      defaults: { custom: { align: 'auto', inspect: false } satisfies Plain<TableFieldOptions> },
      overrides: columns.map(([title, style]) => ({
        matcher: { id: 'byName', options: title },
        properties: properties(style),
      })),
    },
    options: {
      frameIndex: 0,
      showHeader: true,
      cellHeight: 'sm',
      sortBy: [{ displayName: options.sortBy ?? columns[0]?.[0] ?? '', desc: true }],
    } satisfies Plain<Options>,
  };
  return panel('table', options, body, 8, links);
};

type Labels = readonly { readonly label: string; readonly title: string }[];

/** Leaves the labels and the values, a line each, under their titles. */
const transformations = (labels: Labels, columns: readonly string[]) => {
  // Grafana calls the values of a single query otherwise than those of several.
  const valueName = (index: number) => (columns.length === 1 ? 'Value' : `Value #${refId(index)}`);
  const names = [
    ...labels.map(({ label, title }) => [label, title] as const),
    ...columns.map((title, index) => [valueName(index), title] as const),
  ];
  return [
    { id: 'filterFieldsByName', options: { include: { names: names.map(([name]) => name) } } },
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: {
        indexByName: Object.fromEntries(names.map(([name], index) => [name, index])),
        renameByName: Object.fromEntries(names),
      },
    },
  ];
};

const properties = (style: ValueStyle): { id: string; value?: unknown }[] => [
  ...Object.entries(fieldOf(style)).map(([id, value]) => ({ id, value: value as unknown })),
  ...(style.thresholds || style.states
    ? [{ id: 'custom.cellOptions', value: { type: 'color-text' } }]
    : []),
];
