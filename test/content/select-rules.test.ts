import { describe, expect, test } from 'vitest';
import { type RuleChoice, selectRules } from '../../src/content/select-rules.js';
import type { Rule } from '../../src/model/content.js';

const rules: readonly Rule[] = [
  { record: 'job:a:sum', expr: 'sum by (job) (a)' },
  { record: 'job:b:sum', expr: 'sum by (job) (b)' },
  { alert: 'A', expr: 'job:a:sum > 0', labels: { severity: 'page', team: 'shop' } },
  { alert: 'B', expr: 'job:b:sum > 0', annotations: { runbook_url: 'https://example.com' } },
  { alert: 'AOrB', expr: 'a > 0 or b > 0', labels: { severity: 'odd' } },
  { alert: 'Always', expr: 'vector(1)' },
];

/** Only the metric `a` is scraped. */
const missing: RuleChoice['missing'] = (expr, recorded) => {
  const names = expr.match(/\b(job:\w:sum|[ab])\b/g) ?? [];
  const absent = names.filter((name) => name !== 'a' && !recorded.has(name));
  return names.length > 0 && absent.length === names.length
    ? { reason: `there is no ${absent[0]}`, names: absent }
    : undefined;
};

const select = (choice: Partial<RuleChoice> = {}) =>
  selectRules(
    { shop: [{ name: 'shop', interval: '2m', labels: { severity: 'page' }, rules }] },
    {
      missing,
      recorded: [],
      off: new Map(),
      severities: {},
      runbookOf: () => undefined,
      ...choice,
    },
  );

const kept = (choice?: Partial<RuleChoice>) =>
  select(choice).ruleFiles.shop?.[0]?.rules.map(({ alert, record }) => alert ?? record);

describe('of the rules of others', () => {
  test('those are left out of which no series can exist, also over recordings', () => {
    expect(kept()).toEqual(['job:a:sum', 'A', 'AOrB', 'Always']);
    expect(select().omissions).toEqual([
      { kind: 'recording rule', name: 'job:b:sum', reason: 'there is no b', file: 'shop' },
      { kind: 'alert', name: 'B', reason: 'there is no job:b:sum', file: 'shop' },
    ]);
  });

  test('those are kept whose recording is a rule of another file', () => {
    expect(kept({ recorded: ['job:b:sum'] })).toContain('B');
  });

  test('an invalid rule is kept, so that a check reports it', () => {
    const invalid = [
      { alert: 'Expression', expr: 'b >' },
      { alert: 'Template', expr: 'b', annotations: { summary: '{{ $x }}' } },
    ];
    const { ruleFiles } = selectRules(
      { shop: [{ name: 'shop', rules: invalid }] },
      {
        missing: () => ({ reason: 'there is no b', names: ['b'] }),
        recorded: [],
        off: new Map(),
        severities: {},
        runbookOf: () => undefined,
      },
    );
    expect(ruleFiles.shop?.[0]?.rules).toEqual(invalid);
  });

  test('one about absent series would always fire, and its omission says so', () => {
    const of = (expr: string) =>
      selectRules(
        { shop: [{ name: 'shop', rules: [{ alert: 'C', expr }] }] },
        {
          missing: () => ({ reason: 'there is no b', names: ['b'], meant: { b: 'a' } }),
          recorded: [],
          off: new Map(),
          severities: {},
          runbookOf: () => undefined,
        },
      ).omissions[0];
    const reason = 'it would always fire: there is no b';
    for (const expr of ['absent(b)', '(absent_over_time(b[5m])) > 0', 'b > 1 or absent(b) == 1']) {
      expect(of(expr)).toMatchObject({ reason, absent: ['b'], meant: { b: 'a' } });
    }
    for (const expr of ['b == 0', 'absent(b) and b', 'count(b) < 1']) {
      expect(of(expr)).toEqual({
        kind: 'alert',
        name: 'C',
        reason: 'there is no b',
        meant: { b: 'a' },
        file: 'shop',
      });
    }
  });

  test('a disabled alert is left out', () => {
    expect(kept({ off: new Map([['A', 'not needed']]) })).not.toContain('A');
  });

  test('a file without rules is not written', () => {
    expect(
      select({
        missing: () => ({ reason: 'none', names: [] }),
        off: new Map([['Always', 'not needed']]),
      }).ruleFiles,
    ).toEqual({});
  });

  test('severities are mapped by the table, and others are kept', () => {
    const { ruleFiles, alerts } = select({ severities: { page: 'critical' } });
    expect(ruleFiles.shop).toMatchObject([{ interval: '2m', labels: { severity: 'critical' } }]);
    expect(alerts).toEqual([
      { alert: 'A', severity: 'critical' },
      { alert: 'AOrB', severity: 'odd' },
      { alert: 'Always', severity: 'critical' },
    ]);
    expect(ruleFiles.shop?.[0]?.rules[1]?.labels).toEqual({ severity: 'critical', team: 'shop' });
  });

  test('an alert without a runbook of its own gets the link to its section', () => {
    const { ruleFiles } = select({
      missing: () => undefined,
      runbookOf: (file, alert) => `${file}#${alert}`,
    });
    const links = ruleFiles.shop?.[0]?.rules.map(({ annotations }) => annotations?.runbook_url);
    expect(links).toEqual([
      undefined,
      undefined,
      'shop#A',
      'https://example.com',
      'shop#AOrB',
      'shop#Always',
    ]);
  });
});
