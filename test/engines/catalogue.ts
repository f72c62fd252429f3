import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { closest, distance } from 'fastest-levenshtein';
import { type Engine, type EngineDescription, EngineError } from './engine.js';

const enginesFolder = import.meta.dirname;

/** The names of all engines, sorted: every folder here with an `engine.ts`. */
export function engineNames(): string[] {
  return readdirSync(enginesFolder)
    .filter((name) => existsSync(join(enginesFolder, name, 'engine.ts')))
    .sort();
}

/**
 * Loads the given engines, or all engines that are built by default; throws an `EngineError` for an
 * unknown name.
 */
export async function loadEngines(names: readonly string[] = []): Promise<Engine[]> {
  const known = engineNames();
  for (const name of names) {
    if (!known.includes(name)) {
      throw new EngineError(unknownEngine(name, known));
    }
  }
  if (names.length > 0) return Promise.all([...new Set(names)].map(loadEngine));
  return (await Promise.all(known.map(loadEngine))).filter(isAsked);
}

function isAsked({ onDemand }: Engine): boolean {
  if (onDemand === undefined) return true;
  const [variable = '', value] = onDemand.split('=');
  return process.env[variable] === value;
}

async function loadEngine(name: string): Promise<Engine> {
  const folder = join(enginesFolder, name);
  const loaded: { default: EngineDescription } = await import(
    pathToFileURL(join(folder, 'engine.ts')).href
  );
  return { ...loaded.default, name, folder };
}

function unknownEngine(name: string, known: readonly string[]): string {
  const nearest = closest(name, known);
  const near = distance(name, nearest) <= Math.max(2, name.length / 3);
  const hint = near ? ` Did you mean ${nearest}?` : '';
  return `There is no engine "${name}".${hint}\nEngines: ${known.join(', ')}; debian or pypi for their packages`;
}
