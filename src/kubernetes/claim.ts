import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Identity } from '../model/identity.js';
import { api, quantity } from './api.js';

/** The claim template of a StatefulSet, and the name of the volume that its pods mount. */
export const claimTemplateName = 'data';

/**
 * Size in the claim template of a StatefulSet. The template is immutable, so it must not depend on the
 * size of the volume. The claims are separate objects with the names that the StatefulSet would use,
 * so it adopts them. It uses the template only if somebody deleted a claim, or added a replica by
 * hand.
 */
export const templateSize = '1Gi';

/** Annotations of Argo CD and Flux that keep an object when it is removed from the manifests. */
export const keepOnPrune: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/** The name of the claim of a replica. */
export const claimName = ({ name }: Pick<Identity, 'name'>, ordinal: number): string =>
  `${claimTemplateName}-${name}-${ordinal}`;

/** A claim for each replica, as a separate object whose size can grow. */
export const claims = (
  scope: Construct,
  identity: Identity,
  replicas: number,
  size: string,
  storageClass: string | undefined,
): void => {
  for (let ordinal = 0; ordinal < replicas; ordinal++) {
    const name = claimName(identity, ordinal);
    new api.KubePersistentVolumeClaim(scope, name, {
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

/** The template with which a StatefulSet finds its claims. */
export const claimTemplate = (
  storageClass: string | undefined,
  size = templateSize,
): k8s.KubePersistentVolumeClaimProps => ({
  metadata: { name: claimTemplateName },
  spec: claimSpec(size, storageClass),
});

/** What a claim asks for. */
export const claimSpec = (
  size: string,
  storageClass: string | undefined,
): k8s.PersistentVolumeClaimSpec => ({
  accessModes: ['ReadWriteOnce'],
  storageClassName: storageClass,
  resources: { requests: { storage: quantity(size, 'volume') } },
});
