import type { z } from 'zod';
import { ownValue } from '../model/own-value.js';
import type { TimeSeriesPanelOptions } from './chart.js';
import type { LogsOptions } from './logs.js';
import type { Frame, Panel, PanelOptions, Row } from './panel.js';
import type { TableOptions } from './table.js';

/** All options of a type, which the compiler compares with the type. */
type Names<Options> = Readonly<Record<keyof Required<Options>, true>>;

const frame: Names<Frame> = {
  title: true,
  description: true,
  width: true,
  height: true,
  needs: true,
};

const values: Names<PanelOptions> = {
  ...frame,
  ...{ queries: true, opens: true, min: true, max: true, empty: true },
  ...{ unit: true, thresholds: true, states: true, decimals: true },
};

const series: Names<TimeSeriesPanelOptions> = {
  ...values,
  ...{ stacked: true, exemplars: true, softMax: true, tracesOf: true },
};

const cells: Names<TableOptions> = {
  ...frame,
  ...{ labels: true, columns: true, sortBy: true, ascending: true, empty: true },
};

/** The options of the function that makes a type of panel. */
const byType: Readonly<Record<string, Readonly<Record<string, true>>>> = {
  timeseries: series,
  heatmap: values,
  'state-timeline': values,
  stat: values,
  gauge: values,
  bargauge: values,
  table: cells,
  logs: { ...frame, query: true } satisfies Names<LogsOptions>,
  text: { ...frame, content: true },
  alertlist: frame,
  dashlist: { ...frame, tag: true },
};

const ofRow: Names<Row> = { title: true, collapsed: true, needs: true, panels: true };

/** Reports options of rows and panels that do not exist: the functions ignore them. */
export const unknownOptions = (rows: unknown, { addIssue }: z.RefinementCtx): void => {
  const report = (
    given: readonly unknown[],
    known: Readonly<Record<string, true>>,
    path: (string | number)[],
  ): void => {
    const keys = given.filter(
      (name): name is string => typeof name === 'string' && !Object.hasOwn(known, name),
    );
    if (keys.length === 0) return;
    const message = Object.keys(known).join(' ');
    addIssue({ code: 'unrecognized_keys', keys, path, message });
  };
  for (const [at, row] of listOf<Row>(rows).entries()) {
    if (typeof row !== 'object' || row === null) continue;
    report(Object.keys(row), ofRow, ['rows', at]);
    for (const [index, panel] of listOf<Panel>(row.panels).entries()) {
      const type: unknown = panel?.body?.type;
      const known = typeof type === 'string' ? ownValue(byType, type) : undefined;
      if (!Array.isArray(panel?.given) || !known) continue;
      report(panel.given, known, ['rows', at, 'panels', index]);
    }
  }
};

const listOf = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? value : []);
