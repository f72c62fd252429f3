import type { Metric } from '../../src/catalogues/catalogue.js';
import { withDocumented } from './file.js';

type Metrics = Readonly<Record<string, Metric>>;

/** What is known of a page in one release. */
export interface Known {
  readonly seen: Metrics;
  readonly documented: Metrics;
}

const minorOf = (release: string): string => release.split('.').slice(0, 2).join('.');

/** One metric for all releases, as the newest has it; what not all have says which one does. */
export const ofReleases = (
  releases: readonly string[],
  pages: readonly Known[],
): Record<string, Metric> => {
  const lists = pages.map(({ seen, documented }) => withDocumented(seen, documented));
  const isListed = (name: string) => pages.some(({ documented }) => name in documented);
  // What a release's list leaves out (its libraries' metrics) is missed only where it was looked for.
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
