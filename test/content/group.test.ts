import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadContent } from '../../src/content/load.js';

const source = new URL('../../src/content/alert-group.ts', import.meta.url).href;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'group-'));
  mkdirSync(join(folder, 'alerts'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const group = (...alerts: string[]): string => `import { alertGroup } from '${source}';
export default alertGroup({ needs: [], rules: () => ({ alerts: [
${alerts.join(',\n')},
] }) });
`;
const alert = (name: string, rest = ''): string =>
  `{ alert: '${name}', expr: 'up == 0', severity: 'warning', summary: 'a', description: 'b', ${rest} }`;
const section = (name: string): string =>
  `## ${name}\n**Meaning.** a\n**Impact.** b\n**Diagnosis.** c\n**Remedy.** d\n`;
const cases = (name: string): string => `
      - eval_time: 1m
        alertname: ${name}
        exp_alerts: []
      - eval_time: 2m
        alertname: ${name}
        exp_alerts:
          - exp_labels: {}`;
const ruleTest = (file: string, ...names: string[]): string =>
  `rule_files: [${file}]\ntests:\n  - alert_rule_test:${names.map(cases).join('')}\n`;

/** A group with one alert, its tests and its runbook. */
const whole = (name: string, one: string): Record<string, string> => ({
  [`${name}.ts`]: group(alert(one)),
  [`${name}.md`]: section(one),
  [`${name}.test.yaml`]: ruleTest(`${name}.yaml`, one),
});

/** The findings in the files of a folder `alerts`, as `file:line code (suggestion?)`. */
const found = async (files: Record<string, string>): Promise<string[]> => {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, 'alerts', name), text);
  }
  const { findings } = await loadContent([join(folder, 'nowhere'), folder]);
  return findings.map(({ place, code, suggestion }) => {
    const file = relative(join(folder, 'alerts'), place.file!);
    return `${file}${place.line ? `:${place.line}` : ''} ${code}${suggestion ? ` (${suggestion}?)` : ''}`;
  });
};

const carts = whole('carts', 'CartsDown');

test('a group with tests and a runbook section for each alert has no findings', async () => {
  expect(await found(carts)).toEqual([]);
});

