import { expect, test } from 'vitest';
import { runNew } from '../../src/cli/new/run.js';
import { importModule } from '../../src/config/modules.js';
import { repository } from '../output/command.js';

test('an application has no name that synth rejects, and nothing is written', async () => {
  await expect(
    runNew('application', 'a'.repeat(31), { shipped: repository, load: importModule }),
  ).rejects.toThrow(/at most 30 lower-case letters/);
});
