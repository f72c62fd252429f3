import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../output/command.js';
import { wrongUsage } from './wrong-usage.js';

test('a misspelt option is wrong usage, with a suggestion', async () => {
  expect(await wrongUsage('synth', '--jsn')).toBe(`error: unknown option '--jsn'
(Did you mean --json?)
Run it with --help to see all options.
`);
});

test.each(['lock', 'verify'])(
  'images %s does not have the options of the list',
  async (command) => {
    expect(await wrongUsage('images', command, '--environment', 'one')).toContain(
      "unknown option '--environment'",
    );
  },
);

test('an unknown subcommand of images is wrong usage, with a suggestion', async () => {
  expect(await wrongUsage('images', 'lok')).toBe(
    "Unknown command 'images lok'. Use images, images lock or images verify. Did you mean 'lock'?\n",
  );
});

// The environments of this repository, which users change.
const [environment = ''] = readdirSync(resolve(repository, 'environments'), 'utf8')
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length));
const misspelt = environment.slice(0, -1);

test.each(['synth', 'check', 'diff'])(
  '%s takes environments as arguments, as it takes them as options',
  async (command) => {
    const message = `No environment has the name '${misspelt}'. There are: `;
    expect(await wrongUsage(command, misspelt)).toContain(message);
    expect(await wrongUsage(command, '--environment', misspelt)).toContain(message);
    expect(await wrongUsage(command, environment, '-e', misspelt)).toContain(
      `Did you mean '${environment}'?`,
    );
  },
);
