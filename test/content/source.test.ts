import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sourceOf, withRunbook } from '../../src/content/source.js';
import { fill, temporaryFolder } from '../output/folder.js';

const linesIn = (name: string, text: string) =>
  sourceOf(join(fill(temporaryFolder(), { [name]: text }), name), false).lineOf;

test('a whole text is preferred to a part of another text', () => {
  const lineOf = linesIn('a.ts', "'Requests a second'\n'Requests'\nRequested Request: 1\n");
  expect(['Requests', 'Request', 'Requests a', 'Reques'].map((text) => lineOf(text))).toEqual([
    2,
    3,
    1,
    undefined,
  ]);
});

test('of equal texts the first one counts, or the one after the given texts', () => {
  const lineOf = linesIn(
    'a.ts',
    ["title: 'Nodes'", "row 'CPU'", "panel 'Memory'", "row 'Memory'", "panel 'Memory'"].join('\n'),
  );
  expect(lineOf('Memory')).toBe(3);
  expect(lineOf('Memory', ['Nodes', 'CPU'])).toBe(3);
  expect(lineOf('Memory', ['Nodes', 'CPU', 'Memory'])).toBe(4);
  expect(lineOf('Memory', ['Nodes', 'CPU', 'Memory', 'Memory'])).toBe(5);
  // A text that exists once has its line with any texts before it.
  expect(lineOf('CPU', ['Memory'])).toBe(2);
});

test('no line is returned if it would be a guess', () => {
  const lineOf = linesIn('a.ts', "'Memory'\n'Memory'\n'CPU'");
  expect(lineOf('Memory', ['CPU'])).toBeUndefined();
  // The keys of an exported dashboard are sorted, so the order of texts is unknown.
  const exported = linesIn('a.json', '"Memory"\n"Memory"\n"CPU"');
  expect([exported('Memory', ['Memory']), exported('CPU', ['Memory'])]).toEqual([undefined, 3]);
});

test('a text may have any characters', () => {
  const lineOf = linesIn('a.json', '"a"\n"rate(a[5m])"\n"x.y"\nxzy\n"a.b*"\n');
  const texts = ['rate(a[5m])', 'x.y', 'a.b*', 'a', '', '$1'];
  expect(texts.map((text) => lineOf(text))).toEqual([2, 3, 5, 1, undefined, undefined]);
});

test('an unchanged file has the same source, and a changed one has another', () => {
  const folder = fill(temporaryFolder(), { 'a.ts': "'CPU'", 'a.md': '## A' });
  const source = () => withRunbook(sourceOf(join(folder, 'a.ts'), false), ['a:rate']);
  const first = source();
  expect(first.lineOf('CPU')).toBe(1);
  expect(source()).toBe(first);
  writeFileSync(join(folder, 'a.md'), '## Other');
  expect(source()).not.toBe(first);
  expect(source().runbook?.alerts()).toEqual(['Other']);
  writeFileSync(join(folder, 'a.ts'), "\n'CPU'");
  expect(source().lineOf('CPU')).toBe(2);
  expect(withRunbook(sourceOf(join(folder, 'a.ts'), false), [])).not.toBe(source());
});
