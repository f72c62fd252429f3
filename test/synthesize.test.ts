import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../src/model/manifest.js';
import { synthesize } from '../src/synthesize.js';
import { minimal } from './environment.js';
import { commands, project, repository, run as runCommand } from './output/command.js';
import { contentOf, fill, temporaryFolder } from './output/folder.js';

/** The text of an environment's file: options as JSON, and code for what JSON cannot hold. */
const exporting = (options: object = {}, code = ''): string =>
  `export default { ...${JSON.stringify({ ...minimal, ...options })}, ${code} };\n`;

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

/** Synthesizes environments, given as the texts of their files. */
const run = (environments: Record<string, string>, content: readonly string[] = []) => {
  // A folder of its own for each run: a module is loaded once by its path.
  const folder = fill(join(root, `environments-${++runs}`), environments);
  return synthesize({ environments: folder, content, out: join(root, 'dist') });
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

describe('environments that are right', () => {
  test('are published, a folder each, and told in a summary', async () => {
    const { ok, findings, stages } = await run({
      'one.ts': exporting(),
      'two.ts': exporting({ size: 'medium' }),
    });
    expect({ ok, findings }).toEqual({ ok: true, findings: [] });
    expect(Object.keys(stages)).toEqual(['load', 'build', 'check', 'write', 'publish']);
    expect(objectsOf('one').length).toBeGreaterThan(20);
    // Medium has more replicas: a claim for each, and budgets.
    expect(objectsOf('two').length).toBeGreaterThan(objectsOf('one').length);
    expect(told).toMatch(/^ environment .*\n one .* created\n two .* created\n/);
  });

  test('are told with the time since whenever the caller says that it began', async () => {
    const folder = fill(join(root, 'environments'), { 'one.ts': exporting() });
    const startedAt = performance.now() - 100_000;
    await synthesize({ environments: folder, out: join(root, 'dist'), startedAt });
    expect(told).toMatch(/ 10\d\.\d\d s\.\n$/);
  });

  test('are one more where a file is added, and those that ship stay as they were', async () => {
    const folder = join(repository, 'environments');
    const shipped = Object.fromEntries(
      readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
    );
    const text = (name: string) =>
      // They import a type alone, by a path that leads nowhere from here.
      shipped[name]!.replace('../src/index.js', join(repository, 'src/index.js'));
    const copies = Object.fromEntries(Object.keys(shipped).map((name) => [name, text(name)]));
    expect(await run(copies)).toMatchObject({ ok: true });
    const before = published();
    const fourth = text('staging.ts').replaceAll("name: 'staging'", "name: 'acceptance'");
    expect(await run({ ...copies, 'acceptance.ts': fourth })).toMatchObject({ ok: true });
    const added = Object.entries(published()).filter(([path]) => !(path in before));
    expect(added.length).toBeGreaterThan(10);
    expect(new Set(added.map(([path]) => path.split('/')[0]))).toEqual(new Set(['acceptance']));
    expect(published()).toEqual({ ...before, ...Object.fromEntries(added) });
    expect(new Set(Object.keys(before).map((path) => path.split('/')[0]))).toEqual(
      new Set(Object.keys(shipped).map((name) => name.replace('.ts', ''))),
    );
  });

  test('replace those that were published before', async () => {
    await run({ 'one.ts': exporting(), 'two.ts': exporting() });
    const before = published();
    await run({ 'two.ts': exporting({ grafana: { cpu: '333m' } }), 'three.ts': exporting() });
    expect(told).toContain('one: removed, there is no such environment any more\n');
    const after = published();
    const folders = Object.keys(after).map((path) => path.split('/')[0]);
    expect([...new Set(folders)]).toEqual(['three', 'two']);
    expect(after['two/20-grafana.yaml']).not.toBe(before['two/20-grafana.yaml']);
    expect(after['two/20-prometheus.yaml']).toBe(before['two/20-prometheus.yaml']);
  });

  test('are told as one line of JSON on stdout, and nothing else, to machines', async () => {
    let line = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      line += text;
      return true;
    });
    const environments = fill(join(root, 'machine'), { 'one.ts': exporting({ size: 'huge' }) });
    const out = join(root, 'dist');
    const synthesis = await synthesize({ environments, out, report: 'json' });
    expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(synthesis)));
    expect(synthesis.findings).toMatchObject([{ check: 'config', place: { path: 'size' } }]);
    expect(told).toBe('');
  });

  test('may bring content along, which is merged with what ships', async () => {
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

describe('an error', () => {
  test('in what an environment says of alerts is found, with the line', async () => {
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

  test.each([
    ['promethus', 'prometheus'],
    // Names of catalogues: of pages that are scraped under other names.
    ['jaeger-span-metrics', undefined],
    ['kubelet-cadvisor', undefined],
    ['kube-apiserver', undefined],
  ])('in what content needs is found, with the line: %s', async (needed, suggestion) => {
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
          /^Name one of .*\bcadvisor, .*\betcd, .*\bnode-exporter, .*\bspan-metrics\.$/,
        ),
      },
    ]);
    expect(findings[0]?.suggestion).toBe(suggestion);
  });

  test('is none in what needs a job that no environment here switches on', async () => {
    const own = fill(join(root, 'own'), {
      'alerts/shop.ts': shop.replace("['prometheus']", "['node-exporter', 'etcd', 'coredns']"),
      'alerts/shop.md':
        '## NoOrders\n**Meaning.** a\n**Impact.** b\n**Diagnosis.** c\n**Remedy.** d\n',
      'alerts/shop.test.yaml':
        'rule_files: [shop.yaml]\n- alertname: NoOrders\n  exp_alerts: [{}]\n',
    });
    const bare = {
      nodeAgents: { kind: 'none', reason: 'the nodes belong to somebody else' },
      cluster: { ...minimal.cluster, platform: 'gke' },
    };
    const { findings } = await run({ 'one.ts': exporting(bare) }, [own]);
    expect(findings).toEqual([]);
  });

  test('in where a file lies is found: nobody reads it there', async () => {
    const own = fill(join(root, 'own'), {
      'dashboards/shop.yaml': 'title: Shop',
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
      ['content', 'dashboards', 'shop.yaml', undefined],
      ['content', 'alerts', 'below', undefined],
      ['content', 'alerts', 'carts.json', undefined],
      ['content', 'alerts', 'carts.yml', 'carts.test.yaml'],
    ]);
  });

  test('in an environment that lies alone under another ending is told as that', async () => {
    expect((await run({ 'one.mts': exporting() })).findings).toMatchObject([
      { message: 'Nobody reads such a file here.', suggestion: 'one.ts' },
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
      'in the topology',
      { 'bad.ts': exporting({ choices: { promql: 'thanos' } }) },
      { check: 'connections', place: { environment: 'bad', path: 'choices.promql' } },
      'The checks did not run for bad.',
    ],
    [
      'that a check finds',
      { 'bad.ts': exporting({}, 'patch: (object) => ({ ...object, specs: {} })') },
      { check: 'schema', place: { environment: 'bad', path: 'specs' } },
    ],
  ])(
    '%s leaves everything as it was, other environments included',
    async (_, bad, finding, not) => {
      await run(before);
      const content = published();
      const changed = exporting({ size: 'large' });
      const { ok, findings } = await run({ ...bad, 'one.ts': changed, 'new.ts': changed });
      expect(ok).toBe(false);
      expect(findings[0]).toMatchObject({ severity: 'error', ...finding });
      expect(published()).toEqual(content);
      expect(told).toMatch(/\d+ errors?(, \d+ warnings?)?\. Nothing was written\.[^\n]*\n$/);
      const [, unchecked] = /(The checks did not run.*)\n$/.exec(told) ?? [];
      expect(unchecked).toBe(not);
    },
  );

  test('of every environment is told at once', async () => {
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

  test('in code of an environment is told with file and line, without a stack trace', async () => {
    const text = 'const base = undefined as any;\n\nexport default { ...base.options };\n';
    await run({ 'production.ts': text });
    expect(told).toMatch(
      /production\.ts:3\n {2}error \(config\)\n {4}The file cannot be loaded: Cannot read properties of undefined \(reading 'options'\)\n/,
    );
    expect(told).not.toMatch(/\n\s+at /);
  });

  test('is that there is no environment', async () => {
    const { ok, findings } = await run({});
    expect(ok).toBe(false);
    expect(findings).toMatchObject([{ message: 'There is no environment.' }]);
  });

  test('is a folder of another’s where an environment should go', async () => {
    fill(join(root, 'dist'), { 'one/values.yaml': 'mine\n' });
    const { ok, findings } = await run({ 'one.ts': exporting() });
    expect(ok).toBe(false);
    expect(findings).toMatchObject([
      { check: 'publish', message: expect.stringMatching(/one is there already, and was not/) },
    ]);
    expect(published()).toEqual({ 'one/values.yaml': 'mine\n' });
  });
});

describe('parties that do not fit together', () => {
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
      'two that offer what one is taken of, for each who takes it',
      { parties: [party] },
      ['grafana', 'jaeger'].map((consumer) => ({
        message: `${consumer} takes promql from one party, and prometheus and thanos offer it.`,
        place: { path: 'choices.promql' },
      })),
    ],
    [
      'one that needs what nobody offers',
      {
        parties: [
          { ...party, endpoints: {}, consumes: [{ capability: 'x-orders', required: true }] },
        ],
      },
      [
        {
          message: 'thanos needs x-orders, and nothing in this environment offers it.',
          place: { path: 'parties[0]' },
        },
      ],
    ],
    [
      'an application with the name of a component',
      { parties: [{ ...party, name: 'grafana', endpoints: {} }] },
      [
        {
          message: "Two parties are named 'grafana'.",
          place: { path: 'parties[0].name' },
          why: 'The other is one that the stack brings along.',
        },
      ],
    ],
    [
      'a receiver with the name of a component',
      { alerting: telling('grafana') },
      [
        {
          message: "Two parties are named 'grafana'.",
          place: { path: 'alerting.receivers[0].name' },
          why: 'The other is one that the stack brings along.',
        },
      ],
    ],
    [
      'a receiver with the name of a remote write',
      {
        alerting: telling('archive'),
        prometheus: { remoteWrite: [{ name: 'archive', url: 'https://archive.example.com' }] },
      },
      [
        {
          message: "Two parties are named 'archive'.",
          place: { path: 'alerting.receivers[0].name' },
          why: 'The other is prometheus.remoteWrite[0].',
        },
      ],
    ],
  ])('are found: %s', async (_, options, expected) => {
    const { ok, findings } = await run({ 'one.ts': exporting(options) });
    expect(ok).toBe(false);
    expect(findings).toMatchObject(
      expected.map((one) => ({ check: 'connections', severity: 'error', ...one })),
    );
    for (const { place } of findings) expect(place.environment).toBe('one');
  });

  test('fit where the environment chooses', async () => {
    const options = { parties: [party], choices: { promql: 'thanos' } };
    expect(await run({ 'one.ts': exporting(options) })).toMatchObject({ ok: true });
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

  test('may change the object that it is given, if it returns it', async () => {
    await patching(`{ (object.metadata.annotations ??= {}).seen = 'yes'; return object; }`);
    for (const { metadata } of objectsOf('one')) expect(metadata.annotations?.seen).toBe('yes');
  });

  test.each([
    ['fails', '{ throw new Error("no such container"); }', 'The patch failed: no such container'],
    [
      'makes a circle',
      '{ object.self = object; return object; }',
      expect.stringContaining('The patch failed: Converting circular structure'),
    ],
    ['returns nothing', '{}', 'The patch returned something that is no object.'],
    [
      'returns half an object',
      '({ kind: object.kind })',
      'The patch returned something that is no object.',
    ],
  ])('that %s is one finding, which counts the objects', async (_, body, message) => {
    const { ok, findings } = await patching(body);
    expect(ok).toBe(false);
    expect(findings).toEqual([
      expect.objectContaining({
        check: 'config',
        place: expect.objectContaining({
          environment: 'one',
          file: expect.stringMatching(/one\.[jt]s$/),
          path: 'patch',
          object: expect.any(String),
        }),
        message,
        why: expect.stringMatching(/^It is the same with [2-9]\d more objects\.$/),
      }),
    ]);
  });

  test('is checked: what it takes away is missed', async () => {
    const { findings } = await patching(
      `object.kind === 'ServiceAccount' ? { ...object, metadata: { ...object.metadata, name: 'x' } } : object`,
    );
    expect(findings.map(({ check }) => check)).toContain('references');
  });
});

describe('labels and annotations of an environment', () => {
  const labels = { team: 'platform', 'app.kubernetes.io/part-of': 'mine' };
  const annotations = { 'example.com/owner': 'platform@example.com' };

  test('are on every object and every pod, and the stack’s own win', async () => {
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

  test('are on nothing that cannot change: no selector, no claim template', async () => {
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

test('a folder that cdk8s-cli empties is none to publish to', async () => {
  const folder = project({ 'environments/good.ts': exporting() });
  const environment = { CDK8S_OUTDIR: 'dist' };
  const { status, stderr } = await runCommand(commands['npm run synth'], folder, environment);
  expect(status).toBe(1);
  expect(stderr).toContain('cdk8s.yaml\n  error output (config)\n');
  expect(Object.keys(contentOf(folder))).not.toContain('dist/good/README.md');
});

test('an option that the command does not have is told without a stack trace', async () => {
  const { status, stderr } = await runCommand([...commands['npm run synth'], '--jsn'], project());
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "Unknown option '--jsn'\nUsage: npm run synth [-- --json]\n",
  });
});

describe.each(['npm run synth', 'cdk8s synth'] as const)('%s', (name) => {
  test('tells an error without a stack trace, fails, and leaves dist as it was', async () => {
    const folder = project({
      'environments/bad.ts': exporting({ size: 'smal' }),
      'environments/broken.ts': '\nthrow new Error("no such thing");\n',
      'environments/good.ts': exporting(),
      'dist/good/Kustomization': '# Generated by Crowsnest from an environment: do not edit.\n',
      'dist/notes.txt': 'mine\n',
    });
    const before = contentOf(join(folder, 'dist'));
    const { status, stderr } = await runCommand(commands[name], folder);
    expect(status).toBe(1);
    expect(stderr).toContain('environments/bad.ts\n  error size (config)\n');
    expect(stderr).toContain('environments/broken.ts:2\n  error (config)\n');
    expect(stderr).toContain('\n2 errors. Nothing was written. The checks did not run.\n');
    expect(stderr).not.toContain('\u001b[');
    // cdk8s-cli adds a trace of its own, of the process that it started.
    expect(stderr.split('Error: command')[0]).not.toMatch(/\n\s+at /);
    expect(contentOf(join(folder, 'dist'))).toEqual(before);
  });
});
