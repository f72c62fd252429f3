import { openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Runtime } from '../../src/cli/command.js';
import { main } from '../../src/cli/main.js';
import { temporaryFolder } from '../output/folder.js';

test('a file that a command cannot read is named with the reason, without a stack trace', async () => {
  const file = join(temporaryFolder(), 'missing');
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const runtime = {
    version: '0',
    get shipped() {
      return openSync(file, 'r');
    },
  };
  try {
    expect(await main(['explain', 'nothing'], runtime as unknown as Runtime)).toBe(1);
    expect(stderr.mock.calls.join('')).toBe(
      `${file} cannot be read or written: it does not exist.\n`,
    );
  } finally {
    stderr.mockRestore();
  }
});
