import type { KubernetesObject } from './manifest.js';

/** The path from an object of a kind to its pod template; of other kinds undefined. A Pod is its own template. */
export const podTemplatePath = (kind: string): readonly string[] | undefined => paths.get(kind);

const ofWorkload = ['spec', 'template'];

const paths: ReadonlyMap<string, readonly string[]> = new Map([
  ['Deployment', ofWorkload],
  ['StatefulSet', ofWorkload],
  ['DaemonSet', ofWorkload],
  ['ReplicaSet', ofWorkload],
  ['Job', ofWorkload],
  ['CronJob', ['spec', 'jobTemplate', ...ofWorkload]],
  ['Pod', []],
]);

// A kind of a user can have one too.
const pathIn = ({ kind }: KubernetesObject): readonly string[] => paths.get(kind) ?? ofWorkload;

/** The pod template of an object as it ships; undefined if it has none. */
// biome-ignore lint/suspicious/noExplicitAny: an object as it ships
export const podTemplateIn = (object: KubernetesObject): any =>
  // biome-ignore lint/suspicious/noExplicitAny: an object as it ships
  pathIn(object).reduce<any>((value, step) => value?.[step], object);

/** The path of the specification of the pods of an object. */
export const podSpecPath = (object: KubernetesObject): string =>
  [...pathIn(object), 'spec'].join('.');

/**
 * How many pods of an object run: those of one node for a DaemonSet, and none of a suspended CronJob; undefined if a
 * patch has written another value than a number.
 */
export const podCount = ({ kind, spec }: KubernetesObject): number | undefined => {
  if (kind === 'DaemonSet') return 1;
  if (kind === 'CronJob') return spec?.suspend === true ? 0 : 1;
  const replicas = spec?.replicas ?? 1;
  return typeof replicas === 'number' ? replicas : undefined;
};

/** The object with another pod template. */
export const withPodTemplate = (object: KubernetesObject, template: unknown): KubernetesObject =>
  replaced(object, pathIn(object), template);

// biome-ignore lint/suspicious/noExplicitAny: an object as it ships
const replaced = (object: any, [step, ...rest]: readonly string[], value: unknown): any =>
  step === undefined ? value : { ...object, [step]: replaced(object?.[step], rest, value) };
