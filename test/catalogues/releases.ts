import type { Metric } from '../../src/catalogues/catalogue.js';
import { withDocumented } from './file.js';

type Metrics = Readonly<Record<string, Metric>>;

/** The known metrics of a page in one release. */
export interface Known {
  readonly seen: Metrics;
  readonly documented: Metrics;
}

const minorOf = (release: string): string => release.split('.').slice(0, 2).join('.');

/** The metrics of all releases, as in the newest; a metric that not all have names its release. */
export const ofReleases = (
  releases: readonly string[],
  pages: readonly Known[],
): Record<string, Metric> => {
  const lists = pages.map(({ seen, documented }) => withDocumented(seen, documented));
  const isListed = (name: string) => pages.some(({ documented }) => name in documented);
  // The list of a release does not have the metrics of libraries: these count as missing only if
  // the page was captured.
  const has = (name: string, index: number) =>
    name in (lists[index] ?? {}) ||
    (Object.keys(pages[index]?.seen ?? {}).length === 0 && !isListed(name));
  const all: Record<string, Metric> = {};
  for (const [index, metrics] of lists.entries()) {
    for (const [name, metric] of Object.entries(metrics)) {
      const labels = new Set([...(all[name]?.labels ?? []), ...metric.labels]);
      const isCommon = lists.every((_, other) => has(name, other));
      const only = isCommon ? {} : { only: minorOf(releases[index] ?? '') };
      all[name] = { ...metric, labels: [...labels].sort(), ...only };
    }
  }
  return all;
};
