import { type Manifest, titleOf } from '../../../model/manifest.js';
import { type PodTemplate, selectedBy } from '../../support/pod/template.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { ResourcesFault } from './faults.js';

/** Budgets that block a drain or have no effect, and replicas without a budget. */
export const drainFaults = (
  manifests: readonly Manifest[],
  templates: readonly PodTemplate[],
): [Manifest, ResourcesFault][] => {
  const guarded = new Set<PodTemplate>();
  const found: [Manifest, ResourcesFault][] = [];
  for (const manifest of manifests) {
    const { object } = manifest;
    if (object.kind !== 'PodDisruptionBudget') continue;
    const { selector } = recordOf(object.spec);
    const near = templates.filter(({ namespace }) => namespace === object.metadata.namespace);
    const selected = selector ? selectedBy(selector, near) : [];
    for (const template of selected) guarded.add(template);
    const counts = selected.flatMap(({ replicas }) => replicas ?? []);
    const pods =
      counts.length === selected.length ? counts.reduce((sum, one) => sum + one, 0) : undefined;
    const fault = budgetFault(recordOf(object.spec), pods) ?? unhealthyFault(recordOf(object.spec));
    if (fault) found.push([manifest, fault]);
  }
  for (const template of templates) {
    const { replicas = 1, manifest } = template;
    if (replicas > 1 && !isSpread(template)) {
      found.push([
        manifest,
        {
          path: `${template.path}.topologySpreadConstraints`,
          fault: 'not-spread',
          value: replicas,
        },
      ]);
    }
    for (const fault of waitFaults(template)) found.push([manifest, fault]);
    if (replicas > 1 && !guarded.has(template)) {
      found.push([
        manifest,
        {
          path: 'spec.replicas',
          fault: 'no-budget',
          value: replicas,
          remedy: `Add a PodDisruptionBudget with maxUnavailable 1 that selects the pods of ${titleOf(manifest.object)}.`,
        },
      ]);
    }
  }
  return found;
};

const isSpread = ({ spec }: PodTemplate): boolean =>
  listOf(spec.topologySpreadConstraints).some(
    ({ topologyKey }) => topologyKey === 'kubernetes.io/hostname',
  ) || recordOf(spec.affinity).podAntiAffinity !== undefined;

/** Strict spread constraints that count nodes on which the pods cannot run. */
const waitFaults = ({ spec, path }: PodTemplate): ResourcesFault[] =>
  listOf(spec.topologySpreadConstraints).flatMap(
    ({ whenUnsatisfiable, nodeTaintsPolicy = 'Ignore' }, index) =>
      whenUnsatisfiable !== 'DoNotSchedule' || nodeTaintsPolicy === 'Honor'
        ? []
        : [
            {
              path: `${path}.topologySpreadConstraints[${index}].nodeTaintsPolicy`,
              fault: 'counts-tainted-nodes',
              value: nodeTaintsPolicy,
            },
          ],
  );

const unhealthyFault = ({
  unhealthyPodEvictionPolicy: policy = 'IfHealthyBudget',
}: Readonly<Record<string, unknown>>): ResourcesFault | undefined =>
  policy === 'AlwaysAllow'
    ? undefined
    : {
        path: 'spec.unhealthyPodEvictionPolicy',
        fault: 'protects-unready-pods',
        value: policy,
      };

const budgetFault = (
  { minAvailable, maxUnavailable }: Readonly<Record<string, unknown>>,
  pods: number | undefined,
): ResourcesFault | undefined => {
  const isMin = minAvailable !== undefined;
  const value = isMin ? minAvailable : maxUnavailable;
  const path = isMin ? 'spec.minAvailable' : 'spec.maxUnavailable';
  const remedy = 'Set only maxUnavailable: 1.';
  if (isMin === (maxUnavailable !== undefined)) {
    return {
      path,
      fault: 'unclear-budget',
      message: isMin
        ? 'The disruption budget has both minAvailable and maxUnavailable.'
        : 'The disruption budget has neither minAvailable nor maxUnavailable.',
      value,
      ...(isMin && { why: 'The API server rejects it.' }),
      remedy,
    };
  }
  const count = countOf(value, pods);
  const going = isMin ? (pods ?? Number.NaN) - count : count;
  if (going <= 0) {
    return {
      path,
      fault: 'blocked-drain',
      value,
      why: `None of the ${pods === undefined ? '' : `${pods} `}pods may be evicted, so their nodes cannot be drained.`,
      remedy: pods === 1 ? 'Remove it: a single pod cannot have a disruption budget.' : remedy,
    };
  }
  if (pods !== undefined && pods > 1 && going >= pods) {
    return {
      path,
      fault: 'useless-budget',
      value,
      why: `All ${pods} pods may be evicted at once, as without a budget.`,
      remedy,
    };
  }
  return undefined;
};

/** A number of pods, or a percentage of them, which Kubernetes rounds up; NaN if unknown. */
const countOf = (value: unknown, pods: number | undefined): number => {
  if (typeof value === 'number') return value;
  const share = /^(\d+)%$/.exec(`${value}`)?.[1];
  if (share === undefined) return Number.NaN;
  if (Number(share) === 0) return 0;
  return pods === undefined ? Number.NaN : Math.ceil((Number(share) / 100) * pods);
};
