import { type KubernetesObject, titleOf } from '../model/manifest.js';
import { podTemplatePath } from '../model/pod-template.js';
import { type FilePair, filesOf } from './file.js';
import type { Pair } from './pair.js';
import type { Snapshot } from './snapshot.js';

/** What the sections of a report compare. */
export interface Comparison {
  /** The objects that differ. */
  readonly pairs: readonly Pair[];
  /** The files in ConfigMaps that differ. */
  readonly files: readonly FilePair[];
  /** All objects with pods, also those that did not change. */
  readonly workloads: Readonly<Record<'before' | 'after', readonly KubernetesObject[]>>;
  readonly readmes: { readonly before?: string; readonly after?: string };
}

/** Reads only the documents that differ, and those of workloads. */
export const comparisonOf = (before: Snapshot, after: Snapshot): Comparison => {
  const old = objectsIn(before, (text) => !after.documents.has(text));
  const fresh = objectsIn(after, (text) => !before.documents.has(text));
  const titles = new Set([...old, ...fresh].map(identityOf));
  const byTitle = (objects: readonly KubernetesObject[]) =>
    new Map(objects.map((object) => [identityOf(object), object]));
  const [olds, freshs] = [byTitle(old), byTitle(fresh)];
  const pairs = [...titles].map((identity): Pair => {
    const [first, second] = [olds.get(identity), freshs.get(identity)];
    const { kind, ...object } = (second ?? first)!;
    return {
      title: titleOf({ kind, ...object }),
      kind,
      ...(first && { before: first }),
      ...(second && { after: second }),
    };
  });
  const workloads = (one: Snapshot, other: Snapshot) =>
    objectsIn(one, isWorkload, other).filter(({ kind }) => podTemplatePath(kind));
  return {
    pairs,
    files: filesOf(pairs),
    get workloads() {
      return { before: workloads(before, after), after: workloads(after, before) };
    },
    readmes: {
      ...(before.readme !== undefined && { before: before.readme }),
      ...(after.readme !== undefined && { after: after.readme }),
    },
  };
};

/** The objects of some documents; one that the other snapshot has too is taken from there if it knows it. */
const objectsIn = (
  { documents, read }: Snapshot,
  isWanted: (document: string) => boolean,
  other?: Snapshot,
): KubernetesObject[] =>
  [...documents].filter(isWanted).flatMap((text) => {
    const object = (other?.documents.has(text) ? other.read(text) : undefined) ?? read(text);
    return object ?? [];
  });

const isWorkload = (text: string): boolean =>
  podTemplatePath(/^kind: (\w+)$/m.exec(text)?.[1] ?? '') !== undefined;

// The version of an API can change while the object stays the same.
const identityOf = (object: KubernetesObject): string =>
  `${object.apiVersion.replace(/\/?v\w+$/, '')} ${titleOf(object)}`;
