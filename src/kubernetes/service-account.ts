import type { Construct } from 'constructs';
import type { Identity } from '../model/identity.js';
import { api } from './api.js';

/** The service account of a workload, whose token no pod mounts by itself. */
export const serviceAccount = (
  scope: Construct,
  { name, namespace, labels }: Identity,
  annotations: Readonly<Record<string, string>> = {},
): void => {
  const hasAny = Object.keys(annotations).length > 0;
  new api.KubeServiceAccount(scope, `${name}-service-account`, {
    metadata: {
      name,
      namespace,
      labels: { ...labels },
      ...(hasAny && { annotations: { ...annotations } }),
    },
    automountServiceAccountToken: false,
  });
};
