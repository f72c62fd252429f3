import type { KubernetesObject } from '../model/manifest.js';
import { fromYaml, yamlOf } from '../model/yaml.js';
import type { Files } from '../output/files.js';
import { configMapOf } from './config-map-text.js';

/** The objects of an environment at one time, and what its README estimates. */
export interface Snapshot {
  /** The YAML of each object. */
  readonly documents: ReadonlySet<string>;
  /** The object of a document; undefined if it cannot be parsed. */
  readonly read: (document: string) => KubernetesObject | undefined;
  /** The generated README. @default - there is none, and no estimate */
  readonly readme?: string;
}

/** The snapshot of files that were published. Their documents are parsed only when they are read. */
export const snapshotOfFiles = (files: Files): Snapshot => {
  const texts = Object.entries(files)
    .filter(([name]) => name.endsWith('.yaml'))
    .flatMap(([, text]) => text.replace(/^#.*\n/, '').split(/^---\n/m));
  return {
    documents: new Set(texts.filter((text) => text.trim() !== '')),
    read: parsed,
    ...(files['README.md'] !== undefined && { readme: files['README.md'] }),
  };
};

/** The snapshot of objects. */
export const snapshotOfObjects = (
  objects: readonly KubernetesObject[],
  readme?: string,
): Snapshot => {
  const known = new Map(objects.map((object) => [yamlOf(object), object]));
  return {
    documents: new Set(known.keys()),
    read: (document) => known.get(document),
    ...(readme !== undefined && { readme }),
  };
};

// A file with merge conflict markers has no objects that could be compared.
const parsed = (document: string): KubernetesObject | undefined => {
  try {
    const value = (configMapOf(document) ?? fromYaml(document)) as KubernetesObject | null;
    const { apiVersion, kind, metadata } = value ?? {};
    const isObject = [apiVersion, kind, metadata?.name].every((one) => typeof one === 'string');
    return isObject ? value! : undefined;
  } catch {
    return undefined;
  }
};
