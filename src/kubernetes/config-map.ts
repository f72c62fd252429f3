import type { Construct } from 'constructs';
import type { Identity } from '../model/identity.js';
import { api } from './api.js';

/** A ConfigMap of a workload, with the name of the workload and a suffix. */
export const configMap = (
  scope: Construct,
  identity: Identity,
  subject: string,
  data: Readonly<Record<string, string>>,
): string => {
  const name = `${identity.name}-${subject}`;
  new api.KubeConfigMap(scope, name, {
    metadata: { name, namespace: identity.namespace, labels: { ...identity.labels } },
    // Client-side apply would report an empty field as a change each time.
    data: Object.keys(data).length > 0 ? { ...data } : undefined,
  });
  return name;
};
