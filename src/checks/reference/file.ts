import type { KubernetesObject } from '../../model/manifest.js';
import type { Inventory } from './inventory.js';
import { type Loose, listOf, recordOf, textsOf } from './lenient.js';
import { containersOf } from './pod.js';
import type { Reference } from './reference.js';

/** A folder that a container mounts. */
interface Folder {
  readonly path: string;
  /** @default - not known */
  readonly files?: readonly string[];
}

// No image holds these, so that a path below them is one of a mount or of nothing.
const onlyMounted = ['/var/run/secrets', '/etc/crowsnest/secrets'];

/**
 * The files that a workload's containers are told to read, in their arguments and in the mounted
 * ConfigMaps, as far as they lie in folders made of ConfigMaps, Secrets and tokens.
 */
export const fileReferences = (object: KubernetesObject, inventory: Inventory): Reference[] => {
  const pod = recordOf(object.spec?.template?.spec);
  const namespace = object.metadata.namespace ?? '';
  const volumes = new Map(listOf(pod.volumes).map((volume) => [volume.name, volume]));
  return containersOf(pod, 'spec.template.spec').flatMap(({ container, path }) => {
    const mounts = listOf(container.volumeMounts);
    const folders = mounts.map(({ name, mountPath, subPath }): Folder => {
      const files = subPath ? undefined : filesOf(volumes.get(name), namespace, inventory);
      return { path: `${mountPath}`.replace(/\/$/, ''), ...(files && { files }) };
    });
    const mounted = mounts.flatMap(({ name }, index) =>
      configsOf(volumes.get(name), namespace, inventory).map((text) => ({
        ...text,
        path: `${path}.volumeMounts[${index}]`,
      })),
    );
    const given = ['command', 'args'].flatMap((list) =>
      listOf(container[list]).map((text, index) => ({ text, path: `${path}.${list}[${index}]` })),
    );
    return [...given, ...mounted].flatMap((one) => filesIn(one, folders));
  });
};

/** The files of a volume; none where they cannot be known. */
const filesOf = (volume: Loose, namespace: string, inventory: Inventory): string[] | undefined => {
  const { configMap, secret, projected } = recordOf(volume);
  const sources = projected
    ? listOf(projected.sources)
    : [{ configMap, secret: secret && { ...secret, name: secret.secretName } }];
  const files = sources.map((source) => {
    const object = source.configMap ?? source.secret;
    if (source.serviceAccountToken) return [source.serviceAccountToken.path];
    if (source.downwardAPI || object?.items) {
      return listOf((source.downwardAPI ?? object).items).map(({ path }) => path);
    }
    if (typeof object?.name !== 'string') return undefined;
    const kind = source.configMap ? 'ConfigMap' : 'Secret';
    return inventory.find({ path: '', kind, namespace, name: object.name })?.keys;
  });
  return files.every((list) => list !== undefined) ? textsOf(files.flat()) : undefined;
};

interface Text {
  readonly text: unknown;
  readonly path: string;
  readonly why?: string;
}

const configsOf = (
  volume: Loose,
  namespace: string,
  inventory: Inventory,
): Omit<Text, 'path'>[] => {
  const name = volume?.configMap?.name;
  if (typeof name !== 'string') return [];
  const { data } = inventory.find({ path: '', kind: 'ConfigMap', namespace, name }) ?? {};
  return Object.entries(recordOf(data)).map(([key, text]) => ({
    text,
    why: `'${key}' of ConfigMap '${name}' names it.`,
  }));
};

const filesIn = ({ text, path, why }: Text, folders: readonly Folder[]): Reference[] => {
  if (typeof text !== 'string') return [];
  const roots = [...onlyMounted, ...folders.flatMap((one) => (one.files ? one.path : []))];
  const found = roots
    .filter((root) => text.includes(`${root}/`))
    .flatMap((root) => [...text.matchAll(below(root))].map(([match]) => match));
  return [...new Set(found)]
    .map((file) => file.replace(/[./]+$/, ''))
    .flatMap((name) => {
      const mounted = folders.filter((folder) => name.startsWith(`${folder.path}/`));
      if (/[*?]/.test(name) || mounted.some(({ files }) => !files)) return [];
      const among = (mounted.length > 0 ? mounted : folders).flatMap((folder) =>
        (folder.files ?? []).map((file) => `${folder.path}/${file}`),
      );
      const isFolder = among.some((file) => file.startsWith(`${name}/`));
      return isFolder ? [] : [{ path, kind: 'file', name, among, ...(why && { why }) }];
    });
};

const below = (root: string): RegExp =>
  new RegExp(`(?<![\\w./-])${root.replace(/[.*+?^$()|[\]{}\\]/g, '\\$&')}(?:/[\\w.@*?-]+)+`, 'g');
