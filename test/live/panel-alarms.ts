import { displayOf, type FieldConfig, stepOf, type Value } from './field-display.js';

/** The parts of a panel in Grafana's JSON that determine how its values look. */
export interface Panel {
  readonly type: string;
  readonly title: string;
  readonly targets?: readonly Target[];
  readonly fieldConfig?: { readonly defaults: Field; readonly overrides: readonly Override[] };
  readonly options?: { readonly colorMode?: string };
  readonly transformations?: readonly Transformation[];
}

interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
  /** Whether it queries only the present. */
  readonly instant?: boolean;
}

interface Field extends FieldConfig {
  readonly custom?: {
    readonly axisSoftMax?: number;
    readonly thresholdsStyle?: { readonly mode: string };
  };
}

interface Override {
  readonly matcher: { readonly id: string; readonly options: unknown };
  readonly properties: readonly { readonly id: string; readonly value?: unknown }[];
}

interface Transformation {
  readonly id: string;
  readonly options: { readonly renameByName?: Readonly<Record<string, string>> };
}

/**
 * A series in the result of a query, with its values in the order of time; one value for an instant
 * query.
 */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly number[];
}

/** The results of a panel's queries, by `refId`. */
export type Results = Readonly<Record<string, readonly Series[]>>;

/**
 * Alarming parts of a panel: values that its configuration colours yellow, orange or red, values
 * that are no numbers or beyond the scale, lines that cross a drawn threshold, and no data without
 * a text that explains it.
 */
export const alarmsOf = (panel: Panel, results: Results): string[] => {
  const looksOf = looks[panel.type];
  if (!looksOf) throw new Error(`What alarms in a panel of type ${panel.type} is not known.`);
  const alarms = looksOf(panel, results);
  return [...new Set(alarms)];
};

const nothing = (): string[] => [];

const figures = (coloured: boolean) => (panel: Panel, results: Results) => {
  const field = fieldOf(panel);
  const shown = titled(panel, results);
  if (shown.length === 0) return valueAlarms(field, null, coloured);
  return shown.flatMap(({ title, values }) => {
    const value = values.at(-1) ?? null;
    return [...valueAlarms(field, value, coloured), ...scaleAlarms(field, [value])].map(
      (alarm) => `${title}: ${alarm}`,
    );
  });
};

const stat = (panel: Panel, results: Results) =>
  figures(panel.options?.colorMode !== 'none')(panel, results);

const lanes = (panel: Panel, results: Results) =>
  seriesAlarms(panel, results, (values) =>
    values.flatMap((value) => valueAlarms(fieldOf(panel), value, true)),
  );

const lines = (panel: Panel, results: Results) => {
  const field = fieldOf(panel);
  const alarms = seriesAlarms(panel, results, (values) => [
    ...numberAlarms(values),
    ...scaleAlarms(field, values),
    ...lineAlarms(field, values),
  ]);
  const values = titled(panel, results).flatMap((one) => one.values);
  const isOpen = field.max === undefined && field.custom?.axisSoftMax === undefined;
  return isOpen && values.length > 0 && values.every((value) => value === 0)
    ? [...alarms, 'the axis of zeros ends at 100']
    : alarms;
};

const distribution = (panel: Panel, results: Results) => seriesAlarms(panel, results, numberAlarms);

const table = (panel: Panel, results: Results) => {
  const rows = rowsOf(panel, results);
  const { noValue } = fieldOf(panel);
  if (rows.length === 0) return wordAlarms(noValue ?? '');
  const columns = Object.values(namesOf(panel)).map((title) => columnOf(panel, title));
  return rows.flatMap((row) => {
    const title = Object.values(row).filter((value) => typeof value === 'string');
    return columns.flatMap((column) =>
      valueAlarms(column.field, row[column.title] ?? null, column.coloured).map(
        (alarm) => `${title.join(' ')}: ${column.title}: ${alarm}`,
      ),
    );
  });
};

const looks: Readonly<Record<string, (panel: Panel, results: Results) => string[]>> = {
  stat,
  gauge: figures(true),
  bargauge: figures(true),
  timeseries: lines,
  'state-timeline': lanes,
  heatmap: distribution,
  table,
  text: nothing,
  dashlist: nothing,
};

const valueAlarms = (field: FieldConfig, value: Value, coloured: boolean): string[] => {
  const { text, color } = displayOf(field, value);
  const isMapped = text !== `${value}`;
  const isMissing = value === null || Number.isNaN(value);
  return [
    ...(isMissing && isMapped ? wordAlarms(text) : []),
    ...(typeof value === 'number' && !isMapped ? numberAlarms([value]) : []),
    ...(coloured && isAlarming(color) ? [`'${text}' is ${color}`] : []),
  ];
};

