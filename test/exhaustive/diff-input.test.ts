import { expect, test } from 'vitest';
import { compare } from '../../src/diff/compare.js';
import { configMapOf } from '../../src/diff/config-map-text.js';
import { snapshotOfFiles, snapshotOfObjects } from '../../src/diff/snapshot.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { fromYaml, toYaml, yamlOf } from '../../src/model/yaml.js';
import { manifestsOf } from '../diff/pair.js';
import { sampleContent } from '../sample/content.js';

const objects = manifestsOf({ content: await sampleContent() }).map(({ object }) => object);

test('a ConfigMap is read like any YAML, but faster', () => {
  const maps = objects.filter(({ kind }) => kind === 'ConfigMap');
  expect(maps.length).toBeGreaterThan(5);
  for (const map of maps) expect(configMapOf(yamlOf(map))).toEqual(fromYaml(yamlOf(map)));
});

test.each([
  { a: 'x' },
  { a: ' x\ny\n', b: 'x\n\n  y\n' },
  { a: 'x\ny', b: 'x\n', c: '', d: 'block-of-crowsnest-0' },
  { a: '# x\n---\ny\n', 'b.c': 'x: |\n    y\n' },
])('a ConfigMap with %j is read, or left to the parser', (data) => {
  const text = toYaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data });
  const read = configMapOf(text);
  if (read !== undefined) expect(read).toEqual(fromYaml(text));
});

test('what somebody else has written into published files is no error', () => {
  const conflict = '<<<<<<< ours\nkind: ConfigMap\n=======\n- {]\n>>>>>>> theirs\n';
  const files = {
    'a.yaml': `# Generated\n${conflict}---\n[]\n---\nkind: Pod\n---\n1\n`,
    'README.md': '',
  };
  expect(compare(snapshotOfFiles(files), snapshotOfObjects([]))).toEqual([]);
});

/** The largest object of each kind, which has the most fields; the diff reads a ConfigMap as files. */
const samples = [
  ...new Map(
    objects
      .filter(({ kind }) => kind !== 'ConfigMap')
      .sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length)
      .map((object) => [object.kind, object]),
  ).values(),
];

/** Copies of a value, in each of which one part is another value. */
const mutated = function* (value: unknown, wrong: unknown): Generator<unknown> {
  yield wrong;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const other of mutated(item, wrong)) yield value.with(index, other);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      for (const other of mutated(item, wrong)) yield { ...value, [name]: other };
    }
  }
};

test.each([null, 'text', 7, [], {}, [null]])('a part of an object can be %j', (wrong) => {
  const after = snapshotOfObjects(objects);
  let count = 0;
  for (const object of samples) {
    const own = snapshotOfObjects([object]);
    for (const spec of mutated(object.spec ?? object.rules, wrong)) {
      count += 1;
      const field = object.spec ? 'spec' : 'rules';
      const before = snapshotOfObjects([{ ...object, [field]: spec } as KubernetesObject]);
      expect(compare(before, own)).toBeInstanceOf(Array);
    }
  }
  expect(count).toBeGreaterThan(400);
  expect(compare(after, after)).toEqual([]);
});
