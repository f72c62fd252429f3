import { expect, vi } from 'vitest';
import type { Runtime } from '../../src/cli/command.js';
import { main } from '../../src/cli/main.js';

/** Runs a command that fails before it needs a project or a runtime, and returns what it tells. */
export const wrongUsage = async (...args: readonly string[]): Promise<string> => {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    expect(await main(args, { version: '0' } as Runtime)).toBe(2);
    expect(stdout).not.toHaveBeenCalled();
    return stderr.mock.calls.join('');
  } finally {
    stderr.mockRestore();
    stdout.mockRestore();
  }
};
