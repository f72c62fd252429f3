import type { BoundList, Catalogue } from '../../src/catalogues/catalogue.js';
import type { Observation } from './observation.js';

/**
 * The finite bounds of histograms, by the page of a catalogue and the name of the histogram. Those of the newest
 * Kubernetes hold for the older releases too, whose lists of metrics have the same bounds or fewer:
 * https://github.com/kubernetes/kubernetes/blob/v1.35.4/test/instrumentation/documentation/documentation-list.yaml
 */
export type BoundsOfPages = Record<string, Record<string, readonly number[]>>;

/** The bounds of all buckets on a page, in all of its observations. */
export const boundsOf = (observations: readonly Observation[]): BoundsOfPages[string] => {
  const all: Record<string, readonly number[]> = {};
  for (const { name, bounds } of observations.flatMap(({ families }) => families)) {
    const found = new Set([...(all[name] ?? []), ...bounds]);
    if (found.size > 0) all[name] = [...found].sort((a, b) => a - b);
  }
  return all;
};

/** The bounds of histograms that a catalogue has from the documentation, without those on the captured page. */
export const boundsOfDocumented = (
  { metrics }: Pick<Catalogue, 'metrics'>,
  captured: BoundsOfPages[string],
  documented: ReadonlyMap<string, readonly number[]>,
): BoundsOfPages[string] =>
  Object.fromEntries(
    Object.entries(metrics).flatMap(([name, { type, seen }]) => {
      const bounds = documented.get(name);
      const isDocumented = `${seen}`.includes('documentation-list');
      return type === 'histogram' && isDocumented && bounds && !captured[name]
        ? [[name, bounds]]
        : [];
    }),
  );

/** Each list of bounds once, with the histograms that have it, sorted, so that diffs are readable. */
export const formatBounds = (pages: BoundsOfPages): string => {
  const lists = new Map<string, Record<string, string[]>>();
  for (const [page, histograms] of Object.entries(pages).sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const [name, bounds] of Object.entries(histograms)) {
      const of = lists.get(JSON.stringify(bounds)) ?? {};
      of[page] = [...(of[page] ?? []), name].sort();
      lists.set(JSON.stringify(bounds), of);
    }
  }
  const sorted = [...lists]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([bounds, of]): BoundList => ({ bounds: JSON.parse(bounds), of }));
  return `${JSON.stringify(sorted, null, 1)}\n`;
};

/** The bounds in a file that `formatBounds` wrote. */
export const readBounds = (lists: readonly BoundList[]): BoundsOfPages => {
  const pages: BoundsOfPages = {};
  for (const { bounds, of } of lists) {
    for (const [page, names] of Object.entries(of)) {
      pages[page] ??= {};
      for (const name of names) pages[page][name] = bounds;
    }
  }
  return pages;
};
