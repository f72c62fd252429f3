import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { KubernetesObject } from '../model/manifest.js';

// Of these some fields cannot change; the others need not be read again.
const kept = /^kind: (PersistentVolumeClaim|StatefulSet|Deployment|DaemonSet|\w*RoleBinding)$/m;

// Most of a workload's text, and free to change: reading it would cost more than all else.
const podTemplate = /^ {2}template:\n(?: {3,}.*\n)*/m;

/** The objects of an environment, of kinds with fixed fields, as they were published last. */
export const publishedObjects = (out: string, environment: string): KubernetesObject[] => {
  const folder = join(out, environment);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split(/^---$/m))
    .filter((text) => kept.test(text))
    .map((text) => parseDocument(text.replace(podTemplate, '')).toJS() as KubernetesObject | null)
    .filter((object): object is KubernetesObject => typeof object?.kind === 'string');
};
