import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../src/model/manifest.js';
import { synthesize } from '../src/synthesize.js';
import { minimal, withFewComponents } from './environment.js';
import { contentOf, fill, temporaryFolder } from './output/folder.js';
import { sample } from './sample/content.js';

/**
 * The text of an environment file: options as JSON, and code for values that JSON cannot contain. Each environment has
 * a cluster of its own.
 */
const exporting = (options: object = {}, code = ''): string => {
  const { cluster, ...others } = { ...minimal, ...withFewComponents, ...options };
  const name = String.raw`name: /(\w+)\.\w+$/.exec(import.meta.url)[1]`;
  const text = `cluster: { ...${JSON.stringify(cluster)}, ${name} }, ...${JSON.stringify(others)}`;
  return `export default { ${text}, ${code} };\n`;
};

let root: string;
let runs: number;
let told: string;

beforeEach(() => {
  root = temporaryFolder();
  runs = 0;
  told = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += text;
    return true;
  });
  return () => vi.restoreAllMocks();
});

/** Synthesizes environments from the texts of their files. */
const run = (environments: Record<string, string>, content: readonly string[] = []) => {
  // Each run has its own folder, because a module is loaded only once.
  const folder = fill(join(root, `environments-${++runs}`), environments);
  return synthesize({ environments: folder, content, out: join(root, 'dist') }, sample);
};

const published = () => contentOf(join(root, 'dist'));

const objectsOf = (environment: string): KubernetesObject[] =>
  Object.entries(published())
    .filter(([path]) => path.startsWith(`${environment}/`) && path.endsWith('.yaml'))
    .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS()));

const alertGroup = new URL('../src/content/alert-group.ts', import.meta.url).href;
const shop = `import { alertGroup } from '${alertGroup}';
export default alertGroup({ needs: ['prometheus'], rules: () => ({ alerts: [
  { alert: 'NoOrders', expr: 'vector(1)', severity: 'critical', summary: 'a', description: 'b' },
] }) });`;

describe('a warning', () => {
  test('is an error if its code, its check or all are strict', async () => {
    const own = fill(join(root, 'own'), { 'alerts/shop.ts': shop });
    const environments = fill(join(root, 'environments'), { 'one.ts': exporting() });
    const severities = async (...strict: string[]) => {
      const options = { environments, content: [own], out: join(root, 'dist'), strict };
      const { ok, findings } = await synthesize(options, sample);
      return [ok, ...new Set(findings.map(({ code, severity }) => `${code} ${severity}`))];
    };
    const [test, runbook] = ['content/no-test', 'content/no-runbook'];
    expect(await severities()).toEqual([true, `${runbook} warning`, `${test} warning`]);
    expect(await severities(test)).toEqual([false, `${runbook} warning`, `${test} error`]);
    const whole = [false, `${runbook} error`, `${test} error`];
    expect(await severities('content')).toEqual(whole);
    expect(await severities('all')).toEqual(whole);
  });
});

