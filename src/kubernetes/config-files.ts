import { basename, relative } from 'node:path/posix';
import type { Construct } from 'constructs';
import type { ConfigFile } from '../model/file.js';
import type { Identity } from '../model/identity.js';
import { configMap } from './config-map.js';
import type { Mount } from './volume.js';

/** The text of a configuration file, and where it is mounted. */
export interface WrittenFile {
  /** Path of the file in the container. */
  readonly path: string;
  /** Its key in the ConfigMap. @default - the name of the file */
  readonly key?: string;
  readonly text: string;
  readonly restarts: boolean;
}

/** Writes a configuration file. Throws if neither the declaration nor `place` has a path. */
export const writeFile = <Value>(
  file: ConfigFile<Value>,
  value: Value,
  place: { readonly path?: string; readonly key?: string } = {},
): WrittenFile => {
  const path = place.path ?? file.path;
  if (typeof path !== 'string') throw new Error('A file that another file lists needs a path.');
  return {
    ...place,
    path,
    text: file.format.write(value),
    restarts: file.reload === 'restart',
  };
};

/** Mounts configuration files in a folder. Creates a ConfigMap, whose name has the workload and `name`. */
export const mountFiles = (
  scope: Construct,
  identity: Identity,
  name: string,
  folder: string,
  files: readonly WrittenFile[],
): Mount => {
  const paths = files.map(({ path, key = basename(path) }) => [key, relative(folder, path)]);
  const data = Object.fromEntries(
    files.map(({ path, key = basename(path), text }) => [key, text] as const),
  );
  return {
    name,
    path: folder,
    source: {
      kind: 'config-map',
      name: configMap(scope, identity, name, data),
      ...(paths.some(([key, path]) => key !== path) && { files: Object.fromEntries(paths) }),
    },
    restartOn: files.filter(({ restarts }) => restarts).map(({ text }) => text),
  };
};
