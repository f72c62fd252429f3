import { defineConfig } from 'vitest/config';
import commands from './vitest.commands.config.js';

/** Tests of the environments, dashboards, alerts and documentation of this repository. */
export default defineConfig({
  test: { ...commands.test, include: ['test/shipped/**/*.test.ts'] },
});
