import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Catalogue, Metric } from '../../src/catalogues/catalogue.js';

const documentedFolder = join(import.meta.dirname, 'documented');

/** The path of a catalogue. */
export const catalogueFile = (name: string): string =>
  resolve(import.meta.dirname, `../../src/catalogues/${name}.json`);

/** Metrics of an engine that this machine does not have, each with a link to its source. */
export const documented = (name: string): Record<string, Metric> => {
  const file = join(documentedFolder, `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
};

/**
 * The captured and the documented metrics. A documented metric of a release counts even if it is
 * not captured.
 */
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

/** A catalogue as JSON, with one metric in each line, sorted, so that diffs are readable. */
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
