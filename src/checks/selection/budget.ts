import { type Manifest, titleOf } from '../../model/manifest.js';
import type { Fault } from '../pod/fault.js';
import type { PodTemplate } from '../pod/template.js';
import { recordOf } from '../reference/lenient.js';
import { loose, misled, selectedBy } from './meant.js';

/** What is wrong with the pods that a disruption budget guards; `guarded` has what others do. */
export const budgetFaults = (
  manifest: Manifest,
  near: readonly PodTemplate[],
  guarded: Map<PodTemplate, Manifest>,
): Fault[] => {
  const { selector } = recordOf(manifest.object.spec);
  // That it has none, or that it selects nothing, the check of references tells.
  const selected = selector ? selectedBy(selector, near) : [];
  const found = [
    ...misled(manifest.object, 'spec.selector', selected, near),
    ...selected.slice(0, 1).flatMap(({ labels }) => loose('spec.selector', selector, labels)),
  ];
  for (const template of selected) {
    const other = guarded.get(template);
    if (!other) {
      guarded.set(template, manifest);
      continue;
    }
    found.push({
      path: 'spec.selector',
      message: `${titleOf(other.object)} guards the same pods.`,
      value: titleOf(template.manifest.object),
      why: 'Kubernetes evicts no pod that two budgets guard: its node cannot be drained.',
      remedy: 'Remove one of the two.',
    });
  }
  return found;
};
