import { readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkProject } from '../../src/check-project.js';
import { oneAtATime } from '../one-at-a-time.js';
import { repository } from '../output/command.js';
import { temporaryFolder } from '../output/folder.js';
import { blocksIn } from '../readme/block.js';
import { linksIn } from '../readme/links.js';
import { textOf } from '../readme/pages.js';

// The folder of the example service is no environment.
const examples = readdirSync(join(repository, 'examples'))
  .filter((name) => name.endsWith('.ts'))
  .sort();
const names = examples.map((file) => file.replace('.ts', ''));

it('synth has no finding about the examples', async () => {
  const environments = temporaryFolder();
  const load = oneAtATime();
  for (const file of examples) {
    symlinkSync(join(repository, 'examples', file), join(environments, file));
  }
  const { stacks, findings, unchecked } = await checkProject({
    environments,
    out: join(temporaryFolder(), 'dist'),
    load: (path) => load(realpathSync(path)),
  });
  expect(findings.map(({ code, place, message }) => [code, place, message])).toEqual([]);
  expect(unchecked).toEqual([]);
  expect(stacks.map(({ environment }) => environment.name)).toEqual(names);
}, 300_000);

it('each example has a guide, which the list of guides names', () => {
  const guides = readdirSync(join(repository, 'docs/guides')).filter(
    (name) => name !== 'README.md',
  );
  expect(guides.sort()).toEqual(names.map((name) => `${name}.md`));
  expect(linksIn(textOf('docs/guides/README.md'))).toEqual(
    expect.arrayContaining([...guides, ...examples.map((file) => `../../examples/${file}`)]),
  );
});

it.each(names)('the code in the guide %s is that of the example', (name) => {
  const blocks = blocksIn(textOf(`docs/guides/${name}.md`)).filter(
    ({ language, mark }) => language === 'ts' || mark?.startsWith('examples/'),
  );
  expect(blocks.map(({ mark }) => mark)).toContain(`examples/${name}.ts`);
  for (const { mark = '', text } of blocks) {
    expect(mark).toMatch(new RegExp(`^examples/${name}(\\.ts$|/)`));
    expect(readFileSync(join(repository, mark), 'utf8')).toContain(text);
  }
});
