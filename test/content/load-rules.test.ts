import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadContent } from '../../src/content/load.js';
import { ruleFileName } from '../../src/content/load-rules.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rules-'));
  mkdirSync(join(folder, 'alerts'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const loaded = async (files: Readonly<Record<string, string | Buffer>>) => {
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, 'alerts', name), text);
  const { content, findings } = await loadContent([join(folder, 'nowhere'), folder]);
  return {
    names: Object.keys(content.ruleFiles),
    content,
    codes: findings.map(({ code, severity }) => `${severity} ${code.replace('content/', '')}`),
  };
};

const alert = (name: string, annotations = ''): string =>
  `groups: [{ name: g, rules: [{ alert: ${name}, expr: up == 0, annotations: { ${annotations} } }] }]`;

const runbook = 'runbook_url: https://example.com';
const section = '## A\n**Meaning.** a\n**Impact.** b\n**Diagnosis.** c\n**Remedy.** d\n';
const tests = (file: string): string =>
  `rule_files: [${file}]\ntests:\n  - alert_rule_test:\n      - { alertname: A, exp_alerts: [{}] }\n      - { alertname: A, exp_alerts: [] }\n`;

test.each([
  ['shop.yaml', 'shop'],
  ['shop.yml', 'shop'],
  ['Shop alerts (v2).yaml', 'Shop-alerts-v2'],
  ['shop.rules.yaml', 'shop.rules'],
  ['監視.yaml', 'rules'],
])('the name of %s is a key of a ConfigMap: %s', async (file, name) => {
  expect(ruleFileName(file)).toBe(name);
  expect((await loaded({ [file]: alert('A') })).names).toEqual([name]);
});

test.each<[string, Record<string, string>, string[]]>([
  ['neither', {}, ['warning no-runbook', 'warning no-test']],
  ['an annotation with its runbook', { 'a.yaml': alert('A', runbook) }, ['warning no-test']],
  ['a runbook', { 'a.md': section }, ['warning no-test']],
  ['tests', { 'a.test.yaml': tests('a.yaml') }, ['warning no-runbook']],
  ['both', { 'a.md': section, 'a.test.yaml': tests('a.yaml') }, []],
  [
    'recordings only',
    { 'a.yaml': "groups: [{ name: g, rules: [{ record: 'a:b', expr: up }] }]" },
    [],
  ],
])('rules with %s have warnings for what lacks', async (_, files, codes) => {
  expect((await loaded({ 'a.yaml': alert('A'), ...files })).codes).toEqual(codes);
});

test('a file that is not in UTF-8 is rejected', async () => {
  const text = Buffer.from(alert('A', 'summary: Größe'), 'latin1');
  expect(await loaded({ 'a.yaml': text })).toMatchObject({
    names: [],
    codes: ['error invalid-encoding'],
  });
});

test('a folder with the name of a rule file, a runbook or a test is reported once', async () => {
  for (const name of ['a.md', 'a.test.yaml', 'b.yaml']) mkdirSync(join(folder, 'alerts', name));
  expect((await loaded({ 'a.yaml': alert('A') })).codes).toEqual(
    Array.from({ length: 3 }, () => 'error unread-file'),
  );
});

test('a link that leads nowhere is reported in plain words', async () => {
  symlinkSync('nowhere', join(folder, 'alerts', 'a.yaml'));
  expect((await loadContent([folder])).findings).toMatchObject([
    {
      code: 'content/unreadable-file',
      place: { file: expect.stringContaining('alerts/a.yaml') },
      message: 'The file cannot be read: it does not exist.',
    },
  ]);
});

test('two files with the same name are rejected', async () => {
  const recording = "groups: [{ name: g, rules: [{ record: 'a:b', expr: up }] }]";
  expect((await loaded({ 'a.yaml': recording, 'a.yml': recording })).codes).toEqual([
    'error duplicate-name',
  ]);
});

test('the same alert in one file has no finding, and a warning in two', async () => {
  const both = `groups: [{ name: g, rules: [{ alert: A, expr: up == 0, labels: { severity: a }, annotations: { ${runbook} } }, { alert: A, expr: up == 1, labels: { severity: b }, annotations: { ${runbook} } }] }]`;
  expect((await loaded({ 'a.yaml': both })).codes).toEqual(['warning no-test']);
  expect((await loaded({ 'b.yaml': alert('A', runbook) })).codes).toContain(
    'warning duplicate-alert',
  );
});

test('an alert has the line of its expression', async () => {
  const { content } = await loaded({ 'a.yaml': `\n${alert('A')}` });
  expect(content.sources['alerts/a']?.lineOf('up == 0')).toBe(2);
});

test('a file of rules in LogQL is apart from those of Prometheus, and needs no test', async () => {
  const expr = `'sum(count_over_time({app="shop"} |= "panic" [5m])) > 0'`;
  const text = `groups: [{ name: g, rules: [{ alert: A, expr: ${expr}, annotations: { ${runbook} } }] }]`;
  const { content, codes } = await loaded({ 'shop.logql.yaml': text });
  expect(codes).toEqual([]);
  expect(content.ruleFiles).toEqual({});
  expect(content.logRuleFiles!['shop.logql']![0]!.rules[0]!.alert).toBe('A');
});

test('a recording rule in LogQL is reported', async () => {
  const text = `groups: [{ name: g, rules: [{ record: a:b, expr: 'sum(rate({app="shop"}[5m]))' }] }]`;
  const { content, codes } = await loaded({ 'shop.logql.yaml': text });
  expect(codes).toEqual(['error recorded-logs']);
  expect(content.logRuleFiles).toEqual({});
});
