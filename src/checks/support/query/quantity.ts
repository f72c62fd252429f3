import { memoize } from '../../../model/memoize.js';
import type { Analysis } from '../../../promql/analyse.js';
import type { Selector } from '../../../promql/expression.js';
import { followQuantity } from '../../../promql/quantity/follow.js';
import { quantityOfName } from '../../../promql/quantity/of-name.js';
import { isSame, pure, type Quantity } from '../../../promql/quantity/quantity.js';
import type { SeriesIndex } from './series.js';

/** What the values of a query measure, through the recording rules that it uses; undefined if it is not known. */
export const quantityOf = (
  { expression, varies, faults }: Analysis,
  index: SeriesIndex,
): Quantity | undefined => {
  if (!expression || faults.length > 0) return undefined;
  const ofSelector = ({ metric, metricSpan, matchers }: Selector): Quantity | undefined => {
    if (metric === undefined || (metricSpan && varies(metricSpan))) return undefined;
    if (ofResource.test(metric)) {
      const resource = matchers.find(({ label }) => label === 'resource');
      return resource?.operator === '=' ? resources[resource.value] : undefined;
    }
    if (isOne.test(metric)) return pure;
    return index.recordings.has(metric) ? recorded(index)(metric) : quantityOfName(metric);
  };
  return followQuantity(expression, { quantityOf: ofSelector, varies });
};

// https://github.com/kubernetes/kube-state-metrics/tree/v2.20.0/docs/metrics: the label states the unit.
const ofResource =
  /\bkube_(?:pod_container_resource_(?:requests|limits)|node_status_(?:allocatable|capacity))(?![a-z_])/;
const resources: Readonly<Record<string, Quantity>> = {
  memory: { of: { bytes: 1 }, scale: 1 },
  ephemeral_storage: { of: { bytes: 1 }, scale: 1 },
  // Cores are seconds per second.
  cpu: { of: {}, scale: 1, share: 'sure' },
};

// The value of series that only have labels is 1.
const isOne = /_(?:info|labels|annotations|owner)$|:kube_pod_owner:relabel$/;

const recorded = memoize((index: SeriesIndex) => {
  const known = new Map<string, Quantity | undefined>();
  return (name: string): Quantity | undefined => {
    if (known.has(name)) return known.get(name);
    // A cycle ends here; the check `rules` reports it.
    known.set(name, undefined);
    const all = index.recordings.get(name)!.map(({ analysis }) => quantityOf(analysis, index));
    const [first] = all;
    const found = first && all.every((one) => one && isSame(one, first)) ? first : undefined;
    known.set(name, found);
    return found;
  };
});
