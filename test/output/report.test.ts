import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.js';
import { takesColours } from '../../src/output/colours.js';
import { report, type Unchecked } from '../../src/output/report.js';

const plain = pc.createColors(false);

const finding = (rest: Partial<Finding>): Finding => ({
  code: 'config/invalid-value',
  severity: 'error',
  place: { file: 'environments/production.ts', path: 'size' },
  message: 'This value is not allowed.',
  remedy: "Set it to 'small', 'medium' or 'large'.",
  ...rest,
});

const findings: Finding[] = [
  finding({ severity: 'warning', message: 'It is large.', remedy: 'Make it smaller.' }),
  finding({
    place: { environment: 'production', object: 'ConfigMap crowsnest/rules', construct: 'a/b/c' },
    code: 'size/too-large',
    message: 'It is too large.',
    why: 'A client-side apply keeps a copy of it.',
    remedy: 'Split it.',
  }),
  finding({ value: 'smal', suggestion: 'small' }),
  finding({
    place: { file: 'alerts/node.ts', line: 3, column: 7 },
    code: 'content/not-loadable',
    message: 'The file cannot be loaded: x is not defined',
    remedy: 'Correct it there.',
  }),
  finding({
    place: {
      environment: 'production',
      object: 'Service crowsnest/web',
      path: 'spec.ports[0].port',
      construct: 'd/e',
    },
    code: 'schema/invalid-value',
    value: 0,
  }),
];