describe('valid environments', () => {
  test('are published, each in its folder, and listed in a summary', async () => {
    const { ok, findings, stages } = await run({
      'one.ts': exporting(),
      'two.ts': exporting({ size: 'medium' }),
    });
    expect({ ok, findings }).toEqual({ ok: true, findings: [] });
    expect(Object.keys(stages)).toEqual(['load', 'build', 'check', 'write', 'publish']);
    expect(objectsOf('one').length).toBeGreaterThan(20);
    // The size medium has more replicas: a claim for each, and disruption budgets.
    expect(objectsOf('two').length).toBeGreaterThan(objectsOf('one').length);
    expect(told).toMatch(/^ environment .*\n one .* created\n two .* created\n/);
  });

  test('have a duration from the start time of the caller', async () => {
    const folder = fill(join(root, 'environments'), { 'one.ts': exporting() });
    const startedAt = performance.now() - 100_000;
    await synthesize({ environments: folder, out: join(root, 'dist'), startedAt }, sample);
    expect(told).toMatch(/ 10\d\.\d\d s\.\n$/);
  });

  test('do not change if a file is added', async () => {
    const two = { 'one.ts': exporting(), 'two.ts': exporting({ size: 'medium' }) };
    expect(await run(two)).toMatchObject({ ok: true });
    const before = published();
    expect(await run({ ...two, 'three.ts': exporting() })).toMatchObject({ ok: true });
    const added = Object.entries(published()).filter(([path]) => !(path in before));
    expect(added.length).toBeGreaterThan(5);
    expect(new Set(added.map(([path]) => path.split('/')[0]))).toEqual(new Set(['three']));
    expect(published()).toEqual({ ...before, ...Object.fromEntries(added) });
  });

  test('replace the published ones', async () => {
    await run({ 'one.ts': exporting(), 'two.ts': exporting() });
    const before = published();
    await run({ 'two.ts': exporting({ grafana: { cpu: '333m' } }), 'three.ts': exporting() });
    expect(told).toContain('one: removed: this environment no longer exists\n');
    const after = published();
    const folders = Object.keys(after).map((path) => path.split('/')[0]);
    expect([...new Set(folders)]).toEqual(['three', 'two']);
    expect(after['two/20-grafana.yaml']).not.toBe(before['two/20-grafana.yaml']);
    expect(after['two/20-prometheus.yaml']).toBe(before['two/20-prometheus.yaml']);
  });

  test('are reported as one line of JSON on stdout, without other output', async () => {
    let line = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      line += text;
      return true;
    });
    const environments = fill(join(root, 'machine'), { 'one.ts': exporting({ size: 'huge' }) });
    const out = join(root, 'dist');
    const synthesis = await synthesize({ environments, out, report: 'json' }, sample);
    expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(synthesis)));
    expect(synthesis.findings).toMatchObject([{ check: 'config', place: { path: 'size' } }]);
    expect(told).toBe('');
  });

  test('can add content to the shipped content', async () => {
    const own = fill(join(root, 'own'), {
      'alerts/shop.ts': shop,
      'alerts/shop.md':
        '## NoOrders\n**Meaning.** a\n**Impact.** b\n**Diagnosis.** c\n**Remedy.** d\n',
      'alerts/shop.test.yaml':
        'rule_files: [shop.yaml]\n# alertname: NoOrders\n- alertname: NoOrders\n  exp_alerts: [{}]\n',
    });
    expect(await run({ 'one.ts': exporting() }, [own])).toMatchObject({ ok: true });
    const rules = objectsOf('one').flatMap(({ data }) => Object.keys(data ?? {}));
    expect(rules).toEqual(expect.arrayContaining(['shop.yaml', 'targets.yaml']));
  });
});

describe('a rule file of others', () => {
  const warned = async (...rules: string[]) => {
    const text = `groups:\n- name: shop\n  rules:\n${rules.map((one) => `  - ${one}\n`).join('')}`;
    const own = fill(join(root, `own-${runs}`), { 'alerts/plain.yml': text });
    const { ok, findings } = await run({ 'one.ts': exporting() }, [own]);
    expect(ok).toBe(true);
    return findings.filter(({ code }) => !/no-runbook|no-test|style/.test(code));
  };
  const valid = '{ alert: A, expr: node_load1 > 9 }';
  const misspelt = '{ alert: B, expr: node_memory_MemAvailble_bytes < 5 }';

  test('can have a misspelt metric, which has a suggestion', async () => {
    const expected = [
      {
        code: 'metrics/unknown-metric',
        severity: 'warning',
        place: { file: expect.stringContaining('alerts/plain.yml'), line: 5 },
        suggestion: 'node_memory_MemAvailable_bytes',
      },
    ];
    expect(await warned(valid, misspelt)).toMatchObject(expected);
    expect(await warned('{ record: C, expr: up }', misspelt)).toMatchObject(expected);
  });

  test('can have rules that no environment has, which are one warning', async () => {
    const mysql = '{ alert: B, expr: mysql_up == 0 }';
    const messages = async (...rules: string[]) =>
      (await warned(...rules)).map(({ code, message }) => [code, message]);
    const reason = 'no scrape job has its metrics: `mysql_up`.';
    expect(await messages(mysql)).toEqual([
      ['content/unscraped-rules', `No environment has the rule of this file: ${reason}`],
    ]);
    expect(await messages(valid, mysql)).toEqual([
      ['content/unscraped-rules', `No environment has B, one of 2 rules: ${reason}`],
    ]);
    expect(await messages(valid, mysql, mysql.replace('B', 'C'))).toEqual([
      ['content/unscraped-rules', `No environment has 2 of the 3 rules, such as B: ${reason}`],
    ]);
  });

  test('has a fault of a template at its alert, not at another with the same expression', async () => {
    const own = fill(join(root, 'own'), {
      'alerts/plain.yml': `groups:\n- name: shop\n  rules:\n  ${valid.replace(/^/, '- ')}\n  - alert: B\n    expr: node_load1 > 9\n    annotations: { summary: '{{ $value | humanise }}' }\n`,
    });
    const { findings } = await run({ 'one.ts': exporting() }, [own]);
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'rules/invalid-template', place: { line: 6 }, suggestion: 'humanize' },
    ]);
  });
});

