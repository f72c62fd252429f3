import type { Manifest } from '../../model/manifest.js';
import { once, onceForText } from '../../model/once.js';
import type { PlacedContainer, PodTemplate } from '../pod/template.js';
import { volumesOf } from '../pod/template.js';
import { listOf, recordOf } from '../reference/lenient.js';
import { type FileKind, fileKinds } from './file.js';

/** A file that a container finds in a ConfigMap. */
export interface ReadFile {
  readonly template: PodTemplate;
  readonly container: PlacedContainer;
  readonly manifest: Manifest;
  readonly key: string;
  readonly text: string;
  /** Where the container finds it. */
  readonly paths: readonly string[];
  /** @default - one of a component that is not ours */
  readonly kind?: FileKind;
}

/** The name of the component of which pods are, as their labels tell. */
export const componentOf = ({ labels }: PodTemplate): string =>
  labels['app.kubernetes.io/name'] ?? '';

/** Every file of a ConfigMap that a container mounts, once for each of them. */
export const filesRead = (
  templates: readonly PodTemplate[],
  manifests: readonly Manifest[],
): ReadFile[] => {
  const maps = new Map(
    manifests
      .filter(({ object }) => object.kind === 'ConfigMap')
      .map((one) => [`${one.object.metadata.namespace}/${one.object.metadata.name}`, one]),
  );
  return templates.flatMap((template) => {
    const component = componentOf(template);
    return volumesOf(template).flatMap(({ volume }) => {
      const container = template.containers.find((one) =>
        listOf(one.container.volumeMounts).some(({ name }) => name === volume.name),
      );
      const sources = [volume, ...listOf(volume.projected?.sources)];
      return sources.flatMap(({ configMap }) => {
        const manifest = maps.get(`${template.namespace}/${configMap?.name}`);
        if (!manifest || !container) return [];
        const mounts = listOf(container.container.volumeMounts).filter(
          ({ name }) => name === volume.name,
        );
        return Object.entries(recordOf(manifest.object.data)).flatMap(([key, text]): ReadFile[] => {
          const names = configMap.items ? namesOf(key, configMap.items) : [key];
          if (typeof text !== 'string' || names.length === 0) return [];
          const paths = mounts.flatMap(({ mountPath, subPath }) =>
            names.map((name) => (subPath ? `${mountPath}` : `${mountPath}/${name}`)),
          );
          return [
            { template, container, manifest, key, text, paths, kind: kindOf(component, key) },
          ];
        });
      });
    });
  });
};

/** The paths in the volume of a key that is picked out of a ConfigMap. */
const namesOf = (key: string, items: unknown): string[] =>
  listOf(items).flatMap((item) => (item.key === key ? [`${item.path}`] : []));

const kindOf = (component: string, key: string): FileKind | undefined =>
  fileKinds.find((one) => one.component === component && one.key.test(key));

/** What a file holds, or why it cannot be read. */
export type Content =
  | { readonly value: unknown; readonly fault?: undefined }
  | { readonly fault: string };

/** Reads a file as its component does. */
export const contentOf = (kind: FileKind, text: string): Content => readerOf(kind)(text);

// Environments share rule files and dashboards, of which reading is most of the work.
const readerOf = once(({ read }: FileKind) => onceForText((text) => tried(read, text)));

const tried = (read: FileKind['read'], text: string): Content => {
  try {
    return { value: read(text) };
  } catch (error) {
    const [fault = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { fault };
  }
};
