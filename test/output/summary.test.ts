import { expect, test } from 'vitest';
import development from '../../environments/development.js';
import { validate } from '../../src/config/validate.js';
import { formatBytes, formatCores } from '../../src/model/quantity.js';
import { summary } from '../../src/output/summary.js';
import { type Totals, totalsOf } from '../../src/output/total.js';
import { buildStack } from '../../src/stack.js';
import { noContent } from '../environment.js';

const totals: Totals = {
  objects: 43,
  images: ['a', 'b'],
  cpu: 0.63,
  memory: 4.5 * 2 ** 30,
  memoryLimit: 8 * 2 ** 30,
  claims: [
    { name: 'one', bytes: 200 * 2 ** 30 },
    { name: 'two', bytes: 5 * 2 ** 30 },
  ],
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours, where the test has a terminal
const plain = (text: string): string => text.replace(/\u001b\[\d+m/g, '').replace(/ +$/gm, '');

test('the summary has a line for each environment, and tells how long it took', () => {
  const text = summary(
    [
      { environment: 'development', totals, warnings: 0 },
      { environment: 'production', totals: { ...totals, cpu: 12.5, claims: [] }, warnings: 2 },
    ],
    { development: 'unchanged', production: 'changed' },
    'dist',
    1234.5,
  );
  expect(`\n${plain(text)}`).toMatchInlineSnapshot(`
    "
     environment   objects   images          requests   memory limit    volumes   warnings   dist
     development        43        2   630m CPU, 4.5Gi            8Gi   2, 205Gi          0   unchanged
     production         43        2   12.5 CPU, 4.5Gi            8Gi       0, 0          2   changed
    Requests count a node agent once, for one node. 1.23 s.
    "
  `);
});

test('the summary names each environment that was removed', () => {
  const text = summary(
    [{ environment: 'production', totals, warnings: 0 }],
    { production: 'unchanged', staging: 'removed', trial: 'removed' },
    'dist',
    10,
  );
  expect(plain(text).split('\n').slice(2, 4)).toEqual([
    'staging: removed, there is no such environment any more',
    'trial: removed, there is no such environment any more',
  ]);
});

test('the shipped development environment fits a laptop, as the summary tells', () => {
  const { environment } = validate(development, 'development', 'environments/development.ts');
  const own = totalsOf(buildStack(environment!, noContent).manifests);
  expect(own.cpu).toBeGreaterThan(0);
  expect(own.cpu).toBeLessThan(1);
  expect(own.memory).toBeGreaterThan(0);
  expect(own.memory).toBeLessThan(2 * 2 ** 30);
  const line = plain(
    summary([{ environment: 'development', totals: own, warnings: 0 }], {}, 'dist', 10),
  ).split('\n')[1];
  expect(line).toContain(` ${formatCores(own.cpu)} CPU, ${formatBytes(own.memory)} `);
});
