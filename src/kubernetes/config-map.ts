import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Identity } from '../model/identity.js';

/** A ConfigMap of a workload, named after it and what it holds. */
export const configMap = (
  scope: Construct,
  identity: Identity,
  subject: string,
  data: Readonly<Record<string, string>>,
): string => {
  const name = `${identity.name}-${subject}`;
  new k8s.KubeConfigMap(scope, name, {
    metadata: { name, namespace: identity.namespace, labels: { ...identity.labels } },
    // An empty field would look like a change to every client-side apply.
    data: Object.keys(data).length > 0 ? { ...data } : undefined,
  });
  return name;
};
