/** What `src/main.ts` does, from and to the folders that are its arguments; prints its times. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../src/synthesize.js';

const loaded = performance.now();
const [environments, out, content, profile] = process.argv.slice(2);
const checks = profile === 'checks' ? await (await import('./profile.js')).profileChecks() : {};
const { ok, stages } = await synthesize({
  environments: environments!,
  out: out!,
  content: content ? [content] : [],
});
const bytes = readdirSync(out!, { recursive: true, encoding: 'utf8' })
  .map((file) => join(out!, file))
  .filter((file) => file.endsWith('.yaml'))
  .reduce((sum, file) => sum + statSync(file).size, 0);
process.stdout.write(`${JSON.stringify({ loaded, stages, checks, bytes })}\n`);
process.exitCode = ok ? 0 : 1;
