/** What `src/main.ts` does, from and to the folders that are its arguments; prints its times. */
import { synthesize } from '../src/synthesize.js';

const loaded = performance.now();
const [environments, out, profile] = process.argv.slice(2);
const checks = profile === 'checks' ? await (await import('./profile.js')).profileChecks() : {};
const { ok, stages } = await synthesize({ environments: environments!, out: out! });
process.stdout.write(`${JSON.stringify({ loaded, stages, checks })}\n`);
process.exitCode = ok ? 0 : 1;
