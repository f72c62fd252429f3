import { defineConfig } from 'vitest/config';
import slow from './vitest.slow.config.js';

/** Tests of the environments, dashboards, alerts and documentation of this repository. */
export default defineConfig({
  test: { ...slow.test, include: ['test/shipped/**/*.test.ts'] },
});
