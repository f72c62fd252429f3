import { expect, test } from 'vitest';
import { bucketEdges } from './catalogues/bucket-edges.js';

const answer = (histograms: Readonly<Record<string, Readonly<Record<string, number>>>>) => ({
  data: {
    result: Object.entries(histograms).flatMap(([name, buckets]) =>
      Object.entries(buckets).map(([le, count]) => ({
        metric: { __name__: `${name}_bucket`, le },
        value: [0, `${count}`] as const,
      })),
    ),
  },
});
const edges = (buckets: Readonly<Record<string, number>>) =>
  bucketEdges(answer({ a: buckets }), () => true).a;

test('the edges are the first and the last finite bucket, in the order of their bounds', () => {
  expect(edges({ '+Inf': 10, '10.0': 9, '0.5': 5, '2.0': 7 })).toEqual({
    first: [0.5, 0.5],
    last: [10, 0.9],
  });
});

test('a bound of zero is not an edge, and a share is never rounded up', () => {
  expect(edges({ '0.0': 0, '5.0': 1999, '10.0': 2000, '+Inf': 2000 })).toEqual({
    first: [5, 0.999],
    last: [10, 1],
  });
});

test('histograms without observations and unknown histograms are left out', () => {
  expect(edges({ '1.0': 0, '+Inf': 0 })).toBeUndefined();
  expect(bucketEdges(answer({ b: { '1.0': 1, '+Inf': 1 } }), (name) => name === 'a')).toEqual({});
});