describe('an error', () => {
  test('in the settings of alerts has the line of the environment', async () => {
    const reason = 'we have no targets';
    const setting = { kind: 'without', alert: 'TargetDown', reason };
    const text = `\n${exporting({ alerts: [setting] })}`;
    const { findings } = await run({ 'one.ts': text });
    expect(findings).toMatchObject([
      {
        place: { path: 'alerts[0].alert', line: 2 },
        value: 'TargetDown',
        suggestion: 'TargetsDown',
      },
    ]);
  });

  test('in a party or a list of applications has the line of the environment', async () => {
    const offers = [{ capability: 'metrics', path: '/metrics', interval: '5s', timeout: '10s' }];
    const workloads = { db: { kind: 'addresses', cidrs: ['192.0.2.9/32'] } };
    const endpoints = { web: { port: 9187, host: '192.0.2.9', offers } };
    const parties = [{ name: 'db', workloads, endpoints, consumes: [] }];
    const { findings } = await run({ 'one.ts': `\n${exporting({ parties })}` });
    const path = 'parties[0].endpoints.web.offers[0].timeout';
    expect(findings).toMatchObject([
      { code: 'connections/long-timeout', place: { path, line: 2 }, value: '10s' },
    ]);

    const applications = await run({ 'one.ts': `\n${exporting({ applications: ['no'] })}` });
    expect(applications.findings).toMatchObject([
      { code: 'applications/unknown-application', place: { path: 'applications[0]', line: 2 } },
    ]);
  });

  test.each([
    ['promethus', 'prometheus'],
    // Names of catalogues for pages that have other job names.
    ['jaeger-span-metrics', undefined],
    ['kubelet-cadvisor', undefined],
    ['kube-apiserver', undefined],
  ])('in the required jobs of content has a line: %s', async (needed, suggestion) => {
    const own = fill(join(root, 'own'), {
      'alerts/shop.ts': shop.replace("'prometheus'", `'${needed}'`),
      'alerts/shop.md':
        '## NoOrders\n**Meaning.** a\n**Impact.** b\n**Diagnosis.** c\n**Remedy.** d\n',
      'alerts/shop.test.yaml':
        'rule_files: [shop.yaml]\n- alertname: NoOrders\n  exp_alerts: [{}]\n',
    });
    const { findings } = await run({ 'one.ts': exporting() }, [own]);
    expect(findings).toMatchObject([
      {
        place: { line: 2 },
        value: needed,
        remedy: expect.stringMatching(
          /^Use one of .*\bcadvisor, .*\betcd, .*\bnode-exporter, .*\bspan-metrics\.$/,
        ),
      },
    ]);
    expect(findings[0]?.suggestion).toBe(suggestion);
  });

  test('is not reported for a required job that no environment enables', async () => {
    const own = fill(join(root, 'own'), {
      'alerts/shop.ts': shop.replace("['prometheus']", "['node-exporter', 'etcd', 'coredns']"),
      'alerts/shop.md':
        '## NoOrders\n**Meaning.** a\n**Impact.** b\n**Diagnosis.** c\n**Remedy.** d\n',
      'alerts/shop.test.yaml':
        'rule_files: [shop.yaml]\n- alertname: NoOrders\n  exp_alerts: [{}]\n',
    });
    const bare = {
      nodeAgents: { kind: 'none', reason: 'another team manages the nodes' },
      cluster: { ...minimal.cluster, platform: 'gke' },
    };
    const { findings } = await run({ 'one.ts': exporting(bare) }, [own]);
    expect(findings).toEqual([]);
  });

  test('is reported for a file in the wrong folder, which is not loaded', async () => {
    const own = fill(join(root, 'own'), {
      'dashboards/shop.txt': 'title: Shop',
      'dashboards/shop.mts': '',
      'dashboards/.shop.swp': '',
      'alerts/README.md': '# Alerts',
      'alerts/carts.yml': 'groups: []',
      'alerts/carts.json': '{}',
      'alerts/below/carts.ts': '',
    });
    const { findings } = await run(
      {
        'one.ts': exporting(),
        'one.test.ts': '',
        'README.md': '# Environments',
        'one.ts~': '',
        'two.mts': exporting(),
        'three.yaml': 'size: small',
        'below/four.ts': exporting(),
      },
      [own],
    );
    expect(
      findings.map(({ check, place: { file = '' }, value, suggestion }) => [
        check,
        file.split('/').slice(-2, -1)[0]?.replace(/-\d+$/, ''),
        value,
        suggestion,
      ]),
    ).toEqual([
      ['config', 'environments', 'below', undefined],
      ['config', 'environments', 'three.yaml', undefined],
      ['config', 'environments', 'two.mts', 'two.ts'],
      ['content', 'dashboards', 'shop.mts', 'shop.ts'],
      ['content', 'dashboards', 'shop.txt', undefined],
      ['content', 'alerts', 'below', undefined],
      ['content', 'alerts', 'carts.json', undefined],
    ]);
  });

  test('is reported for an environment with another file extension', async () => {
    expect((await run({ 'one.mts': exporting() })).findings).toMatchObject([
      { code: 'config/unread-file', suggestion: 'one.ts' },
    ]);
  });

  const before = { 'one.ts': exporting(), 'gone.ts': exporting() };

  test.each<[string, Record<string, string>, object, string?]>([
    [
      'in the configuration',
      { 'bad.ts': exporting({ size: 'smal' }) },
      { check: 'config', place: { path: 'size' }, suggestion: 'small' },
      'The checks did not run.',
    ],
    [
      'while loading',
      { 'bad.ts': '\nthrow new Error("no such thing");\n' },
      { check: 'config', place: { line: 2 }, message: 'The file cannot be loaded: no such thing' },
      'The checks did not run.',
    ],
    [
      'in the connections',
      { 'bad.ts': exporting({ choices: { promql: 'thanos' } }) },
      { check: 'connections', place: { environment: 'bad', path: 'choices.promql' } },
      'The checks did not run for bad.',
    ],
    [
      'in a check',
      { 'bad.ts': exporting({}, 'patch: (object) => ({ ...object, specs: {} })') },
      { check: 'schema', place: { environment: 'bad', path: 'specs' } },
    ],
  ])('%s changes nothing, including other environments', async (_, bad, finding, not) => {
    await run(before);
    const content = published();
    const changed = exporting({ size: 'large' });
    const { ok, findings } = await run({ ...bad, 'one.ts': changed, 'new.ts': changed });
    expect(ok).toBe(false);
    expect(findings[0]).toMatchObject({ severity: 'error', ...finding });
    expect(published()).toEqual(content);
    expect(told).toMatch(
      /\d+ errors?(, \d+ warnings?)?( in \d+ files)?\. Nothing was written\.[^\n]*\n$/,
    );
    const [, unchecked] = /(The checks did not run.*)\n$/.exec(told) ?? [];
    expect(unchecked).toBe(not);
  });

  test('of every environment is reported in one run', async () => {
    const { findings } = await run({
      'one.ts': exporting({ size: 'smal', prometeus: {} }),
      'two.ts': 'throw new Error("broken");',
      'three.ts': exporting({ imageMirror: 'https://x' }),
    });
    expect(findings.map(({ place }) => [place.file?.split('/').at(-1), place.path])).toEqual([
      ['two.ts', undefined],
      ['one.ts', 'size'],
      ['one.ts', 'prometeus'],
      ['three.ts', 'imageMirror'],
    ]);
  });

  test('in the code of an environment has its file and line, and no stack trace', async () => {
    const text = 'const base = undefined as any;\n\nexport default { ...base.options };\n';
    await run({ 'production.ts': text });
    expect(told).toMatch(
      /production\.ts:3\n {2}error \(config\/not-loadable\)\n {4}The file cannot be loaded: Cannot read properties of undefined \(reading 'options'\)\n/,
    );
    expect(told).not.toMatch(/\n\s+at /);
  });

  test('is reported if there is no environment', async () => {
    const { ok, findings } = await run({});
    expect(ok).toBe(false);
    expect(findings).toMatchObject([{ code: 'config/no-environment' }]);
  });

  test('is reported if a foreign folder has the name of an environment', async () => {
    fill(join(root, 'dist'), { 'one/values.yaml': 'mine\n' });
    const { ok, findings } = await run({ 'one.ts': exporting() });
    expect(ok).toBe(false);
    expect(findings).toMatchObject([
      { check: 'publish', message: expect.stringMatching(/one exists, but was not/) },
    ]);
    expect(published()).toEqual({ 'one/values.yaml': 'mine\n' });
  });
});

