import type { Setting } from '../model/wiring.js';
import type { Environment } from './environment.js';
import { imageReference, images } from './images.js';
import { platformOf } from './platforms.js';
import { type Sizing, scales, sized, sizings } from './sizing.js';

/** What components learn of an environment. */
export const settingOf = (environment: Environment): Setting => ({
  names: { stack: environment.stack, namespaces: environment.namespaces },
  cluster: environment.cluster.name,
  scrapeInterval: environment.prometheus.scrapeInterval,
  keep: environment.prometheus.keep,
  image: (name) => {
    const image = Object.entries(images).find(([key]) => key === name)?.[1];
    if (!image) throw new Error(`There is no image '${name}' in config/images.ts.`);
    return {
      reference: imageReference(image, environment.imageMirror),
      user: image.user,
      group: image.group,
    };
  },
  storageClass: storageClassOf(environment)?.name,
  pullSecrets: environment.pullSecrets,
  nodeSelector: environment.nodeSelector,
  tolerations: environment.tolerations,
  priorityClass: environment.priorityClass,
});

/** The class of all volumes: the environment's, or the platform's default one. */
export const storageClassOf = ({ cluster }: Environment) =>
  cluster.storageClass ?? platformOf(cluster.platform).storageClass?.value;

/** What runs the containers: at the platform's socket where the environment names none. */
export const runtimeOf = ({ cadvisor: { runtime }, cluster }: Environment) =>
  runtime.kind === 'docker'
    ? runtime
    : {
        ...runtime,
        socket: runtime.socket ?? platformOf(cluster.platform).containerdSocket.value,
      };

/** How many nodes and pods the cluster is taken to have. */
export const scaleOf = ({ cluster: { nodes, pods }, size }: Environment) => ({
  nodes: nodes ?? scales[size].nodes,
  pods: pods ?? scales[size].pods,
});

/** The preset of an environment with what it overrides. */
export const sizingOf = (environment: Environment): Sizing => {
  const preset: Sizing = sizings[environment.size];
  const own = sized.map((name) => [
    name,
    { ...preset[name], ...given<object>(environment[name], preset[name]) },
  ]);
  return { ...preset, ...Object.fromEntries(own) };
};

/** Of the options, those that the preset has as well and that were given. */
const given = <T extends object>(options: { [K in keyof T]?: T[K] }, preset: T): Partial<T> =>
  Object.fromEntries(
    Object.keys(preset).flatMap((key) => {
      const value = options[key as keyof T];
      return value === undefined ? [] : [[key, value]];
    }),
  ) as Partial<T>;
