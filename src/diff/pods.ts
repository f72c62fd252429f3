import type { KubernetesObject } from '../model/manifest.js';
import { podTemplatePath } from '../model/pod-template.js';
import { type Json, record, records } from './untyped.js';

/** The specification of the pods of a workload; without fields for another object. */
export const podSpecOf = (object: KubernetesObject): Json => {
  const path = podTemplatePath(object.kind);
  return path ? record([...path, 'spec'].reduce((at: Json, name) => record(at)[name], object)) : {};
};

/** All containers of the pods of a workload. */
export const containersOf = (object: KubernetesObject): Json[] => {
  const { containers, initContainers } = podSpecOf(object);
  return [...records(containers), ...records(initContainers)];
};
