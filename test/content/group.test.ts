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

/** A group with one alert, and what is beside it. */
const whole = (name: string, one: string): Record<string, string> => ({
  [`${name}.ts`]: group(alert(one)),
  [`${name}.md`]: section(one),
  [`${name}.test.yaml`]: ruleTest(`${name}.yaml`, one),
});

/** What is found in files of a folder `alerts`, as `file:line message (suggestion?)`. */
const found = async (files: Record<string, string>): Promise<string[]> => {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, 'alerts', name), text);
  }
  const { findings } = await loadContent([join(folder, 'nowhere'), folder]);
  return findings.map(({ place, message, suggestion }) => {
    const file = relative(join(folder, 'alerts'), place.file!);
    return `${file}${place.line ? `:${place.line}` : ''} ${message}${suggestion ? ` (${suggestion}?)` : ''}`;
  });
};

const carts = whole('carts', 'CartsDown');

test('a group with a test and a runbook for each of its alerts has no finding', async () => {
  expect(await found(carts)).toEqual([]);
});

describe('what is wrong with a group is found', () => {
  test.each<[what: string, changed: Record<string, string>, expected: string[]]>([
    [
      'an alert without a section in the runbook',
      { 'carts.md': '# Carts\n' },
      ['carts.ts:3 The runbook has no section about CartsDown.'],
    ],
    [
      'a section that lacks a part',
      { 'carts.md': `# Carts\n${section('CartsDown').replace('**Impact.** b\n', '')}` },
      ['carts.md:2 The runbook of CartsDown does not tell its impact.'],
    ],
    [
      'a section about no alert',
      { 'carts.md': section('CartsDown') + section('CartsDwon') },
      ['carts.md:6 The group has no alert of this name. (CartsDown?)'],
    ],
    [
      'an alert of which no test shows that it fires',
      {
        'carts.test.yaml': ruleTest('carts.yaml', 'CartsDown').replace(
          /:\s+- exp_labels.*/,
          ': []',
        ),
      },
      ['carts.ts:3 No test shows that CartsDown fires.'],
    ],
    [
      'an alert of which no test shows that it is silent',
      {
        'carts.test.yaml': ruleTest('carts.yaml', 'CartsDown').replace(
          '[]',
          '[{ exp_labels: {} }]',
        ),
      },
      ['carts.ts:3 No test shows that CartsDown stays silent.'],
    ],
    [
      'a test of an alert that does not exist',
      { 'carts.test.yaml': ruleTest('carts.yaml', 'CartsDown', 'CartDown') },
      [12, 15].map(
        (line) => `carts.test.yaml:${line} The group has no alert of this name. (CartsDown?)`,
      ),
    ],
    [
      'a test of a group that does not exist',
      { 'carts.test.yaml': ruleTest('carts.yaml, cards.yaml', 'CartsDown') },
      ['carts.test.yaml:1 No group of alerts is rendered to cards.yaml. (carts.yaml?)'],
    ],
    [
      'a test that tests another group',
      { 'carts.test.yaml': ruleTest('', 'CartsDown') },
      ['carts.test.yaml It does not test its own group.'],
    ],
    [
      'two alerts of one name',
      whole('orders', 'CartsDown'),
      ['orders.ts:3 An alert of XX/carts.ts has the same name.'],
    ],
    [
      'a test and a runbook of no group',
      { 'cart.md': '', 'cart.test.yaml': '' },
      [
        "cart.md There is no group of alerts 'cart'. (carts?)",
        "cart.test.yaml There is no group of alerts 'cart'. (carts?)",
      ],
    ],
    [
      'an alert without severity and summary',
      { 'carts.ts': group(alert('Some'), "{ alert: 'CartsDown', expr: 'up', description: 'b' }") },
      ['carts.ts:4 This option is missing.', 'carts.ts:4 This option is missing.'],
    ],
    [
      'rules that cannot be made',
      {
        'carts.ts': `import { alertGroup } from '${source}';
export default alertGroup({ needs: [], rules: () => { throw new Error('no carts'); } });`,
      },
      ['carts.ts The rules cannot be made: no carts'],
    ],
  ])('%s', async (_, changed, expected) => {
    const messages = await found({ ...carts, ...changed });
    expect(messages.map((one) => one.replace(/(An alert of ).*(\/carts)/, '$1XX$2'))).toEqual(
      expected,
    );
  });

  test.each([
    ['test', '.test.yaml', 'carts.ts Its alerts have no test: there is no carts.test.yaml.'],
    ['runbook', '.md', 'carts.ts Its alerts have no runbook: there is no carts.md.'],
  ])('no %s at all', async (_, extension, expected) => {
    const { [`carts${extension}`]: _left, ...others } = carts;
    expect(await found(others)).toEqual([expected]);
  });
});

test('an alert that always fires needs no test in which it is silent', async () => {
  const always = ruleTest('carts.yaml', 'CartsDown').replace('[]', '[{ exp_labels: {} }]');
  const text = carts['carts.ts']!.replace('up == 0', 'vector(1)');
  expect(await found({ ...carts, 'carts.ts': text, 'carts.test.yaml': always })).toEqual([]);
});

test('of a compiled group that ships only the runbook is looked at', async () => {
  const { 'carts.ts': text, 'carts.md': runbook } = carts;
  writeFileSync(join(folder, 'alerts', 'carts.js'), text!);
  const { findings } = await loadContent([folder]);
  expect(findings.map(({ message }) => message)).toEqual([
    'Its alerts have no runbook: there is no carts.md.',
  ]);
  writeFileSync(join(folder, 'alerts', 'carts.md'), runbook!);
  expect((await loadContent([folder])).findings).toEqual([]);
});
