import { expect, test } from 'vitest';
import { summary } from '../../src/output/summary.js';
import type { Totals } from '../../src/output/total.js';

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

test('the summary has a line for each environment, and the duration', () => {
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
    Requests and limits are for all nodes (cluster.nodes). 1.23 s.
    "
  `);
});

test('the summary lists each removed environment', () => {
  const text = summary(
    [{ environment: 'production', totals, warnings: 0 }],
    { production: 'unchanged', staging: 'removed', trial: 'removed' },
    'dist',
    10,
  );
  expect(plain(text).split('\n').slice(2, 4)).toEqual([
    'staging: removed: this environment no longer exists',
    'trial: removed: this environment no longer exists',
  ]);
});