describe('invalid combinations of parties', () => {
  const party = {
    name: 'thanos',
    workloads: { query: { kind: 'pods', namespace: 'thanos', labels: { app: 'query' } } },
    endpoints: {
      http: { port: 10902, host: 'query.thanos', offers: [{ capability: 'promql' }] },
    },
    consumes: [],
  };

  const receiver = (name: string) => ({
    kind: 'webhook',
    name,
    url: { secret: 'hook', key: 'url' },
  });
  const telling = (name: string) => ({ receivers: [receiver(name)], defaultReceiver: name });

  test.each<[string, object, object[]]>([
    [
      'two providers of a capability that has one, for each consumer',
      { parties: [party], jaeger: {} },
      Array(2).fill({
        code: 'connections/several-providers',
        place: { path: 'choices.promql' },
      }),
    ],
    [
      'a required capability without a provider',
      {
        parties: [
          { ...party, endpoints: {}, consumes: [{ capability: 'x-orders', required: true }] },
        ],
      },
      [
        {
          code: 'connections/no-provider',
          place: { path: 'parties[0]' },
        },
      ],
    ],
    [
      'an application with the name of a component',
      { parties: [{ ...party, name: 'grafana', endpoints: {} }] },
      [
        {
          code: 'connections/duplicate-party',
          place: { path: 'parties[0].name' },
          why: 'The other party is a party of the stack.',
        },
      ],
    ],
  ])('are reported: %s', async (_, options, expected) => {
    const { ok, findings } = await run({ 'one.ts': exporting(options) });
    expect(ok).toBe(false);
    expect(findings).toMatchObject(
      expected.map((one) => ({ check: 'connections', severity: 'error', ...one })),
    );
    for (const { place } of findings) expect(place.environment).toBe('one');
  });

  test.each<[string, object]>([
    ['a component', { alerting: telling('grafana') }],
    [
      'a remote write',
      {
        alerting: telling('archive'),
        prometheus: { remoteWrite: [{ name: 'archive', url: 'https://archive.example.com' }] },
      },
    ],
  ])('are valid: a receiver with the name of %s', async (_, options) => {
    expect(await run({ 'one.ts': exporting(options) })).toMatchObject({ ok: true });
  });

  test('are valid if the environment chooses', async () => {
    const options = { parties: [party], choices: { promql: 'thanos' } };
    expect(await run({ 'one.ts': exporting(options) })).toMatchObject({ ok: true });
  });
});

