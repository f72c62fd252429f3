import { setFlagsFromString } from 'node:v8';
import { defineConfig } from 'vitest/config';

// V8 optimizes functions later, as in bin/crowsnest.js: few run long enough to be worth it. It saves 17 % of the CPU
// time. Other releases of Node.js have another flag.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=2000000');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['commands', 'exhaustive', 'live', 'long', 'engines', 'shipped'].map(
      (one) => `test/${one}/**`,
    ),
    // One module cache for all files halves the time; no test changes what others import.
    pool: 'threads',
    isolate: false,
    maxWorkers: '100%',
    // These tests pass on a machine with Node.js only.
    env: { WITHOUT_ENGINES: '1' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
