import { expect, test } from 'vitest';
import { wrongUsage } from './wrong-usage.js';

test.each([
  [['--with', 'one'], '--with compares one environment with another: name it first.'],
  [['--json', '--markdown'], 'Use --json or --markdown, not both.'],
  [['one', '--context', 'a'], '--context is only for --cluster.'],
  [['one', '--cluster', '--git', 'HEAD'], 'Use only one of --with, --git and --cluster.'],
])('diff %j is wrong usage', async (args, told) => {
  expect(await wrongUsage('diff', ...args)).toContain(told);
});
