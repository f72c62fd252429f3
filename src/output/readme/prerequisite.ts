import type { Prerequisite } from '../../model/prerequisite.js';
import { code, table } from './markdown.js';

/** What must exist in the cluster before, with the command that makes it. */
export const prerequisites = (all: readonly Prerequisite[]): string[] => [
  '## What must exist beforehand',
  all.length === 0 ? 'Nothing.' : table(['object', 'for', 'made by'], all.map(row)),
  ...(all.some(({ kind }) => kind === 'Secret')
    ? [
        `The Secrets go into the stack's own namespaces: apply ${code('00-namespaces.yaml')} first, then make them, then apply the rest.`,
      ]
    : []),
];

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
  if (kind !== 'Secret') return 'the cluster’s administrator';
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
