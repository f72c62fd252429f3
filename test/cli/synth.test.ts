import { expect, test } from 'vitest';
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

test.each(['synth', 'check', 'diff'])(
  '%s takes environments as arguments, as it takes them as options',
  async (command) => {
    const message = "No environment has the name 'prodction'. There are: ";
    expect(await wrongUsage(command, 'prodction')).toContain(message);
    expect(await wrongUsage(command, '--environment', 'prodction')).toContain(message);
    expect(await wrongUsage(command, 'production', '-e', 'prodction')).toContain(
      "Did you mean 'production'?",
    );
  },
);
