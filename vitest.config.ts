import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/commands/**', 'test/live/**', 'test/engines/**', 'test/shipped/**'],
    // One module cache for all files halves the time; no test changes what others import.
    pool: 'threads',
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
