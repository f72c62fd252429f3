import type { KubernetesObject } from '../../model/manifest.js';
import { type Change, kindOf } from '../change.js';
import type { Comparison } from '../comparison.js';
import { containersOf, podSpecOf } from '../pods.js';
import { type Json, record, records } from '../untyped.js';

/** Secrets, and their keys, that must exist for the pods to start. */
export const secrets = ({ workloads }: Comparison): Change[] => {
  const [before, after] = [requiredBy(workloads.before), requiredBy(workloads.after)];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((subject): Change[] => {
    const [old, fresh] = [before.get(subject), after.get(subject)];
    const gone = [...(old ?? [])].filter((key) => !fresh?.has(key));
    const added = [...(fresh ?? [])].filter((key) => !old?.has(key));
    if (gone.length + added.length === 0 && (old !== undefined) === (fresh !== undefined))
      return [];
    const details = [
      ...gone.map((key) => ({ what: 'key', before: key })),
      ...added.map((key) => ({ what: 'key', after: key })),
    ];
    return [{ section: 'secrets', kind: kindOf(old, fresh), subject, details }];
  });
};

type Keys = ReadonlySet<string>;

const requiredBy = (workloads: readonly KubernetesObject[]): Map<string, Keys> => {
  const found = new Map<string, Set<string>>();
  for (const object of workloads) {
    for (const [name, keys] of referencesOf(object)) {
      const subject = `Secret ${object.metadata.namespace ?? 'default'}/${name}`;
      const known = found.get(subject) ?? new Set();
      for (const key of keys) known.add(key);
      found.set(subject, known);
    }
  }
  return found;
};

type Reference = readonly [name: string, keys: readonly string[]];

const referencesOf = (object: KubernetesObject): Reference[] => {
  const { volumes, imagePullSecrets } = podSpecOf(object);
  const sources = records(volumes).flatMap(({ secret, projected }) => [
    ...(secret ? [{ ...record(secret), name: secret.secretName }] : []),
    ...records(record(projected).sources).flatMap((source) => source.secret ?? []),
  ]);
  const keyRefs = containersOf(object).flatMap(({ env, envFrom }) => [
    ...records(env).flatMap(({ valueFrom }) => record(valueFrom).secretKeyRef ?? []),
    ...records(envFrom).flatMap(({ secretRef }) => secretRef ?? []),
  ]);
  return [
    ...sources.filter(isRequired).map((one): Reference => [one.name, keysOf(one)]),
    ...keyRefs.filter(isRequired).map(({ name, key }): Reference => [name, key ? [key] : []]),
    ...records(imagePullSecrets).map(({ name }): Reference => [name, []]),
  ];
};

const keysOf = ({ items }: Json): string[] => records(items).map(({ key }) => `${key}`);

const isRequired = ({ optional }: Json): boolean => optional !== true;
