import type { Manifest } from '../../model/manifest.js';
import { seconds } from '../../promql/duration.js';
import { named, recordOf } from '../reference/lenient.js';

/** Seconds between two scrapes, as the configuration of Prometheus that ships says. */
export const scrapeSeconds = (manifests: readonly Manifest[]): number => {
  for (const { object } of named(manifests)) {
    const text = recordOf(object.data)['prometheus.yml'];
    // The block stands first: the whole file is large.
    const interval = typeof text === 'string' && /scrape_interval: (\w+)/.exec(text)?.[1];
    if (interval) return seconds(interval) ?? 60;
  }
  return 60;
};
