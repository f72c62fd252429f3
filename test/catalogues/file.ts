import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Catalogue, Metric } from '../../src/catalogues/catalogue.js';

const documentedFolder = join(import.meta.dirname, 'documented');

/** Where a catalogue is kept. */
export const catalogueFile = (name: string): string =>
  resolve(import.meta.dirname, `../../src/catalogues/${name}.json`);

/** What an engine tells elsewhere but not on this machine, each metric with a link to its source. */
export const documented = (name: string): Record<string, Metric> => {
  const file = join(documentedFolder, `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
};

/** What was seen, and what is documented beside it. What a release should have, it has, seen or not. */
export const withDocumented = (
  seen: Readonly<Record<string, Metric>>,
  known: Readonly<Record<string, Metric>>,
): Record<string, Metric> =>
  Object.fromEntries(
    Object.entries({ ...known, ...seen }).map(([name, { only: _, ...metric }]) => {
      const documented = known[name];
      const labels = new Set([...metric.labels, ...(documented?.labels ?? [])]);
      const only = documented ? documented.only : seen[name]?.only;
      return [name, { ...metric, labels: [...labels].sort(), ...(only && { only }) }];
    }),
  );

/** A catalogue as JSON, one metric a line, sorted, so that a diff is readable. */
export const formatCatalogue = ({ metrics, ...head }: Catalogue): string => {
  const lines = Object.entries(metrics)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, metric]) => `    ${JSON.stringify(name)}: ${JSON.stringify(ordered(metric))}`);
  const start = Object.entries(head).map(([key, value]) => `  "${key}": ${JSON.stringify(value)},`);
  return `{\n${start.join('\n')}\n  "metrics": {\n${lines.join(',\n')}\n  }\n}\n`;
};

const ordered = ({ type, unit, labels, help, seen, only }: Metric): Metric => ({
  type,
  ...(unit && { unit }),
  labels,
  help,
  seen,
  ...(only && { only }),
});
