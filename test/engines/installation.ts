import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { basename, delimiter, join, resolve } from 'node:path';
import { loadEngines } from './catalogue.js';
import { type Engine, EngineError } from './engine.js';

/** The folder of built engines, which git ignores. */
export const installationsFolder = resolve(import.meta.dirname, '../../.engines');

/** The folder of one engine in one version, which exists when its build is complete. */
export function installationFolder(engine: Engine): string {
  return join(installationsFolder, engine.name, engine.version);
}

/** Whether the engine is built in the required version. */
export function isBuilt(engine: Engine): boolean {
  const bin = join(installationFolder(engine), 'bin');
  return Object.keys(engine.binaries).every((binary) => existsSync(join(bin, binary)));
}

/** The engines whose binaries were used, as `name version`. */
export const enginesUsed = new Set<string>();

/**
 * The path of a binary such as `promtool`, built or from PATH; otherwise throws an `EngineError`.
 */
export async function engineBinary(binary: string): Promise<string> {
  if (process.env.WITHOUT_ENGINES) {
    throw new EngineError(
      `A test that runs ${binary} belongs in test/live: npm test needs no engine.`,
    );
  }
  const engines = (await loadEngines()).filter((candidate) => binary in candidate.binaries);
  const engine = engines.find(({ onDemand }) => onDemand) ?? engines[0];
  if (engine === undefined) {
    throw new Error(`No engine in test/engines has a binary "${binary}".`);
  }
  enginesUsed.add(`${engine.name} ${engine.version}`);
  if (isBuilt(engine)) {
    return join(installationFolder(engine), 'bin', binary);
  }
  const found = await findOnPath(engine, binary);
  if (found === undefined) {
    const what = `${binary} ${engine.version}, which this test runs, is neither built nor on PATH.`;
    throw new EngineError(`${what} To build it: npx tsx tools/engines.ts ${engine.name}`);
  }
  return found;
}

/** The path of a binary on PATH, if it has exactly the version of the engine. */
export async function findOnPath(engine: Engine, binary: string): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, binary);
    if (isExecutable(path) && (await hasVersion(engine, path))) {
      return path;
    }
  }
  return undefined;
}

/** Whether a binary prints the version of the engine. */
export async function hasVersion(engine: Engine, path: string): Promise<boolean> {
  const version = engine.version.replaceAll('.', '\\.');
  const pattern = new RegExp(`(?<![\\d.])${version}(?![\\d.-])`);
  return pattern.test(await askVersion(path, versionArguments(engine, basename(path))));
}

function versionArguments(engine: Engine, binary: string): readonly string[] {
  const own = engine.versionArguments ?? {};
  return (isList(own) ? own : own[binary]) ?? ['--version'];
}

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);

function askVersion(path: string, args: readonly string[]): Promise<string> {
  return new Promise((done) => {
    execFile(path, args, { timeout: 10_000 }, (error, stdout, stderr) => {
      // A crash could also print the version.
      done(error ? '' : stdout + stderr);
    });
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
