import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentFinding } from '../../src/content/faults.js';
import { withJsonLine } from '../../src/content/json-line.js';
import { fill, temporaryFolder } from '../output/folder.js';

const files = {
  'plain.json': '{\n  "title": "Shop",\n  "panels": [\n    { "id": 1 },\n    { "id": 2 }\n  ]\n}\n',
  'resource.json':
    '{\n  "kind": "Dashboard",\n  "spec": {\n    "panels": [\n      {}\n    ]\n  }\n}\n',
  'broken.json': '{\n',
};

const lineOf = (name: string, path?: string, line?: number) =>
  withJsonLine(
    contentFinding({
      fault: 'invalid-value',
      place: {
        file: join(fill(temporaryFolder(), files), name),
        ...(path && { path }),
        ...(line && { line }),
      },
    }),
  ).place.line;

test.each([
  ['plain.json', 'panels[1]', 5],
  ['plain.json', 'panels[1].type', 5],
  ['plain.json', 'title', 2],
  ['resource.json', 'panels[0]', 5],
  ['resource.json', 'spec.panels[0]', 5],
])('a finding about %s has the line of %s: %i', (name, path, line) => {
  expect(lineOf(name, path)).toBe(line);
});

test('a finding without a part of the file keeps its place', () => {
  expect(lineOf('plain.json', 'rows[0]')).toBeUndefined();
  expect(lineOf('plain.json')).toBeUndefined();
  expect(lineOf('plain.json', 'title', 7)).toBe(7);
  expect(lineOf('broken.json', 'title')).toBeUndefined();
  expect(lineOf('absent.json', 'title')).toBeUndefined();
});
