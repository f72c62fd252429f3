import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadEngines } from '../test/engines/catalogue.js';
import { compile } from '../test/engines/compile.js';
import { debian, installPrograms } from '../test/engines/debian.js';
import { type Engine, EngineError } from '../test/engines/engine.js';
import { MissingGo, requireGo } from '../test/engines/go.js';
import {
  findOnPath,
  installationFolder,
  installationsFolder,
  isBuilt,
} from '../test/engines/installation.js';
import { report, startProgress } from '../test/engines/progress.js';
import { installPackages, pypi } from '../test/engines/pypi.js';

/** Builds the engine if it does not exist; a build that fails or is stopped leaves no files. */
async function provide(engine: Engine): Promise<void> {
  if (isBuilt(engine)) {
    return report(engine, 'already built');
  }
  const found = await Promise.all(
    Object.keys(engine.binaries).map((binary) => findOnPath(engine, binary)),
  );
  if (!found.includes(undefined)) {
    return report(engine, `found on PATH: ${found.join(', ')}`);
  }
  await requireGo();
  const progress = startProgress(engine);
  try {
    await build(engine);
  } catch (error) {
    progress.failed(error instanceof Error ? error.message : String(error));
    throw error;
  }
  progress.built();
}

async function build(engine: Engine): Promise<void> {
  mkdirSync(installationsFolder, { recursive: true });
  // In the same folder as the others, because a rename must stay on one file system.
  const unfinished = mkdtempSync(join(installationsFolder, `.${engine.name}-`));
  const remove = () => rmSync(unfinished, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const target = join(unfinished, 'installation');
    await compile(engine, target, unfinished);
    publish(engine, target);
  } finally {
    remove();
    process.off('exit', remove);
  }
}

function publish(engine: Engine, target: string): void {
  // Another run may have finished the same build, and its binaries may be running.
  if (!isBuilt(engine)) {
    const folder = installationFolder(engine);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(target, folder);
  }
}

async function main(names: readonly string[]): Promise<void> {
  const modules = names.filter((name) => name !== debian && name !== pypi);
  const engines = await loadEngines(modules);
  if (names.length === 0 || names.includes(debian)) {
    await unlessFailed(installPrograms);
  }
  if (names.length === 0 || names.includes(pypi)) {
    await unlessFailed(installPackages);
  }
  if (names.length === 0 || modules.length > 0) {
    await provideAll(engines);
  }
}

// A build ends with linking, which uses only one core.
const buildsAtATime = 2;

async function provideAll(engines: readonly Engine[]): Promise<void> {
  const waiting = [...engines];
  const begin = performance.now();
  const build = async (): Promise<void> => {
    for (let engine = waiting.shift(); engine; engine = waiting.shift()) {
      const next = engine;
      await unlessFailed(() => provide(next));
    }
  };
  await Promise.all(Array.from({ length: buildsAtATime }, build));
  if (engines.length > 1) {
    const seconds = Math.round((performance.now() - begin) / 1000);
    process.stdout.write(`all ${engines.length}: ${seconds} s\n`);
  }
}

/** If one build fails, the next ones still run. */
async function unlessFailed(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof EngineError) || error instanceof MissingGo) {
      throw error;
    }
    process.exitCode = 1;
  }
}

// Without these, a signal would end the process before its exit handlers clean up.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof EngineError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
