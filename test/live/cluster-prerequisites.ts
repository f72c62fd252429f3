import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { KubernetesObject } from '../../src/model/manifest.js';

/** The folder of an environment in `dist/`. */
export const folderOf = (environment: string): string =>
  resolve(import.meta.dirname, '../../dist', environment);

/** The objects that must exist in advance according to the generated README of an environment. */
export const prerequisites = (environment: string): KubernetesObject[] => {
  const readme = readFileSync(join(folderOf(environment), 'README.md'), 'utf8');
  const [, section = ''] = readme.split('## Prerequisites');
  const [table = ''] = section.split('\n## ');
  const made = [...table.matchAll(/^\| (?<kind>[A-Z]\w+) `(?<name>[^`]+)`(?<rest>[^|]*)\|/gm)].map(
    ({ groups }) => {
      const { kind = '', name = '', rest = '' } = groups ?? {};
      const make = makers[kind];
      if (!make) throw new Error(`${environment} needs a ${kind}, which nothing here makes.`);
      return make(
        name,
        [...rest.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key),
      );
    },
  );
  // Namespaces first, then the objects in them.
  const isNamespace = ({ kind }: KubernetesObject) => kind === 'Namespace';
  return [...made.filter(isNamespace), ...made.filter((one) => !isNamespace(one))];
};

const makers: Record<string, (name: string, keys: readonly string[]) => KubernetesObject> = {
  Namespace: (name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
  PriorityClass: (name) => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value: 1_000_000,
  }),
  StorageClass: (name) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: 'example.com/none',
    allowVolumeExpansion: true,
  }),
  IngressClass: (name) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name },
    spec: { controller: 'example.com/none' },
  }),
  Gateway: (path) => {
    const [namespace = '', name = ''] = path.split('/');
    return {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { namespace, name },
      spec: { gatewayClassName: 'none', listeners: [] },
    };
  },
  Secret: (path, keys) => {
    const [namespace = '', name = ''] = path.split('/');
    const stringData = Object.fromEntries(keys.map((key) => [key, 'placeholder']));
    return { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name }, stringData };
  },
};
