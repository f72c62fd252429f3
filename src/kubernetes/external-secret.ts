import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { stackLabels } from '../model/identity.js';
import type { SecretPrerequisite } from '../model/prerequisite.js';
import { keepOnPrune } from './claim.js';

const wave = (number: number): Readonly<Record<string, string>> => ({
  'argocd.argoproj.io/sync-wave': `${number}`,
});

/**
 * The order in which Argo CD applies objects: first the namespaces, then the Secrets, and the rest when these are
 * healthy. https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export const waves = { namespaces: wave(-2), secrets: wave(-1) };

/**
 * The object from which External Secrets makes a Secret. It has the fields that the API server would add, so that Argo CD
 * sees no difference. With a template, the Secret does not get the labels of this object, by which Argo CD would
 * consider it as its own. https://external-secrets.io/latest/api/externalsecret/
 */
export const externalSecret = (
  scope: Construct,
  stack: string,
  { name, namespace, type, remote }: SecretPrerequisite,
  refreshInterval: string | undefined,
): void => {
  if (!remote) return;
  new ApiObject(scope, `${namespace}-${name}`, {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: {
      name,
      namespace,
      labels: stackLabels(stack),
      annotations: { ...keepOnPrune, ...waves.secrets },
    },
    spec: {
      refreshInterval,
      secretStoreRef: { ...remote.store },
      target: {
        name,
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        template: {
          type: type ?? 'Opaque',
          engineVersion: 'v2',
          mergePolicy: 'Replace',
          metadata: { annotations: { ...keepOnPrune } },
        },
      },
      data: Object.entries(remote.values).map(([secretKey, value]) => ({
        secretKey,
        remoteRef: {
          ...value,
          conversionStrategy: 'Default',
          decodingStrategy: 'None',
          metadataPolicy: 'None',
        },
      })),
    },
  });
};
