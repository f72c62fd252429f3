import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject, Manifest } from '../model/manifest.js';
import { fromYaml, yamlOf } from '../model/yaml.js';
import { generatedMark } from './files.js';

// Some fields of these kinds are immutable; other kinds need not be read.
const kept = /^(?:PersistentVolumeClaim|StatefulSet|Deployment|DaemonSet|\w*RoleBinding)$/;

/**
 * The published objects of an environment that have immutable fields. A file that did not change is
 * taken from the manifests, since parsing it is slow.
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

// A file with merge conflict markers will be replaced anyway.
const read = (text: string): KubernetesObject | null => {
  try {
    return fromYaml(text) as KubernetesObject | null;
  } catch {
    return null;
  }
};
