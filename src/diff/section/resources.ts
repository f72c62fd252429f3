import type { KubernetesObject } from '../../model/manifest.js';
import { podAmount } from '../../model/pod-amount.js';
import { podCount } from '../../model/pod-template.js';
import { formatBytes, formatCores } from '../../model/quantity.js';
import { type Change, type Detail, kindOf } from '../change.js';
import type { Comparison } from '../comparison.js';
import { detailsOf, differences } from '../differences.js';
import type { Pair } from '../pair.js';
import { containersOf, podSpecOf } from '../pods.js';
import { sums } from '../tally.js';
import { record } from '../untyped.js';

/** Requests and limits of containers, their total, and volumes. */
export const resources = (comparison: Comparison): Change[] => [
  ...comparison.pairs.flatMap((pair) => [...ofContainers(pair), ...ofClaim(pair)]),
  ...total(comparison.workloads),
];

const ofContainers = ({ title, before, after }: Pair): Change[] => {
  if (!before || !after) return [];
  const old = new Map(containersOf(before).map((one) => [one.name, one.resources]));
  return containersOf(after).flatMap(({ name, resources: fresh }): Change[] => {
    if (!old.has(name)) return [];
    const details = detailsOf(differences(old.get(name) ?? {}, fresh ?? {}));
    if (details.length === 0) return [];
    return [{ section: 'resources', kind: 'changed', subject: `${title}, ${name}`, details }];
  });
};

const ofClaim = ({ kind, title, before, after }: Pair): Change[] => {
  if (kind !== 'PersistentVolumeClaim') return [];
  const base = { section: 'resources', kind: kindOf(before, after), subject: title } as const;
  if (before && after) {
    const details = detailsOf(differences(claimOf(before), claimOf(after)));
    return details.length > 0 ? [{ ...base, details }] : [];
  }
  const size = `${claimOf((after ?? before)!).size}`;
  return [
    { ...base, details: [{ what: 'size', ...(after ? { after: size } : { before: size }) }] },
  ];
};

const claimOf = (claim: KubernetesObject) => {
  const { resources: amounts, ...spec } = record(claim.spec);
  return { size: record(record(amounts).requests).storage, ...spec };
};

const total = ({ before, after }: Comparison['workloads']): Change[] => {
  const details = [
    sum('CPU requests', before, after, 'requests', 'cpu', formatCores),
    sum('memory requests', before, after, 'requests', 'memory', formatBytes),
    sum('memory limits', before, after, 'limits', 'memory', formatBytes),
  ].flat();
  const subject = sums.resources;
  return details.length > 0 ? [{ section: 'resources', kind: 'changed', subject, details }] : [];
};

const sum = (
  what: string,
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
  side: 'requests' | 'limits',
  resource: 'cpu' | 'memory',
  format: (value: number) => string,
): Detail[] => {
  const [old, fresh] = [before, after].map((workloads) =>
    format(
      workloads
        .map((object) => (podCount(object) ?? 1) * podAmount(podSpecOf(object), side, resource))
        .reduce((all, one) => all + one, 0),
    ),
  );
  return old === fresh ? [] : [{ what, before: old!, after: fresh! }];
};
