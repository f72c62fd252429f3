import { synthesize } from './synthesize.js';

const { ok } = await synthesize({ environments: 'environments', out: 'dist' });
process.exitCode = ok ? 0 : 1;
