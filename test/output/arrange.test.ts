import { expect, test } from 'vitest';
import type { Finding, Place } from '../../src/model/finding.js';
import { arrange } from '../../src/output/arrange.js';

const finding = (place: Place, rest: Partial<Finding> = {}): Finding => ({
  code: 'panels/no-unit',
  severity: 'error',
  place,
  message: 'The values of the panel have no unit.',
  remedy: 'Set a unit.',
  ...rest,
});
const panels = (count: number, environment?: string): Finding[] =>
  Array.from({ length: count }, (_, index) =>
    finding({
      ...(environment && { environment }),
      file: 'dashboards/shop.ts',
      path: `shop.json: panel '${index}'`,
    }),
  );

test('findings of one file are together, in the order of their lines', () => {
  const at = (file: string, line?: number) => finding({ file, line }, { value: `${file} ${line}` });
  const all = [at('b.ts', 9), at('a.ts', 3), at('b.ts'), at('a.ts', 1), at('b.ts', 2)];
  expect(arrange(all).map(({ value }) => value)).toEqual([
    'b.ts 2',
    'b.ts 9',
    'b.ts undefined',
    'a.ts 1',
    'a.ts 3',
  ]);
});

test('a finding of several environments about one place is one', () => {
  const place = { file: 'applications/shop.ts', line: 3 };
  expect(arrange([finding(place), finding({ ...place, line: 4 }), finding(place)])).toEqual([
    finding(place),
    finding({ ...place, line: 4 }),
  ]);
});

test('the same fault at many places is one finding with a list of the places', () => {
  const [one, ...more] = arrange(panels(100));
  expect(more).toEqual([]);
  expect(one?.place.path).toBe("shop.json: panel '0'");
  expect(one?.others).toHaveLength(99);
  expect(one?.others?.[98]).toEqual({
    file: 'dashboards/shop.ts',
    path: "shop.json: panel '99'",
  });
});

test('the same fault in the options of several environments has a finding for each of these', () => {
  const options = (file: string) =>
    ['a', 'b', 'c', 'd'].map((path) => finding({ file, path }, { code: 'config/unknown-option' }));
  const all = arrange([...options('environments/one.ts'), ...options('environments/two.ts')]);
  expect(all.map(({ place: { file, path }, others }) => [file, path, others?.length])).toEqual([
    ['environments/one.ts', 'a', 3],
    ['environments/two.ts', 'a', 3],
  ]);
});

test('warnings about the style of an imported dashboard are one for each kind and file', () => {
  const style = (file: string, code: string, severity: Finding['severity'] = 'warning') =>
    [1, 2].map((value) => finding({ file, path: `panel ${value}` }, { code, severity, value }));
  const gap = 'dashboard-layout/gap';
  const counts = (findings: Finding[]) => arrange(findings).map(({ others }) => others?.length);
  expect(counts([...style('a.json', gap), ...style('a.json', 'panels/no-unit')])).toEqual([1, 1]);
  expect(counts([...style('a.json', gap), ...style('b.json', gap)])).toEqual([1, 1]);
  expect(counts(style('a.json', 'dashboard-variables/unused-variable'))).toEqual([1]);
  for (const separate of [
    style('a.ts', gap),
    style('a.json', gap, 'error'),
    style('a.json', 'promql/invalid-expression'),
  ]) {
    expect(counts(separate)).toEqual([undefined, undefined]);
  }
});

test('the same fault at few places has a finding for each', () => {
  expect(arrange(panels(3))).toEqual(panels(3));
});

test('findings with different codes, values or environments are not combined', () => {
  const different = [
    ...panels(2, 'staging'),
    ...panels(2, 'production'),
    ...[1, 2].map((value) => finding({ file: 'a.ts' }, { value })),
    finding({ file: 'a.ts' }, { code: 'panels/unknown-unit' }),
  ];
  expect(arrange(different)).toEqual(different);
});
