import { describe, expect, test } from 'vitest';
import { loadChecks } from '../../src/load-checks.js';
import { build } from '../environment.js';
import { sampleContent } from '../sample/content.js';
import { inputOf } from './input.js';
import { rightEnvironments } from './right.js';

const [checks, content] = await Promise.all([loadChecks(), sampleContent()]);

test('all checks can be loaded', () => {
  expect(checks.findings).toEqual([]);
  expect(checks.checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['reachability', 'references', 'schema', 'size', 'volumes']),
  );
});

describe.each(rightEnvironments)('in the environment %s', (_, options) => {
  const stack = build(options, content);

  test('the connections have no findings', () => {
    // All options of the log agent and of the gateway include stores outside, so that Loki gets no lines.
    const found = stack.findings.filter(({ code }) => code !== 'connections/no-logs');
    expect(found).toEqual([]);
    expect(stack.manifests.length).toBeGreaterThan(0);
  });

  test.each(checks.checks)('the check $name has no findings', ({ value }) => {
    expect(value.run(inputOf(stack, { sources: content.sources }))).toEqual([]);
  });
});
