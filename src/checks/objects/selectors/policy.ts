import type { KubernetesObject } from '../../../model/manifest.js';
import { type PodTemplate, selectedBy } from '../../support/pod/template.js';
import { requires, selectsAll } from '../../support/selector.js';
import { listOf, recordOf } from '../../support/untyped.js';
import type { SelectorsFault } from './faults.js';
import { loose, misled, selectsNone } from './mismatch.js';

/** Faults of the pods that a network policy selects; `guests` are labels of pods that others deploy. */
export const policyFaults = (
  object: KubernetesObject,
  field: 'podSelector' | 'endpointSelector',
  near: readonly PodTemplate[],
  guests: readonly Readonly<Record<string, string>>[],
): SelectorsFault[] => {
  const spec = recordOf(object.spec);
  const path = `spec.${field}`;
  if (selectsAll(spec[field])) {
    const opens = ['ingress', 'egress'].some((direction) => listOf(spec[direction]).length > 0);
    if (!opens) return [];
    return [
      {
        path,
        fault: 'opens-for-all-pods',
      },
    ];
  }
  const selected = selectedBy(spec[field], near);
  if (selected.length === 0) {
    const ofGuest = guests.some((labels) => requires(spec[field], labels));
    return ofGuest ? [] : [selectsNone(path, spec[field], near)];
  }
  return [
    ...misled(object, path, selected, near),
    ...selected.slice(0, 1).flatMap(({ labels }) => loose(path, spec[field], labels)),
    ...unpoliced(path, selected),
  ];
};

const unpoliced = (path: string, selected: readonly PodTemplate[]): SelectorsFault[] =>
  selected.every(({ spec }) => spec.hostNetwork === true)
    ? [
        {
          path,
          fault: 'host-network-policy',
        },
      ]
    : [];
