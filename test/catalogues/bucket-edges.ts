import type { BucketEdges } from '../../src/catalogues/catalogue.js';

/** The answer of Prometheus to `sum by (__name__, le) ({__name__=~".+_bucket"})`. */
export interface BucketAnswer {
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly value: readonly [time: number, value: string];
    }[];
  };
}

/**
 * The first and the last finite bucket of each histogram with observations, with the share of all
 * observations up to its bound. Bounds of zero or less are ignored: no duration or size can be
 * below them.
 */
export const bucketEdges = (
  { data }: BucketAnswer,
  isKnown: (name: string) => boolean,
): Record<string, BucketEdges> => {
  const histograms = new Map<string, { bound: number; count: number }[]>();
  for (const { metric, value } of data.result) {
    const name = metric.__name__!.replace(/_bucket$/, '');
    const bound = metric.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(metric.le);
    histograms.set(name, [...(histograms.get(name) ?? []), { bound, count: Number(value[1]) }]);
  }
  const edges = [...histograms]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, all]) => {
      const buckets = all.sort((a, b) => a.bound - b.bound);
      const total = buckets.at(-1)!.count;
      const finite = buckets.filter(({ bound }) => bound > 0 && Number.isFinite(bound));
      const [first, last] = [finite[0], finite.at(-1)];
      if (!isKnown(name) || total === 0 || !first || !last) return [];
      const share = ({ count }: { readonly count: number }) =>
        Math.floor((count / total) * 1000) / 1000;
      return [
        [name, { first: [first.bound, share(first)], last: [last.bound, share(last)] }] as const,
      ];
    });
  return Object.fromEntries(edges);
};
