import { basename } from 'node:path';
import type { KubernetesObject } from '../model/manifest.js';
import type { Reading } from './reading.js';
import { isListed, kubectlCommands, resources } from './resource.js';

/** A text is not the output of `kubectl get --output=json`. */
export class NotSaved extends Error {}

/**
 * The reading of texts that `kubectl get --output=json` wrote. Kinds that are not used, such as
 * Secrets, are dropped.
 */
export const readSaved = (texts: Readonly<Record<string, string>>): Reading => {
  const used = new Set(resources.map(({ kind }) => kind));
  const objects = Object.entries(texts)
    .flatMap(([file, text]) => itemsOf(parse(file, text), file))
    .filter(({ kind }) => used.has(kind));
  if (objects.length === 0) {
    throw new NotSaved(
      `${Object.keys(texts).join(', ')} ${Object.keys(texts).length === 1 ? 'has' : 'have'} no object that describes the cluster. Save it with:\n${kubectlCommands.map((line) => `  ${line}`).join('\n')}`,
    );
  }
  const found = new Set(objects.map(({ kind }) => kind));
  return {
    source: Object.keys(texts)
      .map((path) => basename(path))
      .join(', '),
    name: 'cluster',
    objects,
    missing: resources
      .filter((one) => !found.has(one.kind) && isListed(one, objects))
      .map(({ kind }) => ({ kind, reason: 'no object of this kind is in the file' })),
  };
};

const parse = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The rest of the message can have an excerpt of the text.
    const [position = ''] = / at position \d+/.exec(`${error}`) ?? [];
    throw new NotSaved(`${file} is not JSON${position && `: there is an error${position}`}.`);
  }
};

/** The objects in a value: itself, or the items of a list; a list of one kind names it only itself. */
const itemsOf = (value: unknown, file: string): KubernetesObject[] => {
  const { kind, apiVersion, items, metadata } = Object(value);
  if (Array.isArray(items) && typeof kind === 'string' && kind.endsWith('List')) {
    const inherited = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
    return items.flatMap((item) => itemsOf({ ...inherited, ...item }, file));
  }
  if (typeof kind === 'string' && typeof Object(metadata).name === 'string') {
    return [value as KubernetesObject];
  }
  throw new NotSaved(`${file} has no Kubernetes objects: save it with kubectl get --output=json.`);
};
