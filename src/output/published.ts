import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject, Manifest } from '../model/manifest.js';
import { fromYaml, yamlOf } from '../model/yaml.js';
import { generatedMark } from './files.js';

// Of these some fields cannot change; the others need not be read again.
const kept = /^(?:PersistentVolumeClaim|StatefulSet|Deployment|DaemonSet|\w*RoleBinding)$/;

/**
 * The objects of an environment, of kinds with fixed fields, as they were published last. What is
 * still the same to the byte is taken from the manifests: reading it would take longer.
 */
export const publishedObjects = (
  out: string,
  environment: string,
  manifests: readonly Manifest[],
): KubernetesObject[] => {
  const folder = join(out, environment);
  if (!existsSync(folder)) return [];
  const unchanged = new Map(
    manifests
      .filter(({ object }) => kept.test(object.kind))
      .map(({ object }) => [yamlOf(object), object]),
  );
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => documentsIn(readFileSync(join(folder, file), 'utf8')))
    .filter((text) => kept.test(kindOf(text)))
    .map((text) => unchanged.get(text) ?? read(text))
    .filter((object): object is KubernetesObject => typeof object?.kind === 'string');
};

const documentsIn = (text: string): string[] =>
  text.replace(`${generatedMark}\n`, '').split(/^---\n/m);

const kindOf = (text: string): string => /^kind: (\w+)$/m.exec(text)?.[1] ?? '';

// A file with the marks of a merge conflict is about to be replaced anyway.
const read = (text: string): KubernetesObject | null => {
  try {
    return fromYaml(text) as KubernetesObject | null;
  } catch {
    return null;
  }
};
