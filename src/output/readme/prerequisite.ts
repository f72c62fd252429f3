import type { Prerequisite } from '../../model/prerequisite.js';
import type { Totals } from '../total.js';
import { code, table } from './markdown.js';

/**
 * Objects that must exist in the cluster, with the command that creates each. Without volumes, no
 * StorageClass is needed.
 */
export const prerequisites = (declared: readonly Prerequisite[], { claims }: Totals): string[] => {
  const all = declared.filter(({ kind }) => kind !== 'StorageClass' || claims.length > 0);
  return [
    '## Prerequisites',
    all.length === 0 ? 'Nothing.' : table(['object', 'purpose', 'created by'], all.map(row)),
    ...(all.some(({ kind }) => kind === 'Secret')
      ? [
          `The Secrets go into the stack's own namespaces: apply ${code('00-namespaces.yaml')} first, then create the Secrets, then apply the rest.`,
        ]
      : []),
  ];
};

const row = (one: Prerequisite): string[] => {
  const keys = Object.entries(one.keys ?? {}).map(([key, holds]) => `${code(key)} (${holds})`);
  return [
    `${one.kind} ${code([one.namespace, one.name].filter(Boolean).join('/'))}${
      keys.length > 0 ? ` with ${keys.join(', ')}` : ''
    }`,
    one.purpose,
    commandFor(one),
  ];
};

const commandFor = ({ kind, name, namespace, keys = {}, type }: Prerequisite): string => {
  if (kind === 'Namespace') return code(`kubectl create namespace ${name}`);
  if (kind === 'SecurityContextConstraints') {
    return code(`oc adm policy add-scc-to-group ${name} system:serviceaccounts:${namespace}`);
  }
  if (kind === 'ConfigMap') {
    const files = Object.keys(keys).map((key) => ` --from-file=${key}=./${key}`);
    return code(`kubectl -n ${namespace} create configmap ${name}${files.join('')}`);
  }
  if (kind === 'Service') return 'the application';
  if (kind !== 'Secret') return 'the administrator of the cluster';
  if (type === 'kubernetes.io/tls') {
    return code(`kubectl -n ${namespace} create secret tls ${name} --cert=tls.crt --key=tls.key`);
  }
  if (type === 'kubernetes.io/dockerconfigjson') {
    return code(
      `kubectl -n ${namespace} create secret docker-registry ${name} --from-file=.dockerconfigjson=config.json`,
    );
  }
  const files = Object.keys(keys).map((key) => ` --from-file=${key}=./${key}`);
  return code(`kubectl -n ${namespace} create secret generic ${name}${files.join('')}`);
};
