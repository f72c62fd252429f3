import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadModule } from '../src/config/import-module.js';
import { synthesize } from '../src/synthesize.js';
import { profileChecks } from './profile.js';

/** What `src/main.ts` does, from and to the folders that are its arguments; prints its times. */
export const main = async (load?: LoadModule): Promise<void> => {
  const loaded = performance.now();
  const bundled = performance.getEntriesByName('bundled')[0]?.startTime;
  const [environments, out, content, profile] = process.argv.slice(2);
  const checks = profile === 'checks' ? await profileChecks(load) : {};
  const { ok, stages } = await synthesize({
    environments: environments!,
    out: out!,
    content: content ? [content] : [],
    load,
  });
  const bytes = readdirSync(out!, { recursive: true, encoding: 'utf8' })
    .map((file) => join(out!, file))
    .filter((file) => file.endsWith('.yaml'))
    .reduce((sum, file) => sum + statSync(file).size, 0);
  process.stdout.write(`${JSON.stringify({ bundled, loaded, stages, checks, bytes })}\n`);
  process.exitCode = ok ? 0 : 1;
};
