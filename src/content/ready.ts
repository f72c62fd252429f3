import type { ColumnSize } from './column.js';
import { colourOf } from './house-style.js';

/** Ready and total numbers: "0 of 2", with the number of missing ones in the next column. */
export interface ReadyColumn extends ColumnSize {
  /** PromQL, aggregated by the labels of the table. */
  readonly ready: string;
  /** PromQL, aggregated by the labels of the table. */
  readonly wanted: string;
  /** Title of the number of missing ones. @default 'Missing' */
  readonly missing?: string;
}

/** The title of the column after "0 of 2". */
export const missingTitle = ({ missing = 'Missing' }: ReadyColumn): string => missing;

/** The label with the text "0 of 2". */
export const readyLabel = (index: number): string => `ready_of_${index}`;

/** The number of missing ones, with "0 of 2" as a label. */
export const readyQuery = (
  { ready, wanted }: ReadyColumn,
  labels: readonly string[],
  index: number,
): string => {
  const by = labels.join(', ');
  const asLabel = (name: string, query: string) =>
    `on (${by}) group_left (${name}) count_values by (${by}) ("${name}", ${query})`;
  const missing = `((${wanted}) - on (${by}) (${ready}))`;
  return `label_join(${missing} * ${asLabel('ready', ready)} * ${asLabel('wanted', wanted)}, "${readyLabel(index)}", " of ", "ready", "wanted")`;
};

const all = { type: 'regex' as const, pattern: '/^(\\d+) of \\1$/', mood: 'plain' as const };
const none = { type: 'regex' as const, pattern: '/^0 of /', mood: 'critical' as const };
const some = { type: 'regex' as const, pattern: '/^\\d+ of /', mood: 'warning' as const };

/** Red if none is ready, orange if some are missing. */
export const readyMappings = [all, none, some].map(({ type, pattern, mood }, index) => ({
  type,
  options: { pattern, result: { color: colourOf(mood), index } },
}));