describe('a report', () => {
  test('groups findings by place, warnings before errors, each with its remedy', () => {
    expect(`\n${report(findings, plain)}`).toMatchInlineSnapshot(`
      "
      environments/production.ts
        warning size (config/invalid-value)
          It is large.
          Make it smaller.

      environment production
        error ConfigMap crowsnest/rules (size/too-large)
          It is too large.
          A client-side apply keeps a copy of it.
          Split it.
          from a/b/c
        error Service crowsnest/web spec.ports[0].port (schema/invalid-value)
          This value is not allowed (value 0).
          Set it to 'small', 'medium' or 'large'.
          from d/e

      environments/production.ts
        error size (config/invalid-value)
          This value is not allowed (value 'smal').
          Set it to 'small', 'medium' or 'large'. Did you mean 'small'?

      alerts/node.ts:3:7
        error (content/not-loadable)
          The file cannot be loaded: x is not defined
          Correct it there.

      4 errors, 1 warning in 2 files. Nothing was written.
      "
    `);
  });

  test('lists five more places of a finding, and the number of the rest', () => {
    const others = [1, 2, 3, 4, 5, 6, 7].map((line) => ({ file: 'dashboards/shop.ts', line }));
    const text = report([finding({ others })], plain);
    expect(text).toContain(
      '    The same at 7 other places: dashboards/shop.ts:1, dashboards/shop.ts:2, dashboards/shop.ts:3, dashboards/shop.ts:4, dashboards/shop.ts:5 and 2 more.\n',
    );
  });

  test('includes a finding without a place', () => {
    expect(report([finding({ place: {} })], plain)).toMatch(
      /^all\n {2}error \(config\/invalid-value\)\n/,
    );
  });

  test('says in its last line that nothing was written, unless there are only warnings', () => {
    const last = (...severities: Finding['severity'][]) =>
      report(
        severities.map((severity) => finding({ severity })),
        plain,
      )
        .trimEnd()
        .split('\n')
        .at(-1);
    expect(last('error')).toBe('1 error. Nothing was written.');
    expect(last('error', 'warning', 'error')).toBe('2 errors, 1 warning. Nothing was written.');
    expect(last('warning', 'warning')).toBe('2 warnings.');
  });

  test('names in its last line what was not checked', () => {
    const last = (unchecked: Unchecked) =>
      report([finding({})], plain, unchecked)
        .trimEnd()
        .split('\n')
        .at(-1);
    expect(last('everything')).toBe('1 error. Nothing was written. The checks did not run.');
    expect(last(['production', 'staging'])).toBe(
      '1 error. Nothing was written. The checks did not run for production and staging.',
    );
  });

  test('names an object with several places of a fault once', () => {
    const [first, ...others] = ['a', 'b', 'c', 'd'].map((path) => ({
      object: `ConfigMap crowsnest/${path === 'd' ? 'two' : 'one'}`,
      path: `data.${path}`,
    }));
    expect(report([finding({ place: first!, others })], plain)).toContain(
      'The same at 3 other places: ConfigMap crowsnest/one data.b, data.c and ConfigMap crowsnest/two data.d.',
    );
  });

  test('combines identical findings of several environments, and counts them once', () => {
    const query = {
      code: 'promql/invalid-expression',
      message: 'This is not PromQL.',
      remedy: 'Correct it.',
    };
    const inAlert = (environment: string, rest: Partial<Finding> = {}) =>
      finding({
        place: { environment, file: 'alerts/checkout.ts', line: 3 },
        ...query,
        value: 'sum(',
        ...rest,
      });
    const three = ['development', 'production', 'staging'];
    const all = [
      ...three.map((name) => inAlert(name)),
      // Findings that also differ in other fields are not combined.
      inAlert('staging', { value: 'sum(rate(' }),
      // Findings about equal objects.
      ...three.map((name) =>
        finding({ place: { environment: name, file: `environments/${name}.ts` }, ...query }),
      ),
      // Findings about an option of each environment are not combined.
      ...three.map((name) =>
        finding({
          place: { environment: name, file: `environments/${name}.ts`, line: 2 },
          ...query,
        }),
      ),
      // Findings without an environment are not combined.
      ...[1, 2].map(() => finding({ place: { file: 'alerts/a.ts' }, ...query })),
    ];
    const text = report(all, plain);
    expect(text.split('\n').filter((line) => /^\S/.test(line))).toEqual([
      'alerts/checkout.ts:3, environments development, production and staging',
      'alerts/checkout.ts:3, environment staging',
      'environments development, production and staging',
      ...three.map((name) => `environments/${name}.ts:2, environment ${name}`),
      'alerts/a.ts',
      '8 errors in 5 files. Nothing was written.',
    ]);
  });

  test('has one line for the style of each imported dashboard, before all other findings', () => {
    const style = (file: string, environment: string, code: string, places: number) => {
      const at = (line: number) => ({ environment, file, line, path: `a.json: panel 'P${line}'` });
      const others = Array.from({ length: places - 1 }, (_, index) => at(index + 8));
      const message = `It has ${code}.`;
      return finding({ severity: 'warning', code, message, place: at(7), others });
    };
    const [gap, unit] = ['dashboard-layout/gap', 'panels/no-unit'];
    const all = [
      ...['one', 'two'].flatMap((name) => [
        style('dashboards/a.json', name, gap, 3),
        style('dashboards/a.json', name, unit, 1),
      ]),
      style('dashboards/b.yaml', 'two', unit, 1),
      finding({ severity: 'warning', code: 'promql/invalid-expression' }),
      // In our own format, it is a finding like any other.
      style('dashboards/c.ts', 'two', unit, 1),
    ];
    const text = report(all, plain);
    expect(text.split('\n').slice(0, 6)).toEqual([
      'style of imported dashboards, environments one and two (crowsnest synth --json lists all)',
      "  warning dashboards/a.json:7 4 warnings, first panel 'P7': It has dashboard-layout/gap. (dashboard-layout/gap)",
      '',
      'style of imported dashboards, environment two (crowsnest synth --json lists all)',
      "  warning dashboards/b.yaml:7 panel 'P7': It has panels/no-unit. (panels/no-unit)",
      '',
    ]);
    expect(text).toContain("dashboards/c.ts:7, environment two\n  warning a.json: panel 'P7' (");
    expect(text.trimEnd().split('\n').at(-1)).toBe('4 warnings in 4 files.');
  });

  test.each<[unknown, string]>([
    ['smal', "'smal'"],
    ["it's", `"it's"`],
    ['', "''"],
    [0, '0'],
    [null, 'null'],
    [['a'], "[ 'a' ]"],
    [{ a: { b: { c: 1 } } }, '{ a: { b: [Object] } }'],
    ['x'.repeat(200), `'${'x'.repeat(80)}'... 120 more characters`],
    ['two\nlines', "'two\\nlines'"],
  ])('shows the value in one line: %j', (value, shown) => {
    expect(report([finding({ value })], plain)).toContain(`not allowed (value ${shown}).\n`);
  });

  test('has colours if they are supported, and the same text', () => {
    const coloured = report(findings, pc.createColors(true));
    expect(coloured).toContain('\u001b[31merror\u001b[39m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(report(findings, plain));
  });
});

describe('colours', () => {
  const terminal = { isTTY: true };

  test.each<[string, boolean, { isTTY?: boolean }, NodeJS.ProcessEnv]>([
    ['a terminal supports them', true, terminal, { TERM: 'xterm' }],
    ['a pipe or a file does not support them', false, {}, { TERM: 'xterm' }],
    ['a pipe on a build server does not support them', false, {}, { CI: 'true' }],
    ['NO_COLOR disables them', false, terminal, { NO_COLOR: '1' }],
    ['NO_COLOR wins over FORCE_COLOR', false, terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }],
    ['FORCE_COLOR enables them', true, {}, { FORCE_COLOR: '1' }],
    ['FORCE_COLOR=0 disables them', false, terminal, { FORCE_COLOR: '0' }],
    ['a dumb terminal does not support them', false, terminal, { TERM: 'dumb' }],
  ])('%s', (_, expected, stream, environment) => {
    expect(takesColours(stream, environment)).toBe(expected);
  });
});
