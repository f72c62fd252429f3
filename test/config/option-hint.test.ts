import { expect, test } from 'vitest';
import { validate } from '../../src/environment/validate.js';
import { minimal } from '../environment.js';

const remediesOf = (options: object) =>
  validate({ ...minimal, ...options }, 'test', 'environments/test.ts').findings.map(
    ({ code, remedy }) => `${code} ${remedy}`,
  );

test.each([
  [{ namespace: 'monitoring' }, "Use namespaces: { stack: '…' }."],
  [{ grafana: { adminPassword: 'a' } }, /^Use grafana\.credentials/],
  [{ prometheus: { resources: {} } }, 'Use cpu, memory and memoryLimit of the component.'],
  [{ prometheus: { nodeSelector: {} } }, /^Use nodeSelector of the environment/],
  [{ grafana: { tolerations: [] } }, /^Use tolerations of the environment/],
  [{ prometheus: { ingress: {} } }, /^Use exposure of the environment/],
])('the unknown option %j has a remedy that names the option of Crowsnest', (options, remedy) => {
  const expected = typeof remedy === 'string' ? remedy : expect.stringMatching(remedy);
  expect(remediesOf(options).map((one) => one.replace('config/unknown-option ', ''))).toEqual([
    expected,
  ]);
});

test('another unknown option has the usual remedy', () => {
  expect(remediesOf({ prometheus: { retension: '1d' } })).toEqual([
    expect.stringContaining('Use one of enabled, cpu'),
  ]);
});

test('the options at their place are no fault', () => {
  expect(remediesOf({ nodeSelector: { pool: 'a' }, prometheus: { cpu: '1' } })).toEqual([]);
});
