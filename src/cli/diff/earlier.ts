import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type LoadModule, loadModules } from '../../config/modules.js';
import { folders } from '../project.js';
import { textsAt } from './git.js';
import type { Options } from './options.js';

/**
 * The options of environments at a Git revision, by their names. Their files are loaded in a copy of
 * the project in which everything else is as it is now. Those that fail are left out.
 */
export const optionsAt = async (
  revision: string,
  names: readonly string[],
  load: LoadModule,
): Promise<ReadonlyMap<string, Options>> => {
  const texts = textsAt(revision, folders.environments);
  if (!texts || Object.keys(texts).length === 0) return new Map();
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'crowsnest-diff-')));
  try {
    for (const name of readdirSync('.')) {
      if (name !== folders.environments) symlinkSync(resolve(name), join(copy, name));
    }
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), text);
    }
    return await optionsIn(join(copy, folders.environments), names, load);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};

/** The options of environments in a folder, by their names. */
export const optionsIn = async (
  folder: string,
  names: readonly string[],
  load: LoadModule,
): Promise<ReadonlyMap<string, Options>> => {
  const { modules } = await loadModules(resolve(folder), 'config', load, names);
  return new Map(modules.map(({ name, value }) => [name, value as Options]));
};
