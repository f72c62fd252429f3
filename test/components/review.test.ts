import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { differences, review } from './review.js';

const map = (data: Record<string, string>, name = 'a'): KubernetesObject =>
  ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels: { a: 'b' } },
    data,
  }) as KubernetesObject;

test('an object has its title, and its files are parsed', () => {
  expect(review([map({ 'a.yaml': 'b: [1, 2]', 'c.ini': '[d]\ne = f\n', 'g.txt': 'h: i' })])).toBe(
    'ConfigMap a: { data: { a.yaml: { b: [ 1, 2 ] }, c.ini: { d: { e: f } }, g.txt: "h: i" } }\n',
  );
});

test('equal objects have no differences', () => {
  expect(differences([map({ a: 'b' })], [map({ a: 'b' })])).toBe('');
});

test('changed, added and removed values are listed below the title of their object', () => {
  const was = map({ 'a.yaml': '{ b: 1, c: 2, list: [{ name: x, d: 1 }, { name: y }] }' });
  const is = map({ 'a.yaml': '{ b: 2, list: [{ name: new }, { name: x, d: 2 }], e: { f: 3 } }' });
  expect(differences([was, map({}, 'gone')], [is, map({ g: 'h' }, 'new')]).split('\n')).toEqual([
    'ConfigMap a',
    '  - data a.yaml b: 1',
    '  + data a.yaml b: 2',
    '  - data a.yaml c',
    '  - data a.yaml list x d: 1',
    '  + data a.yaml list x d: 2',
    '  - data a.yaml list y',
    '  + data a.yaml list new: { name: new }',
    '  + data a.yaml e: { f: 3 }',
    '- ConfigMap gone',
    '+ ConfigMap new',
    '  + data: { g: h }',
  ]);
});

test('items with the same name are numbered', () => {
  const list = (text: string) => [map({ 'a.yaml': `[${text}]` })];
  expect(differences(list('x'), list('x, x')).split('\n')).toEqual([
    'ConfigMap a',
    '  + data a.yaml x (2): x',
  ]);
});
