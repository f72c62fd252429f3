import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The output of promtool, and whether it succeeded. */
export interface Verdict {
  readonly ok: boolean;
  readonly output: string;
}

/** The path of promtool: of the PATH, or built in a clone; undefined if there is none. */
export const findPromtool = (
  root: string,
  { PATH = '' }: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined => {
  const built = join(root, '.engines/prometheus');
  const versions = existsSync(built)
    ? readdirSync(built).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    : [];
  return [
    ...PATH.split(delimiter).filter(Boolean),
    ...versions.map((version) => join(built, version, 'bin')),
  ]
    .map((folder) => join(folder, 'promtool'))
    .find(isExecutable);
};

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Runs promtool in a folder. */
export const runPromtool = async (
  binary: string,
  cwd: string,
  args: readonly string[],
): Promise<Verdict> => {
  try {
    const { stdout, stderr } = await run(binary, args, { cwd, maxBuffer: 2 ** 26 });
    return { ok: true, output: `${stdout}${stderr}` };
  } catch (error) {
    const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string };
    return { ok: false, output: `${stdout ?? ''}${stderr ?? ''}` || message };
  }
};

/** Arguments that check and lint a rule file; that of others may have what the linter only advises against. */
export const checkArguments = (file: string, isOurs = true): string[] => [
  'check',
  'rules',
  ...(isOurs ? ['--lint=all', '--lint-fatal'] : []),
  file,
];

/** Arguments that run the tests of a group. */
export const testArguments = (name: string): string[] => ['test', 'rules', `${name}.test.yaml`];

/** Runs an action for each item, with as many in parallel as there are processors. */
export const inParallel = async <T, R>(
  all: readonly T[],
  work: (one: T, index: number) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = new Array(all.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < all.length; index = next++) {
      results[index] = await work(all[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
};
