import type { KubernetesObject } from '../../model/manifest.js';
import { selectsAll } from '../network/selector.js';
import type { Fault } from '../pod/fault.js';
import type { PodTemplate } from '../pod/template.js';
import { listOf, recordOf } from '../reference/lenient.js';
import { loose, misled, selectedBy, selectsNone } from './meant.js';

/** What is wrong with the pods that a network policy is for. */
export const policyFaults = (
  object: KubernetesObject,
  field: 'podSelector' | 'endpointSelector',
  near: readonly PodTemplate[],
): Fault[] => {
  const spec = recordOf(object.spec);
  const path = `spec.${field}`;
  if (selectsAll(spec[field])) {
    const opens = ['ingress', 'egress'].some((direction) => listOf(spec[direction]).length > 0);
    if (!opens) return [];
    return [
      {
        path,
        message: 'The policy opens something for every pod of the namespace.',
        why: 'Only a policy that denies everything is meant for all.',
        remedy: 'Select the pods of the workload that needs it.',
      },
    ];
  }
  const selected = selectedBy(spec[field], near);
  if (selected.length === 0) return [selectsNone(path, spec[field], near)];
  return [
    ...misled(object, path, selected, near),
    ...selected.slice(0, 1).flatMap(({ labels }) => loose(path, spec[field], labels)),
    ...unpoliced(path, selected),
  ];
};

const unpoliced = (path: string, selected: readonly PodTemplate[]): Fault[] =>
  selected.every(({ spec }) => spec.hostNetwork === true)
    ? [
        {
          path,
          message: 'The policy selects pods of the host network alone.',
          why: 'No policy holds for these: they share the address of their node.',
          remedy: 'Remove it, or give the pods a network of their own.',
        },
      ]
    : [];
