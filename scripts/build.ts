import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['src', 'dashboards', 'alerts'];

/** Compiles the library into a folder that holds nothing else afterwards. */
export const build = (out: string): void => {
  rmSync(out, { recursive: true, force: true });
  execFileSync(
    join(root, 'node_modules/.bin/tsc'),
    ['-p', join(root, 'tsconfig.build.json'), '--outDir', out],
    { stdio: 'inherit' },
  );
  for (const source of sources) {
    cpSync(join(root, source), join(out, source), { recursive: true, filter: isNeeded });
  }
};

/** What the compiler leaves behind and the library reads: data, and runbooks. */
const isNeeded = (path: string): boolean =>
  statSync(path).isDirectory() || !/\.ts$|\.test\.[a-z]+$/.test(path);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  build(join(root, 'lib'));
}