describe('a finding about an option has the line of the environment', () => {
  const withOption = (option: string) =>
    run({
      'one.ts': exporting({}, `\n  ${option},\n`).replace('export default', '\nexport default'),
    });

  test.each([
    ["size: 'smal'", 'config/invalid-value'],
    ["prometheus: { retenton: '15d' }", 'config/unknown-option'],
    ["choices: { promql: 'promtheus' }", 'connections/unknown-choice'],
    [
      "waivers: [{ check: 'selctors', at: 'Service a/b', reason: 'it is very new' }]",
      'config/unknown-waiver',
    ],
    ['patch: () => undefined', 'config/invalid-patch'],
    ["prometheus: { volume: '5Gi', retention: '300d' }", 'cardinality/not-enough-disk'],
  ])('%s', async (option, code) => {
    const { findings } = await withOption(option);
    expect(findings).toMatchObject([{ code, place: { line: 3 } }]);
  });
});

describe("a user's check", () => {
  const model = new URL('../src/index.ts', import.meta.url).href;
  const limit = `import { defineCheck, titleOf } from '${model}';
export default defineCheck({
  summary: 'No DaemonSet ships.',
  faults: {
    'daemon-set': { what: 'A DaemonSet ships.', why: 'We have few nodes.', example: 'kind: DaemonSet', fix: 'Remove it.', severity: 'warning' },
  },
  run: ({ manifests }) =>
    manifests
      .filter(({ object }) => object.kind === 'DaemonSet')
      .map(({ object }) => ({ fault: 'daemon-set', place: { object: titleOf(object) } })),
});
`;
  const withCheck = (text: string, options = {}, name = 'daemons') =>
    run({ 'one.ts': exporting(options) }, [
      fill(join(root, 'own'), { [`checks/${name}.ts`]: text }),
    ]);
  const object = 'DaemonSet crowsnest-agents/crowsnest-node-exporter';

  test('runs like the shipped checks', async () => {
    const { ok, findings } = await withCheck(limit);
    expect(ok).toBe(true);
    expect(findings).toMatchObject([
      {
        check: 'daemons',
        code: 'daemons/daemon-set',
        severity: 'warning',
        place: { environment: 'one', object },
        message: 'A DaemonSet ships.',
      },
    ]);
  });

  test('can be waived', async () => {
    const waiver = { check: 'daemons/daemon-set', at: object, reason: 'it is the only one' };
    expect((await withCheck(limit, { waivers: [waiver] })).findings).toEqual([]);
  });

  test.each([
    ['export default { run: () => [] };', 'no-check', 'The check has no object `faults`.'],
    [
      "export default { run: () => [], summary: 'a', faults: { get a() { throw new Error('b'); } } };",
      'no-check',
      'A part of the check, faults.a, is not a value that can be read: now it throws an error. b.',
    ],
    [limit.replace('summary:', 'sumary:'), 'no-check', 'The check has no text `summary`.'],
    ['export const check = 1;', 'no-default-export', 'The file has no default export.'],
    [limit.replace('run: (', 'run: (_: never, '), 'failing-check', 'throws an error: '],
    [limit.replace('run: (', 'run: async ('), 'failing-check', '`run` is asynchronous.'],
    [
      limit.replace("fault: 'daemon-set'", "fault: 'daemons'"),
      'failing-check',
      "it reports the fault 'daemons', but declares only daemon-set.",
    ],
  ])('that is invalid or throws an error is a finding: %s', async (text, fault, message) => {
    const { ok, findings } = await withCheck(text);
    expect(ok).toBe(false);
    expect(findings).toMatchObject([
      { code: `checks/${fault}`, message: expect.stringContaining(message) },
    ]);
  });

  test('cannot have the name of a shipped check', async () => {
    const { findings } = await withCheck(limit, {}, 'reachability');
    expect(findings).toMatchObject([{ code: 'checks/duplicate-name', value: 'reachability' }]);
  });
});

