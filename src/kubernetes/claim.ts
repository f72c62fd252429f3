import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Identity } from '../model/identity.js';

/** The one claim template of a StatefulSet, and the name of the volume it mounts. */
export const claimTemplateName = 'data';

/**
 * Size in a StatefulSet's template, which cannot change. It is never used: the claims exist before
 * the StatefulSet, under the names that it would give them, and it adopts them.
 */
const templateSize = '1Gi';

/** Keeps an object when it leaves the manifests: Argo CD's and Flux's own annotations. */
export const keepOnPrune: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/** One claim for each replica, as an object of its own that can grow. */
export const claims = (
  scope: Construct,
  identity: Identity,
  replicas: number,
  size: string,
  storageClass: string | undefined,
): void => {
  for (let ordinal = 0; ordinal < replicas; ordinal++) {
    const name = `${claimTemplateName}-${identity.name}-${ordinal}`;
    new k8s.KubePersistentVolumeClaim(scope, name, {
      metadata: {
        name,
        namespace: identity.namespace,
        labels: { ...identity.labels },
        annotations: { ...keepOnPrune },
      },
      spec: claimSpec(size, storageClass),
    });
  }
};

/** The template by which a StatefulSet finds its claims. */
export const claimTemplate = (
  storageClass: string | undefined,
): k8s.KubePersistentVolumeClaimProps => ({
  metadata: { name: claimTemplateName },
  spec: claimSpec(templateSize, storageClass),
});

const claimSpec = (
  size: string,
  storageClass: string | undefined,
): k8s.PersistentVolumeClaimSpec => ({
  accessModes: ['ReadWriteOnce'],
  storageClassName: storageClass,
  resources: { requests: { storage: k8s.Quantity.fromString(size) } },
});
