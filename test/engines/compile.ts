import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Engine, EngineError } from './engine.js';
import { runGo } from './go.js';
import { hasVersion } from './installation.js';

/** Builds the engine's binaries into `<target>/bin`; `scratch` is for temporary files. */
export async function compile(engine: Engine, target: string, scratch: string): Promise<void> {
  checkPin(engine);
  const release = `${engine.versionPrefix ?? ''}${engine.version}`;
  const moduleFile = engine.missingFiles && (await completeModule(engine, scratch));
  for (const [binary, goPackage] of Object.entries(engine.binaries)) {
    const path = join(target, 'bin', binary);
    await runGo(engine.folder, [
      'build',
      '-trimpath',
      '-buildvcs=false',
      '-mod=readonly',
      `-ldflags=-s -w -X ${engine.versionVariable}=${release}`,
      ...(engine.tags ? [`-tags=${engine.tags.join(',')}`] : []),
      ...(moduleFile ? [`-modfile=${moduleFile}`] : []),
      `-o=${path}`,
      goPackage,
    ]);
    if (!(await hasVersion(engine, path))) {
      throw new EngineError(`${binary} was built, but does not say that it is ${engine.version}.`);
    }
  }
}

function checkPin(engine: Engine): void {
  const wanted = `${engine.module} ${engine.moduleVersion ?? `v${engine.version}`}`;
  const lines = readFileSync(join(engine.folder, 'go.mod'), 'utf8').split('\n');
  if (!lines.some((line) => line.replace(/^require |\/\/ indirect$/g, '').trim() === wanted)) {
    const remedy = `In test/engines/${engine.name}: go get ${wanted.replace(' ', '@')}`;
    throw new EngineError(`Its go.mod does not require ${wanted}. ${remedy} && go mod tidy`);
  }
}

/**
 * Copies the module, because Go does not allow additional files in its module cache, not even with
 * `-overlay`.
 */
async function completeModule(engine: Engine, scratch: string): Promise<string> {
  const download = await runGo(engine.folder, ['mod', 'download', '-json', engine.module]);
  const { Dir: source }: { Dir: string } = JSON.parse(download);
  const copy = join(scratch, 'module');
  // Not cpSync: it would keep the folders of the cache read-only.
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name);
      const to = join(copy, path.slice(source.length));
      mkdirSync(dirname(to), { recursive: true });
      copyFileSync(path, to);
    }
  }
  for (const [path, text] of Object.entries(engine.missingFiles ?? {})) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
  const goMod = readFileSync(join(engine.folder, 'go.mod'), 'utf8');
  const moduleFile = join(scratch, 'go.mod');
  writeFileSync(moduleFile, `${goMod}\nreplace ${engine.module} => ${JSON.stringify(copy)}\n`);
  copyFileSync(join(engine.folder, 'go.sum'), join(scratch, 'go.sum'));
  return moduleFile;
}