const numberAlarms = (values: readonly number[]): string[] =>
  values.filter((value) => !Number.isFinite(value)).map((value) => `a value is ${value}`);

// The default text of Grafana, in any case, explains nothing.
const wordAlarms = (words: string): string[] =>
  /^(no data)?$/i.test(words.trim()) ? ['no data, without words for it'] : [];

const scaleAlarms = ({ min = -Infinity, max = Infinity }: Field, values: readonly Value[]) =>
  values
    .filter((value): value is number => typeof value === 'number' && Number.isFinite(value))
    .filter((value) => value < min || value > max)
    .map((value) => `${value} is beyond the scale`);

const lineAlarms = ({ thresholds, custom }: Field, values: readonly number[]): string[] => {
  const mode = custom?.thresholdsStyle?.mode ?? 'off';
  if (mode === 'off' || !thresholds) return [];
  return values
    .filter((value) => Number.isFinite(value))
    .map((value) => stepOf(thresholds.steps, value))
    .filter(({ color }) => isAlarming(color))
    .map(({ value, color }) => `crosses ${value ?? 'the lowest threshold'} into ${color}`);
};

/** Alarms of each series of a panel, or one for no series without a text. */
const seriesAlarms = (
  panel: Panel,
  results: Results,
  alarms: (values: readonly number[]) => string[],
): string[] => {
  const shown = titled(panel, results);
  if (shown.length === 0) return wordAlarms(fieldOf(panel).noValue ?? '');
  return shown.flatMap(({ title, values }) => alarms(values).map((one) => `${title}: ${one}`));
};

const fieldOf = ({ fieldConfig }: Panel): Field => fieldConfig?.defaults ?? {};

const titled = ({ targets = [] }: Panel, results: Results) =>
  targets.flatMap(({ refId, legendFormat = '' }) =>
    (results[refId] ?? []).map(({ labels, values }) => ({
      title: legendFormat.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => labels[label] ?? ''),
      values,
    })),
  );

type Row = Record<string, Value>;

/** The rows of a table: Grafana merges the rows of several queries with the same labels. */
const rowsOf = (panel: Panel, results: Results): Row[] => {
  const { targets = [] } = panel;
  const names = Object.entries(namesOf(panel));
  const rows: Row[] = [];
  for (const { refId } of targets) {
    for (const { labels, values } of results[refId] ?? []) {
      const value = targets.length === 1 ? 'Value' : `Value #${refId}`;
      const fields: Readonly<Record<string, Value>> = { ...labels, [value]: values.at(-1) ?? null };
      const row = Object.fromEntries(
        names.flatMap(([name, title]) => (name in fields ? [[title, fields[name]!]] : [])),
      );
      const same = rows.find((one) =>
        Object.entries(row).every(([title, own]) => !(title in one) || one[title] === own),
      );
      if (same) Object.assign(same, row);
      else rows.push(row);
    }
  }
  return rows;
};

/** The column titles of a table, by the names of their fields. */
const namesOf = ({ title, transformations = [] }: Panel): Readonly<Record<string, string>> => {
  const { renameByName } = transformations.find(({ id }) => id === 'organize')?.options ?? {};
  if (!renameByName) throw new Error(`The table '${title}' does not name its columns.`);
  return renameByName;
};

const columnOf = (panel: Panel, title: string) => {
  const properties = (panel.fieldConfig?.overrides ?? [])
    .filter(({ matcher }) => matcher.id === 'byName' && matcher.options === title)
    .flatMap((one) => one.properties);
  const own = Object.fromEntries(properties.map(({ id, value }) => [id, value]));
  const cell = own['custom.cellOptions'] as { type?: string } | undefined;
  return {
    title,
    field: { ...fieldOf(panel), ...own } as FieldConfig,
    coloured: cell?.type === 'color-text' || cell?.type === 'color-background',
  };
};

/** Whether a colour is yellow, orange or red. */
const isAlarming = (colour: string): boolean => {
  const [, ...parts] = /^#(..)(..)(..)$/.exec(colour) ?? [];
  if (parts.length === 0) return /(red|orange|yellow)$/.test(colour);
  const [red = 0, green = 0, blue = 0] = parts.map((part) => Number.parseInt(part, 16));
  return red >= green && red - blue > 64;
};