describe('the check reports', () => {
  test.each<[what: string, changed: Record<string, string>, expected: string[]]>([
    [
      'an alert without a section in the runbook',
      { 'carts.md': '# Carts\n' },
      ['carts.ts:3 content/no-runbook'],
    ],
    [
      'a section without a part',
      { 'carts.md': `# Carts\n${section('CartsDown').replace('**Impact.** b\n', '')}` },
      ['carts.md:2 content/incomplete-runbook'],
    ],
    [
      'a section about an unknown alert',
      { 'carts.md': section('CartsDown') + section('CartsDwon') },
      ['carts.md:6 content/unknown-alert (CartsDown?)'],
    ],
    [
      'an alert without a test in which it fires',
      {
        'carts.test.yaml': ruleTest('carts.yaml', 'CartsDown').replace(
          /:\s+- exp_labels.*/,
          ': []',
        ),
      },
      ['carts.ts:3 content/no-test'],
    ],
    [
      'an alert without a test in which it does not fire',
      {
        'carts.test.yaml': ruleTest('carts.yaml', 'CartsDown').replace(
          '[]',
          '[{ exp_labels: {} }]',
        ),
      },
      ['carts.ts:3 content/no-test'],
    ],
    [
      'a test of an unknown alert',
      { 'carts.test.yaml': ruleTest('carts.yaml', 'CartsDown', 'CartDown') },
      [12, 15].map((line) => `carts.test.yaml:${line} content/unknown-alert (CartsDown?)`),
    ],
    [
      'a test of an unknown group',
      { 'carts.test.yaml': ruleTest('carts.yaml, cards.yaml', 'CartsDown') },
      ['carts.test.yaml:1 content/unknown-rule-file (carts.yaml?)'],
    ],
    [
      'a test that tests another group',
      { 'carts.test.yaml': ruleTest('', 'CartsDown') },
      ['carts.test.yaml content/unknown-rule-file'],
    ],
    [
      'two alerts with the same name',
      whole('orders', 'CartsDown'),
      ['orders.ts:3 content/duplicate-alert'],
    ],
    [
      'a test and a runbook without a group',
      { 'cart.md': '', 'cart.test.yaml': '' },
      ['cart.md content/no-group (carts?)', 'cart.test.yaml content/no-group (carts?)'],
    ],
    [
      'an alert without severity and summary',
      { 'carts.ts': group(alert('Some'), "{ alert: 'CartsDown', expr: 'up', description: 'b' }") },
      ['carts.ts:4 content/missing-option'],
    ],
    [
      'an alert with another name, severity and without a summary, as its style',
      {
        ...whole('carts', 'carts-down'),
        'carts.ts': group(
          "{ alert: 'carts-down', expr: 'up', severity: 'criticl', description: 'b' }",
        ),
      },
      [
        'carts.ts:3 content/alert-style',
        'carts.ts:3 content/alert-style (critical?)',
        'carts.ts:3 content/alert-style',
      ],
    ],
    [
      'a label that a field sets, or that has no name',
      { 'carts.ts': group(alert('CartsDown', "labels: { severity: 'a', '': 'b' }")) },
      ['carts.ts:3 content/invalid-name', 'carts.ts:3 content/invalid-name'],
    ],
    [
      'a group that cannot be loaded, without findings about its test and runbook',
      { 'carts.ts': "throw new Error('no carts');" },
      ['carts.ts:1 content/not-loadable'],
    ],
    [
      'rules that throw an error',
      {
        'carts.ts': `import { alertGroup } from '${source}';
export default alertGroup({ needs: [], rules: () => { throw new Error('no carts'); } });`,
      },
      ['carts.ts:2 content/failing-rules'],
    ],
  ])('%s', async (_, changed, expected) => {
    expect(await found({ ...carts, ...changed })).toEqual(expected);
  });

  test.each([
    ['test', '.test.yaml', 'carts.ts content/no-test'],
    ['runbook', '.md', 'carts.ts content/no-runbook'],
  ])('no %s at all', async (_, extension, expected) => {
    const { [`carts${extension}`]: _left, ...others } = carts;
    expect(await found(others)).toEqual([expected]);
  });
});

test.each([
  [
    'labels, annotations and the URL of its runbook',
    "labels: { team: 'shop' }, annotations: { a: '{{ $value }}' }, runbook: 'https://example.com/a'",
  ],
])('an alert with %s has no findings', async (_, rest) => {
  const files = { ...carts, 'carts.ts': group(alert('CartsDown', rest)), 'carts.md': '# Carts\n' };
  expect(await found(files)).toEqual([]);
  const { 'carts.md': _runbook, ...without } = files;
  rmSync(join(folder, 'alerts/carts.md'));
  expect(await found(without)).toEqual([]);
});

test('an alert that always fires needs no test in which it does not fire', async () => {
  const always = ruleTest('carts.yaml', 'CartsDown').replace('[]', '[{ exp_labels: {} }]');
  const text = carts['carts.ts']!.replace('up == 0', 'vector(1)');
  expect(await found({ ...carts, 'carts.ts': text, 'carts.test.yaml': always })).toEqual([]);
});

test('only the runbook of a compiled group is checked', async () => {
  const { 'carts.ts': text, 'carts.md': runbook } = carts;
  writeFileSync(join(folder, 'alerts', 'carts.js'), text!);
  const { findings } = await loadContent([folder]);
  expect(findings).toMatchObject([
    { code: 'content/no-runbook', message: 'The alert has no runbook: carts.md does not exist.' },
  ]);
  writeFileSync(join(folder, 'alerts', 'carts.md'), runbook!);
  expect((await loadContent([folder])).findings).toEqual([]);
});
