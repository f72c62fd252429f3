import { expect, test } from 'vitest';
import { repository, run } from '../output/command.js';

test.each([
  [['--help'], "Unknown option '--help'"],
  [['--every', 'x'], "--every takes a whole number above zero, and not 'x'."],
  [['drop-mont'], 'No such operator: drop-mont. There are '],
])('the mutation testing rejects %j', async (given, told) => {
  const command = [process.execPath, '--import', 'tsx', 'tools/mutation.ts', ...given];
  const { status, stderr } = await run(command, repository);
  expect(status).toBe(1);
  expect(stderr).toContain(told);
  expect(stderr).toMatch(/\nUsage: npx tsx tools\/mutation\.ts .*\n$/);
});
