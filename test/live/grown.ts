import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { vi } from 'vitest';
import { loadModules } from '../../src/config/modules.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { type Synthesis, synthesize } from '../../src/synthesize.js';
import { componentOf } from './cluster-pods.js';
import { folderOf } from './cluster-prerequisites.js';
import { shipped } from './shipped.js';

const environmentsFolder = resolve(import.meta.dirname, '../../environments');
const { modules } = await loadModules(environmentsFolder, 'config');
const optionsOf = (environment: string) =>
  modules.find(({ name }) => name === environment)?.value as EnvironmentOptions;

/** Whether its storage class is declared as expandable. */
export const canGrow = (environment: string): boolean =>
  optionsOf(environment).cluster.storageClass?.expandable === true;

/** Twice a size such as `50Gi`. */
export const doubled = (size: string): string =>
  `${2 * Number.parseInt(size, 10)}${size.replace(/^\d+/, '')}`;

/**
 * Synthesizes an environment with each volume twice as large, after its published `dist/`, to
 * `<next>/dist`.
 */
export const synthesizeGrown = async (
  environment: string,
  next: string,
): Promise<Pick<Synthesis, 'ok' | 'findings'>> => {
  const changes: Record<string, object> = {};
  for (const claim of shipped(environment)) {
    if (claim.kind !== 'PersistentVolumeClaim') continue;
    const component = componentOf(claim);
    const volume = doubled(claim.spec.resources.requests.storage);
    changes[component] = { ...optionsOf(environment)[component as 'prometheus'], volume };
  }
  cpSync(dirname(folderOf(environment)), join(next, 'dist'), { recursive: true });
  mkdirSync(join(next, 'environments'));
  const file = JSON.stringify(join(environmentsFolder, `${environment}.ts`));
  writeFileSync(
    join(next, 'environments', `${environment}.ts`),
    `import shipped from ${file};\nexport default { ...shipped, ...${JSON.stringify(changes)} };\n`,
  );
  const quiet = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { ok, findings } = await synthesize({
    environments: join(next, 'environments'),
    out: join(next, 'dist'),
  });
  quiet.mockRestore();
  return { ok, findings };
};
