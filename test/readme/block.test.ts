import { expect, test } from 'vitest';
import { blocksIn, nameOf, withOptions } from './block.js';

test('a block has its heading, its mark and its line', () => {
  const page = '# A\n\n## Add one\n```ts options\na: 1,\n```\n\n```sh\nls\n```\n';
  expect(blocksIn(page)).toEqual([
    { language: 'ts', mark: 'options', text: 'a: 1,\n', heading: 'Add one', line: 4 },
    { language: 'sh', mark: '', text: 'ls\n', heading: 'Add one', line: 8 },
  ]);
});

test('a heading is converted to a file name', () => {
  expect(nameOf('Why one, two or three')).toBe('why-one-two-or-three');
});

const environment = `import type { A } from '../src/index.js';

export default {
  size: 'small',
} satisfies EnvironmentOptions;
`;

test('options are added to an environment, with their imports', () => {
  expect(
    withOptions(environment, "import { b } from './b.js';\n\n  c: b('$1'),\n"),
  ).toBe(`import { b } from './b.js';
import type { A } from '../src/index.js';

export default {
  size: 'small',
c: b('$1'),
} satisfies EnvironmentOptions;
`);
});

test('imports of options replace existing ones with the same type', () => {
  const options = "import { type EnvironmentOptions, b } from '../src/index.js';\nc: b(),\n";
  expect(withOptions(environment, options).match(/^import .*$/gm)).toEqual([
    "import { type EnvironmentOptions, b } from '../src/index.js';",
  ]);
});
