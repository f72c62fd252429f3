import { expect, test } from 'vitest';
import { loadModules } from '../../src/config/modules.js';
import { scaleOf } from '../../src/environment/setting.js';
import { validate } from '../../src/environment/validate.js';
import { totalsOf } from '../../src/output/total.js';
import { buildStack } from '../../src/stack.js';
import { noContent } from '../environment.js';

const logs = { loki: { enabled: true }, logAgent: { enabled: true } };

test.each([
  ['as it is', {}],
  ['with logs', logs],
])('the development environment fits a laptop, %s', async (_, more) => {
  const { modules } = await loadModules('environments', 'config');
  const { value, file } = modules.find(({ name }) => name === 'development')!;
  const { environment } = validate({ ...(value as object), ...more }, 'development', file);
  const { cpu, memory } = totalsOf(
    buildStack(environment!, noContent).manifests,
    scaleOf(environment!).nodes,
  );
  expect(cpu).toBeGreaterThan(0);
  expect(cpu).toBeLessThan(1);
  expect(memory).toBeGreaterThan(0);
  expect(memory).toBeLessThan(2 * 2 ** 30);
});
