import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['test/live/record-engines.ts'],
    reporters: ['default', './test/live/evidence.ts'],
    include: ['test/long/**/*.test.ts'],
    // Real engines start, scrape and reload at their own pace.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
  },
});
