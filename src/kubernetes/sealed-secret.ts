import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { stackLabels } from '../model/identity.js';
import type { SecretPrerequisite } from '../model/prerequisite.js';
import { keepOnPrune } from './claim.js';
import { waves } from './external-secret.js';

/** The object from which Sealed Secrets makes a Secret, as its file has it. */
export const sealedSecret = (
  scope: Construct,
  stack: string,
  { name, namespace, sealed }: SecretPrerequisite,
): void => {
  if (!sealed) return;
  new ApiObject(scope, `${namespace}-${name}`, {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: {
      name,
      namespace,
      labels: stackLabels(stack),
      annotations: { ...sealed.annotations, ...keepOnPrune, ...waves.secrets },
    },
    spec: sealed.spec,
  });
};
