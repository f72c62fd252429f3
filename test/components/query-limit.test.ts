import { expect, test } from 'vitest';
import { queryLimits } from '../../src/components/prometheus/query-limit.js';
import { sizings } from '../../src/environment/sizing.js';
import { quantityValue } from '../../src/model/quantity.js';

test.each([
  ['1536Mi', '6291456', '8'],
  ['6Gi', '25165824', '8'],
  ['28Gi', '50000000', '18'],
  ['256Gi', '50000000', '20'],
])('the limits of queries are derived from the memory: %s', (memory, samples, atOnce) => {
  expect(queryLimits(memory)).toEqual([
    `--query.max-samples=${samples}`,
    `--query.max-concurrency=${atOnce}`,
    '--query.timeout=1m',
  ]);
});

test.each(Object.entries(sizings))(
  'all queries together fit into half of the memory: %s',
  (_, { prometheus: { memoryLimit } }) => {
    const [samples, atOnce] = queryLimits(memoryLimit).map((flag) => Number(flag.split('=')[1]));
    expect(samples! * atOnce! * 16).toBeLessThanOrEqual(quantityValue(memoryLimit) / 2);
  },
);
