import { type Manifest, titleOf } from '../../model/manifest.js';
import type { Fault } from '../pod/fault.js';
import type { PodTemplate } from '../pod/template.js';
import { listOf, recordOf } from '../reference/lenient.js';
import { selectedBy } from '../selection/meant.js';

/** Budgets that block a drain or prevent nothing, and replicas that have none. */
export const drainFaults = (
  manifests: readonly Manifest[],
  templates: readonly PodTemplate[],
): [Manifest, Fault][] => {
  const guarded = new Set<PodTemplate>();
  const found: [Manifest, Fault][] = [];
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
    const fault = budgetFault(recordOf(object.spec), pods);
    if (fault) found.push([manifest, fault]);
  }
  for (const template of templates) {
    const { replicas = 1, manifest } = template;
    if (replicas > 1 && !isSpread(template)) {
      found.push([
        manifest,
        {
          path: `${template.path}.topologySpreadConstraints`,
          message: 'Nothing keeps the replicas apart.',
          value: replicas,
          why: 'They may all run on one node, and fail with it.',
          remedy: 'Spread them over kubernetes.io/hostname.',
        },
      ]);
    }
    if (replicas > 1 && !guarded.has(template)) {
      found.push([
        manifest,
        {
          path: 'spec.replicas',
          message: 'No disruption budget guards the replicas.',
          value: replicas,
          why: 'Drains of several nodes may take all of them at once.',
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

const budgetFault = (
  { minAvailable, maxUnavailable }: Readonly<Record<string, unknown>>,
  pods: number | undefined,
): Fault | undefined => {
  const isMin = minAvailable !== undefined;
  const value = isMin ? minAvailable : maxUnavailable;
  const path = isMin ? 'spec.minAvailable' : 'spec.maxUnavailable';
  const remedy = 'Say maxUnavailable: 1.';
  if (isMin === (maxUnavailable !== undefined)) {
    return {
      path,
      message: isMin
        ? 'The budget says both how many must stay and how many may go.'
        : 'The budget says neither how many must stay nor how many may go.',
      value,
      ...(isMin && { why: 'The API server refuses it.' }),
      remedy,
    };
  }
  const count = countOf(value, pods);
  const going = isMin ? (pods ?? Number.NaN) - count : count;
  if (going <= 0) {
    return {
      path,
      message: 'The budget lets no pod go.',
      value,
      why: `Of ${pods ?? 'any number of'} pods none may be evicted: their nodes cannot be drained.`,
      remedy: pods === 1 ? 'Remove it: of a single pod nothing can stay.' : remedy,
    };
  }
  if (pods !== undefined && pods > 1 && going >= pods) {
    return {
      path,
      message: 'The budget lets all pods go at once.',
      value,
      why: `All ${pods} may be evicted together, as without it.`,
      remedy,
    };
  }
  return undefined;
};

/** A number of pods, or a share of them, which Kubernetes rounds up; not a number where unknown. */
const countOf = (value: unknown, pods: number | undefined): number => {
  if (typeof value === 'number') return value;
  const share = /^(\d+)%$/.exec(`${value}`)?.[1];
  if (share === undefined) return Number.NaN;
  if (Number(share) === 0) return 0;
  return pods === undefined ? Number.NaN : Math.ceil((Number(share) / 100) * pods);
};
