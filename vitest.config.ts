import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // What ships has tests of its own: users change it.
    exclude: ['test/live/**', 'test/engines/**', 'test/shipped/**'],
    globalSetup: 'test/compiled.ts',
    // One module cache for all files halves the time; no test changes what others import.
    pool: 'threads',
    isolate: false,
    maxWorkers: '100%',
    // Some start whole processes, which take their time on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
