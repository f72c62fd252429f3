import type { Prerequisite, RemoteSecret } from './prerequisite.js';

/** What creates an object that must exist: a command, or the person or program that is named. */
export type Creation =
  | { readonly command: string; readonly by?: never }
  | { readonly command?: never; readonly by: string };

export const creationOf = (one: Prerequisite): Creation => {
  const { kind, name, namespace, keys = {}, type, remote, sealed } = one;
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
      if (remote) return { by: remoteText(remote) };
      if (sealed) return { by: `Sealed Secrets, from ${sealed.file}` };
      return {
        command: `kubectl -n ${namespace} create secret ${secretArguments(type, name, files)}`,
      };
    case 'Service':
      return { by: 'the application' };
    default:
      return { by: 'the administrator of the cluster' };
  }
};

/** From which entries of the store the values come. */
const remoteText = ({ store, values }: RemoteSecret): string => {
  const all = Object.entries(values);
  const entries = [...new Set(all.map(([, { key }]) => key))];
  const isPlain = entries.length === 1 && all.every(([key, { property }]) => property === key);
  const places = all.map(([key, { key: entry, property }]) =>
    property === undefined
      ? `${key} from ${entry}`
      : `${key} from the field ${property} of ${entry}`,
  );
  const from = isPlain ? `the fields of these names of ${entries[0]}` : places.join('; ');
  return `External Secrets, from ${store.kind} ${store.name}: ${from}`;
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
