import type { KubernetesObject } from '../model/manifest.js';
import { podTemplateIn, podTemplatePath } from '../model/pod-template.js';
import { type Json, record, records } from './untyped.js';

/** The specification of the pods of a workload; without fields for another object. */
export const podSpecOf = (object: KubernetesObject): Json =>
  podTemplatePath(object.kind) ? record(podTemplateIn(object)?.spec) : {};

/** All containers of the pods of a workload. */
export const containersOf = (object: KubernetesObject): Json[] => {
  const { containers, initContainers } = podSpecOf(object);
  return [...records(containers), ...records(initContainers)];
};
