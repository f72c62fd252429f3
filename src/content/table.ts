import type { TableFieldOptions } from '@grafana/grafana-foundation-sdk/common';
import type { Options } from '@grafana/grafana-foundation-sdk/table';
import type { Plain } from '../model/plain.js';
import { type ColumnSize, leastWidth, nameSize, numberSize, type Property } from './column.js';
import {
  colourOf,
  fieldOf,
  isLowBad,
  type Mood,
  textMapping,
  type ValueStyle,
} from './house-style.js';
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
import { missingTitle, type ReadyColumn, readyLabel, readyMappings, readyQuery } from './ready.js';

export interface TableOptions extends Frame {
  /** The labels by which the queries aggregate, as columns in this order. */
  readonly labels: Readonly<Record<string, LabelColumn>>;
  /** A column for each query, joined by the labels. */
  readonly columns: Readonly<Record<string, ValueColumn | ReadyColumn>>;
  /** Column to sort by. @default - the first that can be bad, or else the first with values */
  readonly sortBy?: string;
  /** @default - bad values first; names in alphabetical order, other values from the largest */
  readonly ascending?: boolean;
  /** Text if no query returns anything. @default 'none' */
  readonly empty?: string;
}

/** Title of the column, or its options. */
export type LabelColumn = string | LabelColumnOptions;

export interface LabelColumnOptions extends ColumnSize {
  readonly title: string;
  /** The dashboard that a click opens with all labels of the row. @default - none */
  readonly opens?: string;
  /** The colour of the cell by its text. @default - none */
  readonly moods?: Readonly<Record<string, Mood>>;
}

export interface ValueColumn extends ValueStyle, ColumnSize {
  /** PromQL. */
  readonly query: string;
  /** Colours the whole cell, not only its text. @default false */
  readonly fill?: boolean;
}

interface Sort {
  readonly displayName: string;
  readonly desc: boolean;
}

/** Current values, one row for each combination of labels. */
export const table = (options: TableOptions): Panel => sortedTable(options, [sortOf(options)]);

/** A table that is sorted by several columns. */
export const sortedTable = (options: TableOptions, sortBy: readonly Sort[]): Panel => {
  const { empty = 'none' } = options;
  const names = Object.keys(options.labels);
  const labels = Object.entries(options.labels).map(([label, column]) => ({
    label,
    ...(typeof column === 'string' ? { title: column } : column),
  }));
  const columns = Object.entries(options.columns).flatMap(([title, column], index) =>
    columnsOf(title, column, names, index),
  );
  const values = columns.filter((column) => column.query !== undefined);
  const texts = columns.filter((column) => column.query === undefined);
  const fields = Object.fromEntries(
    labels.map(({ label, title }) => [label, `\${__data.fields["${title}"]}`]),
  );
  const links = labels.flatMap((one): PanelLink[] =>
    one.opens ? [{ column: one.title, dashboard: one.opens, values: fields }] : [],
  );
  const body: Omit<PanelBody, 'type' | 'title' | 'description'> = {
    datasource,
    targets: targets(
      {
        title: options.title,
        queries: Object.fromEntries(values.map(({ title, query = '' }) => [title, query])),
      },
      { instant: true, range: false, format: 'table' },
    ),
    transformations: transformations(labels, columns, values),
    fieldConfig: {
      defaults: {
        noValue: empty,
        custom: {
          align: 'auto',
          inspect: false,
          minWidth: leastWidth,
        } satisfies Plain<TableFieldOptions>,
      },
      overrides: [...labels.map(labelOverride), ...texts, ...values].flatMap((one) =>
        'properties' in one
          ? one.properties.length > 0
            ? [
                {
                  matcher: { id: 'byName', options: one.title },
                  properties: [...one.properties],
                },
              ]
            : []
          : [],
      ),
    },
    options: {
      frameIndex: 0,
      showHeader: true,
      cellHeight: 'sm',
      sortBy: [...sortBy],
    } satisfies Plain<Options>,
  };
  return panel('table', options, body, 8, links);
};

