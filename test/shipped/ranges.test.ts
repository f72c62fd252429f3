import { expect, test } from 'vitest';
import ranges from '../../src/checks/queries/ranges.js';
import { loadContent } from '../../src/content/load.js';
import { inputOf } from '../checks/input.js';
import { build, minimal } from '../environment.js';

const { content } = await loadContent(['.']);

// Above 150s the check `scrape-intervals` warns.
test.each(['10s', '1m', '90s', '2m', '150s'])(
  'every range that ships is long enough for jobs that are scraped every %s',
  (scrapeInterval) => {
    const cluster = { ...minimal.cluster, controlPlane: 'exposed' } as const;
    const stack = build({ ...minimal, cluster, prometheus: { scrapeInterval } }, content);
    expect(ranges.run(inputOf(stack, { sources: content.sources }))).toEqual([]);
  },
);
