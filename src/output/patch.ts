import { configFinding } from '../config/faults.js';
import { originOf } from '../config/origin.js';
import type { Finding, Place } from '../model/finding.js';
import type { KubernetesObject } from '../model/manifest.js';
import { firstLineOf, isPromise, unreadableIn } from '../model/unreadable.js';

/** Why the function `patch` of an environment has no valid result for an object. */
export interface PatchFault {
  /** The rest of the sentence that starts with the function. */
  readonly what: string;
  readonly remedy: string;
  readonly place: Place;
}

type Patch = (object: Record<string, unknown>) => unknown;

interface Patched {
  readonly object?: KubernetesObject;
  readonly fault?: PatchFault;
}

/** A patched object, or why there is none. */
export const patchedBy = (patch: Patch | undefined, object: KubernetesObject): Patched => {
  if (!patch) return { object };
  let result: unknown;
  try {
    result = patch(structuredClone(object));
  } catch (error) {
    return fault(
      `throws an error: ${firstLineOf(error)}`,
      'Correct the function: it is called with every object, and few of them have the same fields.',
      originOf(error),
    );
  }
  if (isPromise(result)) {
    return fault(
      'is asynchronous: it returns a promise',
      'Return the object itself, without async.',
    );
  }
  try {
    // It throws if an object contains itself or cannot be read.
    JSON.stringify(result);
    if (isObject(result)) return { object: result };
  } catch (error) {
    const { path = [], expected = 'an object that can be written' } = unreadableIn(result) ?? {};
    return fault(
      `returns an object that cannot be written: ${firstLineOf(error)}`,
      `Set ${path.length > 0 ? path.map(String).join('.') : 'the result'} to ${expected}.`,
    );
  }
  return result === undefined || result === null
    ? fault('returns nothing', 'Return the object, also if there is nothing to change.')
    : fault(
        'does not return an object of Kubernetes',
        'Return the object with its apiVersion, kind and metadata.name.',
      );
};

const fault = (what: string, remedy: string, place: Place = {}): Patched => ({
  fault: { what, remedy, place },
});

/** One finding about a patch: its faults have one cause. */
export const patchFinding = ([first, ...others]: readonly PatchFault[]): Finding[] => {
  if (!first) return [];
  const { what, remedy, place } = first;
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return [
    configFinding({
      fault: 'invalid-patch',
      place: { path: 'patch', ...place },
      message: `The function patch ${what.replace(/\.$/, '')} (for ${place.object}${more}).`,
      remedy,
    }),
  ];
};

const isObject = (value: unknown): value is KubernetesObject => {
  const { kind, apiVersion, metadata } = (value ?? {}) as Partial<KubernetesObject>;
  return (
    typeof kind === 'string' && typeof apiVersion === 'string' && typeof metadata?.name === 'string'
  );
};
