import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { build } from '../../scripts/build.js';
import { repository } from '../output/command.js';

const isSource = (path: string): boolean =>
  !['node_modules', '.git', '.engines', '.compiled', 'lib'].includes(relative(repository, path));

/** Packs a copy into a folder, so that a build in the repository is not changed. */
export const pack = async (
  temporary: string,
  into: string,
): Promise<{ filename: string; size: number; unpackedSize: number; files: { path: string }[] }> => {
  const copy = join(temporary, 'package');
  cpSync(repository, copy, { recursive: true, filter: isSource });
  await build(join(copy, 'lib'));
  const { stdout } = await promisify(execFile)(
    'npm',
    ['pack', copy, '--ignore-scripts', '--json'],
    { cwd: into, maxBuffer: 2 ** 26 },
  );
  return JSON.parse(stdout)[0];
};
