import { defineConfig } from 'vitest/config';
import product from './vitest.config.js';

/** Tests of the environments, dashboards, alerts and documentation of this repository. */
export default defineConfig({
  test: { ...product.test, include: ['test/shipped/**/*.test.ts'], exclude: [] },
});
