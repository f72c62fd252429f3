import {
  chmodSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { find } from './shipped.js';

interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string; readonly items?: { key: string; path: string }[] };
  readonly projected?: { readonly sources: readonly Source[] };
  readonly secret?: { readonly secretName: string; readonly defaultMode?: number };
}

interface Source {
  readonly serviceAccountToken?: { readonly path: string };
  readonly configMap?: { readonly items: readonly { readonly path: string }[] };
  readonly downwardAPI?: { readonly items: readonly { readonly path: string }[] };
}

/** A container of a shipped workload, with its volumes in a folder. */
export interface Pod {
  /** Its arguments, with every mounted path in the folder. */
  readonly args: readonly string[];
  /** Its environment variables with a value, with every mounted path in the folder. */
  readonly env: Readonly<Record<string, string>>;
  /** The path in the folder for a path in the container. */
  path(mounted: string): string;
  /**
   * Replaces the files of a mounted ConfigMap in the same way as the kubelet: by replacing
   * `..data`.
   */
  update(mountPath: string, files: Readonly<Record<string, string>>): void;
}

/** Values that only a cluster has: the texts of the keys of each Secret, by its name. */
export type SecretTexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Creates the volumes of a shipped container. Tokens have a placeholder, and so have the files of
 * Secrets in its configuration or arguments, unless their text is given.
 */
export const layOutPod = (
  objects: readonly KubernetesObject[],
  workload: { readonly kind: string; readonly name: string },
  containerName: string,
  folder: string,
  secrets: SecretTexts = {},
): Pod => {
  const spec = find(objects, workload.kind, workload.name).spec.template.spec;
  const container = spec.containers.find(({ name }: { name: string }) => name === containerName);
  const mounts: { name: string; mountPath: string }[] = container.volumeMounts;
  // The longest path first, so that a nested mount is replaced before its parent.
  const paths = mounts.map(({ mountPath }) => mountPath).sort((a, b) => b.length - a.length);
  const moved = (text: string): string =>
    text.replace(
      new RegExp(`(?<![\\w/.-])(${paths.join('|')})(?=$|[/"'}\\s])`, 'gm'),
      `${folder}$1`,
    );
  const volumes: readonly Volume[] = spec.volumes;
  const mounted = mounts.flatMap(({ name, mountPath }) => {
    const volume = volumes.find((one) => one.name === name);
    return volume ? [{ volume, mountPath }] : [];
  });
  const variables: { name: string; value?: string }[] = container.env ?? [];
  const env = variables.flatMap(({ name, value }) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const texts = mounted
    .flatMap(({ volume }) => (volume.configMap ? Object.values(filesOf(volume, objects)) : []))
    .concat(container.args ?? [])
    .concat(env.map(([, value]) => value))
    .join('\n');
  for (const { mountPath } of mounts) mkdirSync(join(folder, mountPath), { recursive: true });
  for (const { volume, mountPath } of mounted) {
    const files = volume.secret
      ? secretFiles(mountPath, texts, secrets[volume.secret.secretName])
      : filesOf(volume, objects);
    write(join(folder, mountPath), mapValues(files, moved), volume.secret?.defaultMode);
  }
  return {
    args: (container.args ?? []).map((arg: string) => moved(arg)),
    env: Object.fromEntries(env.map(([name, value]) => [name, moved(value)])),
    path: (mounted) => join(folder, mounted),
    update: (mountPath, files) => write(join(folder, mountPath), mapValues(files, moved)),
  };
};

/** The files of a Secret are those in the configuration. */
const secretFiles = (
  mountPath: string,
  configuration: string,
  texts: Readonly<Record<string, string>> = {},
): Record<string, string> => {
  const paths = new RegExp(`${mountPath}/([\\w.-]+)`, 'g');
  const keys = [...configuration.matchAll(paths)].map(([, key = '']) => key);
  return Object.fromEntries(keys.map((key) => [key, texts[key] ?? 'placeholder']));
};

const filesOf = (
  { configMap, projected }: Volume,
  objects: readonly KubernetesObject[],
): Record<string, string> => {
  if (configMap) {
    const data: Record<string, string> = find(objects, 'ConfigMap', configMap.name).data ?? {};
    if (!configMap.items) return data;
    return Object.fromEntries(configMap.items.map(({ key, path }) => [path, data[key] ?? '']));
  }
  if (projected) {
    const paths = projected.sources.flatMap(
      ({ serviceAccountToken, configMap: map, downwardAPI }) => [
        ...(serviceAccountToken ? [serviceAccountToken.path] : []),
        ...[...(map?.items ?? []), ...(downwardAPI?.items ?? [])].map(({ path }) => path),
      ],
    );
    return Object.fromEntries(paths.map((path) => [path, 'placeholder']));
  }
  return {};
};

let generation = 0;

/** Writes a volume like the kubelet: files in a separate folder, to which `..data` points. */
const write = (
  mount: string,
  files: Readonly<Record<string, string>>,
  mode: number = 0o644,
): void => {
  generation += 1;
  const fresh = `..generation-${generation}`;
  mkdirSync(join(mount, fresh), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(mount, fresh, path)), { recursive: true });
    writeFileSync(join(mount, fresh, path), text);
    chmodSync(join(mount, fresh, path), mode);
  }
  symlinkSync(fresh, join(mount, '..data.new'));
  renameSync(join(mount, '..data.new'), join(mount, '..data'));
  const firsts = new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''));
  for (const entry of readdirSync(mount, { withFileTypes: true })) {
    const gone = entry.isSymbolicLink() && entry.name !== '..data' && !firsts.has(entry.name);
    if (gone) rmSync(join(mount, entry.name));
  }
  for (const first of firsts) {
    rmSync(join(mount, first), { force: true });
    symlinkSync(join('..data', first), join(mount, first));
  }
};

const mapValues = <T>(record: Readonly<Record<string, T>>, change: (value: T) => T) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
