import { type Manifest, titleOf } from '../../../model/manifest.js';
import { type PodTemplate, selectedBy } from '../../support/pod/template.js';
import { recordOf } from '../../support/untyped.js';
import type { SelectorsFault } from './faults.js';
import { loose, misled } from './mismatch.js';

/** Faults of the pods that a disruption budget selects; `guarded` has the pods of the earlier budgets. */
export const budgetFaults = (
  manifest: Manifest,
  near: readonly PodTemplate[],
  guarded: Map<PodTemplate, Manifest>,
): SelectorsFault[] => {
  const { selector } = recordOf(manifest.object.spec);
  // The check `references` reports a selector that is missing or selects nothing.
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
      fault: 'two-budgets',
      message: `${titleOf(other.object)} selects the same pods.`,
      value: titleOf(template.manifest.object),
    });
  }
  return found;
};
