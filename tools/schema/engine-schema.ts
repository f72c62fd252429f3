/**
 * Writes src/schema/data/alertmanager.ts and prometheus.ts: the fields of the engines' configuration
 * files, from the Go sources of the releases in test/engines. For a new release, change the version
 * there and run this again; tests then fail where the release has changed.
 *
 * Needs `go` on the path: the sources are Go modules, and the module proxy checks their sums.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadEngines } from '../../test/engines/catalogue.js';

/** The Go types that the engines read their files into. */
const roots = {
  alertmanager: ['config.Config'],
  prometheus: ['config.Config', 'model/rulefmt.RuleGroups'],
} as const;

type EngineName = keyof typeof roots;

/** The engines with generated fields. */
export const engineNames = Object.keys(roots) as EngineName[];

/** The path of the fields of an engine. */
export const dataFile = (name: EngineName): string =>
  fileURLToPath(new URL(`../../src/schema/data/${name}.ts`, import.meta.url));

/** The content of `dataFile` for the pinned release. */
export const engineData = async (name: EngineName): Promise<string> => {
  const [engine] = await loadEngines([name]);
  const { folder, module, version, moduleVersion = `v${version}` } = engine!;
  const program = join(import.meta.dirname, 'engine-schema');
  const types = roots[name].map((root) => `${module}/${root}`);
  const json = execFileSync('go', ['run', '-C', program, '.', folder, ...types], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, GOWORK: 'off' },
  });
  return `// By npx tsx tools/schema.ts, from ${module}@${moduleVersion}.\nexport default ${json.trim()} as const;\n`;
};

/** Writes the fields of all engines to `src/schema/data/`. */
export const writeEngineSchemas = async (): Promise<void> => {
  for (const name of engineNames) writeFileSync(dataFile(name), await engineData(name));
};