interface Column {
  readonly title: string;
  /** The label that it shows. @default - the value of its query */
  readonly label?: string;
  readonly query?: string;
  readonly properties: readonly Property[];
}

const columnsOf = (
  title: string,
  column: ValueColumn | ReadyColumn,
  labels: readonly string[],
  index: number,
): Column[] => {
  if ('query' in column) {
    return [
      {
        title,
        query: column.query,
        properties: [...numberSize(title, column), ...styleOf(column)],
      },
    ];
  }
  const missing = missingTitle(column);
  return [
    {
      title,
      label: readyLabel(index),
      properties: [
        ...numberSize(title, column),
        { id: 'noValue', value: '–' },
        { id: 'mappings', value: readyMappings },
        colouredText,
      ],
    },
    {
      title: missing,
      query: readyQuery(column, labels, index),
      properties: [
        ...numberSize(missing, {}),
        ...styleOf({ unit: 'short', decimals: 0, thresholds: { critical: 1 } }),
      ],
    },
  ];
};

const colouredText = { id: 'custom.cellOptions', value: { type: 'color-text' } };
const colouredCell = {
  id: 'custom.cellOptions',
  value: { type: 'color-background', mode: 'basic' },
};

const styleOf = ({
  fill = false,
  ...style
}: ValueStyle & { readonly fill?: boolean }): Property[] => [
  ...Object.entries(fieldOf({ ...style, empty: '–', ...(fill && { base: 'none' }) })).map(
    ([id, value]) => ({ id, value: value as unknown }),
  ),
  ...(style.thresholds || style.states ? [fill ? colouredCell : colouredText] : []),
];

const labelOverride = ({ title, moods, ...size }: LabelColumnOptions): Column => ({
  title,
  properties: [
    ...nameSize(title, size),
    // Text for a row without the label; the text for an empty table is for an empty table only.
    { id: 'noValue', value: '–' },
    ...(moods
      ? [
          { id: 'mappings', value: [textMapping(moods)] },
          { id: 'color', value: { mode: 'fixed', fixedColor: colourOf('none') } },
          colouredCell,
        ]
      : []),
  ],
});

type Labels = readonly { readonly label: string; readonly title: string }[];

/** Keeps the labels and the values, one row for each combination, and renames them to their titles. */
const transformations = (labels: Labels, columns: readonly Column[], values: readonly Column[]) => {
  // Grafana names the values of a single query differently.
  const valueName = (column: Column) =>
    values.length === 1 ? 'Value' : `Value #${refId(values.indexOf(column))}`;
  const names = [
    ...labels.map(({ label, title }) => [label, title] as const),
    ...columns.map((column) => [column.label ?? valueName(column), column.title] as const),
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

/** Sorts bad values first. */
const sortOf = ({ labels, columns, sortBy, ascending }: TableOptions): Sort => {
  const all = Object.entries(columns);
  const found =
    sortBy === undefined
      ? (all.find(([, one]) => canBeBad(one)) ?? all[0])
      : all.find(([title]) => title === sortBy);
  if (!found) {
    const isLabel = Object.values(labels).some(
      (one) => (typeof one === 'string' ? one : one.title) === sortBy,
    );
    return { displayName: sortBy ?? '', desc: ascending === undefined ? !isLabel : !ascending };
  }
  const [title, column] = found;
  const displayName = 'query' in column ? title : missingTitle(column);
  return { displayName, desc: ascending === undefined ? !isWorstLow(column) : !ascending };
};

const canBeBad = (column: ValueColumn | ReadyColumn): boolean =>
  !('query' in column) || column.thresholds !== undefined || column.states !== undefined;

const isWorstLow = (column: ValueColumn | ReadyColumn): boolean => {
  if (!('query' in column)) return false;
  if (column.thresholds) return isLowBad(column.thresholds);
  const states = Object.entries(column.states ?? {});
  const bad = states.filter(([, [, mood]]) => mood === 'critical' || mood === 'warning');
  const least = Math.min(...states.map(([value]) => Number(value)));
  return bad.some(([value]) => Number(value) === least);
};
