import { expect, test } from 'vitest';
import type { Runtime } from '../../src/cli/command.js';
import { runExplain } from '../../src/cli/run-explain.js';
import { importModule } from '../../src/config/modules.js';
import { repository } from '../output/command.js';

const explain = (code: string, shipped: string): Promise<string> =>
  runExplain(code, { load: importModule, shipped } as Runtime);

test('explain says what is wrong, an example that is rejected, and the fix', async () => {
  expect(await explain('selectors/no-pods', repository)).toMatch(
    /^selectors: .*\n\nselectors\/no-pods \(error\)\n.*\n {2}Rejected:\n.*\n {2}Fix: /s,
  );
});

test.each([
  [repository, /Did you mean 'selectors\/no-pods'\? docs\/checks\.md lists/],
  ['/', /Did you mean 'selectors\/no-pods'\? node_modules\/crowsnest\/docs\/checks\.md lists/],
])(
  'an unknown code has a suggestion and the path of the list, with the content in %s',
  async (shipped, told) => {
    await expect(explain('selectors/no-pod', shipped)).rejects.toThrow(told);
  },
);

test('a fault without its check is completed', async () => {
  await expect(explain('unknown-bucket', repository)).rejects.toThrow(
    "Did you mean 'buckets/unknown-bucket' or 'applications/unknown-bucket'?",
  );
  await expect(explain('bucket-of-nothing', repository)).rejects.toThrow(/'\. docs/);
});
