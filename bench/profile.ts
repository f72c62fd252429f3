import { fileURLToPath } from 'node:url';
import type { LoadModule } from '../src/config/import-module.js';
import { loadModules } from '../src/config/modules.js';
import type { Check } from '../src/model/check.js';
import { sourceFolder } from '../src/model/source-folder.js';

/** Has every check keep its time, in ms over all environments; the modules are shared with synth. */
export const profileChecks = async (
  load?: LoadModule,
): Promise<Readonly<Record<string, number>>> => {
  const folder = fileURLToPath(new URL('checks', sourceFolder));
  const times: Record<string, number> = {};
  for (const { name, value } of (await loadModules(folder, 'checks', load)).modules) {
    const check = value as Check;
    const run = check.run.bind(check);
    check.run = (input) => {
      const start = performance.now();
      const findings = run(input);
      times[name] = (times[name] ?? 0) + performance.now() - start;
      return findings;
    };
  }
  return times;
};
