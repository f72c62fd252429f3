import { expect, test } from 'vitest';
import runbooks from '../../src/checks/alerts/runbooks.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { build, minimal } from '../environment.js';
import { sampleContent } from '../sample/content.js';
import { inputOf } from './input.js';

const content = await sampleContent();
const production = {
  ...minimal,
  stage: 'production',
  alerting: {
    receivers: [{ kind: 'webhook', name: 'it', url: { secret: 'alertmanager', key: 'it' } }],
    defaultReceiver: 'it',
  },
} as const satisfies EnvironmentOptions;

test('relative links are one finding in production, with the remedy', () => {
  expect(runbooks.run(inputOf(build(production, content)))).toMatchObject([
    {
      severity: 'warning',
      place: { path: 'runbooks' },
      fault: 'relative-link',
      message: expect.stringMatching(/^The runbook links of \d+ alerts /),
      value: expect.stringMatching(/^alerts\/[\w-]+\.md#\w+$/),
    },
  ]);
});

test('URLs have no findings, nor do relative links outside production', () => {
  const linked = { ...production, runbooks: 'https://git.example.com/alerts' };
  expect(runbooks.run(inputOf(build(linked, content)))).toEqual([]);
  expect(runbooks.run(inputOf(build(minimal, content)))).toEqual([]);
});