describe('a patch', () => {
  const patching = (body: string) => run({ 'one.ts': exporting({}, `patch: (object) => ${body}`) });

  test('changes objects, which the README lists', async () => {
    await patching(`object.kind === 'DaemonSet'
      ? { ...object, spec: { ...object.spec, minReadySeconds: 7 } }
      : object`);
    const [daemonSet] = objectsOf('one').filter(({ kind }) => kind === 'DaemonSet');
    expect(daemonSet?.spec.minReadySeconds).toBe(7);
    const [, patched] = published()['one/README.md']!.split('## Patched objects');
    expect(patched?.match(/^- .*$/gm)).toEqual([
      '- DaemonSet crowsnest-agents/crowsnest-node-exporter',
    ]);
  });

  test('can mutate the object and return it', async () => {
    await patching(`{ (object.metadata.annotations ??= {}).seen = 'yes'; return object; }`);
    for (const { metadata } of objectsOf('one')) expect(metadata.annotations?.seen).toBe('yes');
  });

  test.each([
    [
      'throws',
      '{ throw new Error("no such container"); }',
      'The function patch throws an error: no such container (for ',
      'it is called with every object',
    ],
    [
      'has no object with the fields that it reads',
      '({ ...object, data: object.data.key.toString(), spec: object.spec.template.spec })',
      'The function patch throws an error: Cannot read properties of undefined',
      'it is called with every object',
    ],
    [
      'creates a circular structure',
      '{ object.self = object; return object; }',
      'The function patch returns an object that cannot be written: Converting circular structure',
      'Set self to a value that does not contain itself.',
    ],
    [
      'returns nothing',
      '{}',
      'The function patch returns nothing (for ',
      'Return the object, also',
    ],
    [
      'returns an incomplete object',
      '({ kind: object.kind })',
      'The function patch does not return an object of Kubernetes (for ',
      'apiVersion, kind and metadata.name',
    ],
    [
      'is asynchronous',
      '(async () => { throw new Error("later"); })()',
      'The function patch is asynchronous: it returns a promise (for ',
      'without async',
    ],
  ])('that %s is one finding with the number of objects', async (_, body, message, remedy) => {
    const { ok, findings } = await patching(body);
    expect(ok).toBe(false);
    expect(findings).toEqual([
      expect.objectContaining({
        check: 'config',
        place: expect.objectContaining({
          environment: 'one',
          file: expect.stringMatching(/one\.[jt]s$/),
          line: expect.any(Number),
          path: 'patch',
          object: expect.any(String),
        }),
        message: expect.stringContaining(message),
        remedy: expect.stringContaining(remedy),
      }),
    ]);
    expect(findings[0]?.message).toMatch(/, and \d+ more\)\.$/);
  });

  test('is checked: a missing object is reported', async () => {
    const { findings } = await patching(
      `object.kind === 'ServiceAccount' ? { ...object, metadata: { ...object.metadata, name: 'x' } } : object`,
    );
    expect(findings.map(({ check }) => check)).toContain('references');
  });
});

describe('labels and annotations of an environment', () => {
  const labels = { team: 'platform', 'app.kubernetes.io/part-of': 'mine' };
  const annotations = { 'example.com/owner': 'platform@example.com' };

  test('are on every object and every pod, and do not override those of the stack', async () => {
    await run({ 'one.ts': exporting({ labels, annotations }) });
    const objects = objectsOf('one');
    const templates = objects.flatMap(({ spec }) => spec?.template ?? []);
    expect(templates.length).toBeGreaterThanOrEqual(3);
    for (const { metadata } of [...objects, ...templates]) {
      expect(metadata.annotations).toMatchObject(annotations);
      expect(metadata.labels).toMatchObject({
        team: 'platform',
        'app.kubernetes.io/part-of': 'crowsnest',
      });
    }
  });

  test('are not in immutable fields: selectors and claim templates', async () => {
    const unchanging = () =>
      objectsOf('one').flatMap(({ kind, spec }) => [
        kind,
        spec?.selector,
        spec?.podSelector,
        spec?.volumeClaimTemplates,
      ]);
    await run({ 'one.ts': exporting() });
    const before = unchanging();
    await run({ 'one.ts': exporting({ labels, annotations }) });
    expect(unchanging()).toEqual(before);
  });
});
