import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['test/live/record-engines.ts'],
    reporters: ['default', './test/live/evidence.ts'],
    include: ['test/live/**/*.test.ts'],
    // Real engines start, scrape and reload at their own pace.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // They wait more than they work.
    maxWorkers: 2,
  },
});
