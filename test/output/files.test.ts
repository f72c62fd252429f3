import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { Manifest } from '../../src/model/manifest.js';
import { claimFile, generatedMark, manifestFiles } from '../../src/output/files.js';

const manifest = (kind: string, name: string, chart: string, data?: object): Manifest => ({
  object: { apiVersion: 'v1', kind, metadata: { name }, ...(data && { data }) },
  construct: `${chart}/${name}`,
  chart,
  patched: false,
});

const textOf = (data: object): string =>
  manifestFiles([manifest('ConfigMap', 'strings', 'app', data)])['20-app.yaml']!;

describe('the files of an environment', () => {
  const files = manifestFiles([
    manifest('StatefulSet', 'web', 'shop'),
    manifest('PersistentVolumeClaim', 'data-web-0', 'shop'),
    manifest('NetworkPolicy', 'deny', 'isolation'),
    manifest('ConfigMap', 'config', 'shop'),
    manifest('Namespace', 'stack', 'namespaces'),
    manifest('PersistentVolumeClaim', 'data-gate-0', 'gate'),
  ]);

  test('are in the order of their application: namespaces, claims, the rest', () => {
    expect(Object.keys(files)).toEqual([
      '00-namespaces.yaml',
      '10-volume-claims.yaml',
      '20-isolation.yaml',
      '20-shop.yaml',
      'Kustomization',
    ]);
    expect(claimFile).toBe('10-volume-claims.yaml');
  });

  test('contain every object once, each chart its own objects, in their order', () => {
    const names = Object.entries(files)
      .filter(([name]) => name.endsWith('.yaml'))
      .flatMap(([name, text]) =>
        parseAllDocuments(text).map((document) => [name, document.toJS().metadata.name]),
      );
    expect(names).toEqual([
      ['00-namespaces.yaml', 'stack'],
      ['10-volume-claims.yaml', 'data-web-0'],
      ['10-volume-claims.yaml', 'data-gate-0'],
      ['20-isolation.yaml', 'deny'],
      ['20-shop.yaml', 'web'],
      ['20-shop.yaml', 'config'],
    ]);
  });

  test('have a first line that says that they are generated', () => {
    for (const text of Object.values(files)) expect(text.split('\n')[0]).toBe(generatedMark);
  });

  test('are listed for kustomize in a file without an extension, which kubectl ignores', () => {
    const [kustomization] = Object.keys(files).filter((name) => !name.endsWith('.yaml'));
    // https://kubernetes.io/docs/reference/kubectl/generated/kubectl_apply: .json, .yaml, .yml
    expect(kustomization).toBe('Kustomization');
    expect(parse(files.Kustomization!)).toEqual({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: Object.keys(files).filter((name) => name !== 'Kustomization'),
    });
  });
});

// The parser of kubectl reads YAML 1.1, and rejects some of its features.
// biome-ignore format: one a line would be a hundred lines
const strings = [
  'on', 'Off', 'yes', 'NO', 'y', 'N', 'true', 'False', 'null', 'Null', '~', '', '0', '-1', '+1',
  '012', '08', '1_000', '0x10', '0X1F', '-0x1', '0o7', '0O7', '-0o7', '0o_7', '0b11', '0B1',
  '1e3', '1E3', '1.e3', '.5', '5.', '1.5', '.inf', '-.Inf', '.NaN', '685_230.15', '190:20:30',
  '1:20', '190:20:30.15', '2026-01-01', '2026-1-1 1:2:3', '2026-12-14t21:59:43.10-05:00', '<<',
  '=', '-', '- a', '---', '...', '--- a', 'a: b', ':', 'a #b', '#a', '&a', '*a', '!a', '|', '>',
  '%a', '@a', '`a', '{a', '[a', 'a]', '{{ $x }}', '"a', "'a", '? a', '?', ',', '  lead',
  'trail  ', '\ttab', 'line\nbreak', 'line\n', '\n', 'a\n\n', '  x\n y\n', '\r\n', 'a\rb',
  'a\u2028b', '\u2029', '\u0085', '\u00a0', '\ufeffx', '\u0007', '\x7f', '😀', '\\n',
  'word '.repeat(100), 'x'.repeat(1000), 'key: value\n# comment\n\tindented\n',
];

describe('a string', () => {
  const data = {
    list: strings,
    values: Object.fromEntries(strings.map((string, index) => [`key-${index}`, string])),
    keys: Object.fromEntries(strings.map((string) => [string, 'value'])),
  };

  test.each(['1.1', '1.2'] as const)('is parsed as the same string by YAML %s', (version) => {
    expect(parse(textOf(data), { version }).data).toEqual(data);
  });

  test.each([
    ['0X1F', '"0X1F"'],
    ['-0o7', '"-0o7"'],
    ['0B_1', '"0B_1"'],
  ])('that Go would parse as a number is quoted: %s', (string, quoted) => {
    expect(textOf({ string })).toContain(`string: ${quoted}\n`);
  });

  test('has escapes for characters that Go treats as line breaks or rejects', () => {
    const text = textOf({ string: 'a\u2028b\u0085\ufeff\x7f\nc', '\u2029': '' });
    expect(text).toContain('string: "a\\u2028b\\u0085\\ufeff\\u007f\\nc"\n');
    expect(text).toContain('"\\u2029": ""\n');
  });

  test('with several lines is a block, and a long line is not folded', () => {
    expect(textOf({ file: `${'word '.repeat(40)}\nend\n` })).toContain(
      `  file: |\n    ${'word '.repeat(40)}\n    end\n`,
    );
  });
});

test('numbers and booleans are not quoted, and there are no aliases', () => {
  const shared = { port: 80, on: true };
  const text = textOf({ one: shared, two: shared, half: 0.5 });
  expect(parse(text).data).toEqual({ one: shared, two: shared, half: 0.5 });
  expect(text).not.toMatch(/[&*]/);
});
