import type { KubernetesObject } from '../../../model/manifest.js';
import { podSpecPath, podTemplateIn } from '../../../model/pod-template.js';
import { containersOf } from '../../support/reference/pod.js';
import type { Reference } from '../../support/reference/reference.js';
import { listOf, recordOf, textsOf, type Untyped } from '../../support/untyped.js';
import type { Inventory } from './inventory.js';

/** A folder that is mounted in a container. */
interface Folder {
  readonly path: string;
  /** @default - not known */
  readonly files?: readonly string[];
}

// These folders are in no image, so a file in them must be mounted.
const onlyMounted = ['/var/run/secrets', '/etc/crowsnest/secrets'];

/**
 * References to files in the arguments and the mounted ConfigMaps of a workload's containers, if the
 * files are in folders from ConfigMaps, Secrets and tokens.
 */
export const fileReferences = (object: KubernetesObject, inventory: Inventory): Reference[] => {
  const pod = recordOf(podTemplateIn(object)?.spec);
  const namespace = object.metadata.namespace ?? '';
  const volumes = new Map(listOf(pod.volumes).map((volume) => [volume.name, volume]));
  return containersOf(pod, podSpecPath(object)).flatMap(({ container, path }) => {
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

/** The files of a volume; undefined if they are unknown. */
const filesOf = (
  volume: Untyped,
  namespace: string,
  inventory: Inventory,
): string[] | undefined => {
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
  volume: Untyped,
  namespace: string,
  inventory: Inventory,
): Omit<Text, 'path'>[] => {
  const name = volume?.configMap?.name;
  if (typeof name !== 'string') return [];
  const { data } = inventory.find({ path: '', kind: 'ConfigMap', namespace, name }) ?? {};
  return Object.entries(recordOf(data)).map(([key, text]) => ({
    text,
    why: `'${key}' of ConfigMap '${name}' refers to it.`,
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
