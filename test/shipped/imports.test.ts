import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../output/command.js';

const importsOf = (folder: string): string[] =>
  readdirSync(join(repository, folder))
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [
      ...readFileSync(join(repository, folder, name), 'utf8').matchAll(/\bfrom '([^']+)'/g),
    ])
    .map(([, target = '']) => target);

test.each([
  ['alerts', /^(\.\.\/src\/content\/(objective\/)?|\.\/)[-a-z]+\.js$/],
  ['dashboards', /^(\.\.\/src\/content\/(objective\/)?|\.\/)[-a-z]+\.js$/],
  ['environments', /^(\.\.\/src\/index|\.\.\/alerts\/[-a-z]+)\.js$/],
])('%s import only what users can import', (folder, allowed) => {
  const imports = importsOf(folder);
  expect(imports.length).toBeGreaterThan(2);
  expect(imports.filter((target) => !allowed.test(target))).toEqual([]);
});
