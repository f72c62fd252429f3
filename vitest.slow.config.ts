import { defineConfig } from 'vitest/config';
import product from './vitest.config.js';

/**
 * Tests that start whole processes, such as `crowsnest diff` in a clone, and tests that try every variant of an input.
 */
export default defineConfig({
  test: {
    ...product.test,
    include: ['test/commands/**/*.test.ts', 'test/exhaustive/**/*.test.ts'],
    exclude: [],
    globalSetup: 'test/compiled.ts',
    // Processes take their time on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
