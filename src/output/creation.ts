import type { Prerequisite } from '../model/prerequisite.js';

/** How an object that must exist is created: with a command, or by whom. */
export type Creation =
  | { readonly command: string; readonly by?: never }
  | { readonly command?: never; readonly by: string };

export const creationOf = ({ kind, name, namespace, keys = {}, type }: Prerequisite): Creation => {
  const files = Object.keys(keys).map((key) => ` --from-file=${key}=./${key}`);
  switch (kind) {
    case 'Namespace':
      return { command: `kubectl create namespace ${name}` };
    case 'SecurityContextConstraints':
      return {
        command: `oc adm policy add-scc-to-group ${name} system:serviceaccounts:${namespace}`,
      };
    case 'ConfigMap':
      return { command: `kubectl -n ${namespace} create configmap ${name}${files.join('')}` };
    case 'Secret':
      return {
        command: `kubectl -n ${namespace} create secret ${secretArguments(type, name, files)}`,
      };
    case 'Service':
      return { by: 'the application' };
    default:
      return { by: 'the administrator of the cluster' };
  }
};

const secretArguments = (
  type: Prerequisite['type'],
  name: string,
  files: readonly string[],
): string => {
  switch (type) {
    case 'kubernetes.io/tls':
      return `tls ${name} --cert=tls.crt --key=tls.key`;
    case 'kubernetes.io/dockerconfigjson':
      return `docker-registry ${name} --from-file=.dockerconfigjson=config.json`;
    default:
      return `generic ${name}${files.join('')}`;
  }
};
