import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  pruned: {
    what: 'Argo CD or Flux deletes the object when it is pruned, and the data with it.',
    why: 'Removing the application, or a mistake in a pipeline, would delete all stored data.',
    example: 'kind: PersistentVolumeClaim\nmetadata:\n  annotations: {}',
    fix: 'Restore the annotations: Prune=false,Delete=false for Argo CD, disabled for Flux.',
  },
  removed: {
    what: 'A published volume is no longer part of the environment.',
    why: 'The claim stays in the cluster with its data, which nothing uses any more.',
    example: 'prometheus: { replicas: 1 }   // it was 2',
    fix: 'Delete the claim by hand when its data is not needed any more.',
    severity: 'warning',
  },
  shrunk: {
    what: 'The volume is smaller than the published one.',
    why: 'Kubernetes cannot shrink a volume: the API server rejects the change.',
    example: "prometheus: { volume: '20Gi' }   // it was '50Gi'",
    fix: 'Set the volume to the published size or more.',
  },
  'not-expandable': {
    what: 'The volume is larger than the published one, and its storage class cannot expand volumes.',
    why: 'The API server rejects the change.',
    example:
      "cluster: { storageClass: { name: 'local', expandable: false }, … },\nprometheus: { volume: '100Gi' }   // it was '50Gi'",
    fix: 'Set the volume to the published size, or use a class that can expand volumes.',
  },
  'class-changed': {
    what: 'The storage class of a published volume changes.',
    why: 'The API server rejects the change.',
    example:
      "cluster: { storageClass: { name: 'fast', expandable: true }, … }   // it was 'standard'",
    fix: 'Restore the storage class. To move to another class, create a new claim and copy the data.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
