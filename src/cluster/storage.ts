import type { Found } from './found.js';
import { objectsOf, type Reading } from './reading.js';

/** A storage class for all volumes. */
export interface StorageFact
  extends Found<{ readonly name: string; readonly expandable: boolean }> {
  /** Whether the cluster uses it for claims without a class. */
  readonly isDefault: boolean;
}

const annotation = 'storageclass.kubernetes.io/is-default-class';

/** The default class; if there is none, the only one that makes volumes, or the first by name. */
export const storageFact = (reading: Reading): StorageFact | undefined => {
  // Volumes of these classes are made by hand.
  const classes = objectsOf(reading, 'StorageClass').filter(
    ({ provisioner }) => provisioner !== 'kubernetes.io/no-provisioner',
  );
  const marked = classes.find(({ metadata }) => metadata.annotations?.[annotation] === 'true');
  const chosen = marked ?? classes[0];
  if (!chosen) return undefined;
  const { name } = chosen.metadata;
  return {
    value: { name, expandable: chosen.allowVolumeExpansion === true },
    from: marked
      ? `StorageClass ${name}, the default`
      : `StorageClass ${name}; none is the default, of: ${classes.map(({ metadata }) => metadata.name).join(', ')}`,
    isDefault: marked !== undefined,
  };
};
