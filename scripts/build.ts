import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compilePackage } from './compile.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Builds the package into a folder, and removes everything else from it. */
export const build = async (out: string): Promise<void> => {
  rmSync(out, { recursive: true, force: true });
  await compilePackage(out, ['dashboards', 'alerts']);
  execFileSync(
    join(root, 'node_modules/.bin/tsc'),
    ['-p', join(root, 'tsconfig.build.json'), '--outDir', out],
    { stdio: 'inherit' },
  );
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build(join(root, 'lib'));
}
