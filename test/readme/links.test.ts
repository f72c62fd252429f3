import { expect, test } from 'vitest';
import { anchorsOf, linksIn } from './links.js';

test('links in the text are found, but not those in code or to other sites', () => {
  const page =
    'See [a](a.md#one), ![b](b.png) and [`code`](c.md).\nNot `[x](y.md)` or [z](https://example.com/).\n```sh\n[in](code.md)\n```\n';
  expect(linksIn(page)).toEqual(['a.md#one', 'b.png', 'c.md']);
});

test('anchors have no punctuation, and a number if a heading is repeated', () => {
  const page =
    '# One\n## What `synth` does, and why?\n## One\n```md\n# Code\n```\n## [Link](a.md) x\n';
  expect([...anchorsOf(page)]).toEqual(['one', 'what-synth-does-and-why', 'one-1', 'link-x']);
});
