import { describe, expect, test, vi } from 'vitest';
import { loadModules } from '../../src/config/modules.js';
import { loadContent } from '../../src/content/load.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { loadChecks } from '../../src/load-checks.js';
import { synthesize } from '../../src/synthesize.js';
import { inputOf } from '../checks/input.js';
import { rightEnvironments } from '../checks/right.js';
import { build } from '../environment.js';
import { temporaryFolder } from '../output/folder.js';

const [checks, environments, { content, findings }] = await Promise.all([
  loadChecks(),
  loadModules('environments', 'config'),
  loadContent(['.']),
]);

const cases: (readonly [name: string, options: EnvironmentOptions])[] = [
  ...environments.modules.map(({ name, value }) => [name, value as EnvironmentOptions] as const),
  ...rightEnvironments,
];

test('all environments and content can be loaded', () => {
  expect([...environments.findings, ...findings]).toEqual([]);
  expect(environments.modules.length).toBeGreaterThan(1);
});

test('a synthesis has no findings and no warnings', async () => {
  const write = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const synthesis = synthesize({ environments: 'environments', out: temporaryFolder() });
  expect(await synthesis.finally(() => write.mockRestore())).toMatchObject({
    ok: true,
    findings: [],
  });
});

describe.each(cases)('in the environment %s', (_, options) => {
  const stack = build(options, content);

  test('the connections have no findings', () => {
    // As in test/checks/right.test.ts.
    const found = stack.findings.filter(({ code }) => code !== 'connections/no-logs');
    expect(found).toEqual([]);
    expect(stack.manifests.length).toBeGreaterThan(0);
  });

  test.each(checks.checks)('the check $name has no findings', ({ value }) => {
    expect(value.run(inputOf(stack, { sources: content.sources }))).toEqual([]);
  });
});
