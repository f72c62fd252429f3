import type { Construct } from 'constructs';
import type { StackNames } from '../model/identity.js';
import { stackLabels } from '../model/identity.js';
import { api } from './api.js';
import { keepOnPrune } from './claim.js';

/** The namespaces of the stack that are used, each with the Pod Security level that it enforces. */
export const namespaces = (
  scope: Construct,
  { stack, namespaces: names }: StackNames,
  used: readonly string[],
  annotations: Readonly<Record<string, string>> = {},
): void => {
  for (const name of used) {
    const level = name === names.nodeAgents ? 'privileged' : 'restricted';
    namespace(scope, stack, name, level, annotations);
  }
};

const namespace = (
  scope: Construct,
  stack: string,
  name: string,
  level: 'restricted' | 'privileged',
  annotations: Readonly<Record<string, string>>,
): void => {
  new api.KubeNamespace(scope, `${name}-namespace`, {
    metadata: {
      name,
      labels: {
        ...stackLabels(stack),
        'pod-security.kubernetes.io/enforce': level,
        'pod-security.kubernetes.io/audit': level,
        'pod-security.kubernetes.io/warn': level,
      },
      annotations: { ...keepOnPrune, ...annotations },
    },
  });
};
