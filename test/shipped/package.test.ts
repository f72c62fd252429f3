import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { pack } from './pack.js';
import { misspelt, projectFiles } from './project.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const temporary = mkdtempSync(join(tmpdir(), 'crowsnest-package-'));
const project = join(temporary, 'project');
const run = promisify(execFile);

const inProject = (command: string, ...args: string[]) =>
  run(command, args, { cwd: project, env: { ...process.env, NO_COLOR: '1' } });

const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), text);
};

const install = async (file: string): Promise<void> => {
  const { cdk8s, 'cdk8s-plus-28': plus, constructs } = manifest.devDependencies;
  // The tested versions of the peer dependencies; the ranges may allow newer ones.
  const dependencies = { crowsnest: `file:${file}`, cdk8s, 'cdk8s-plus-28': plus, constructs };
  write('package.json', JSON.stringify({ private: true, type: 'module', dependencies }));
  await inProject('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund');
};

/** All published files, by their paths in `dist/`. */
const published = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(project, 'dist')).flatMap((environment) =>
      readdirSync(join(project, 'dist', environment)).map((name) => [
        `${environment}/${name}`,
        readFileSync(join(project, 'dist', environment, name), 'utf8'),
      ]),
    ),
  );

// biome-ignore lint/suspicious/noExplicitAny: objects of every kind
const objects = (): any[] =>
  Object.entries(published())
    .filter(([name]) => name.endsWith('.yaml'))
    .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS()));

/** All content of ConfigMaps, by key. */
const mounted = (): Record<string, string> =>
  Object.assign({}, ...objects().map(({ kind, data }) => (kind === 'ConfigMap' ? data : {})));

describe('the packed library in an empty project', () => {
  let files: string[] = [];

  beforeAll(async () => {
    mkdirSync(project);
    const packed = await pack(temporary, project);
    files = packed.files.map(({ path }) => path);
    await install(packed.filename);
    for (const [file, text] of Object.entries(projectFiles)) write(file, text);
    await inProject('node', 'synth.js');
    // The installation of all packages takes long on a busy machine.
  }, 300_000);

  afterAll(() => rmSync(temporary, { recursive: true, force: true }));

  test('contains exactly the compiled library, its data and its pages', () => {
    const runbooks = readdirSync(join(root, 'alerts')).filter((name) => name.endsWith('.md'));
    const data = ['checks/objects/schema', 'catalogues', 'catalogues/series'].flatMap((folder) =>
      readdirSync(join(root, 'src', folder))
        .filter((name) => name.endsWith('.json'))
        .map((name) => `lib/src/${folder}/${name}`),
    );
    const compiled = /^lib\/(src|dashboards|alerts)\/.*(?<!\.test)(\.d\.ts|\.js)$/;
    expect(files.filter((path) => !compiled.test(path)).sort()).toEqual(
      [
        ...['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'package.json'],
        'bin/crowsnest.js',
        ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.md') && !name.startsWith('pictures'))
          .map((name) => `docs/${name}`),
        ...runbooks.map((name) => `lib/alerts/${name}`),
        ...data,
        'lib/src/cli/preview/preview.css',
      ].sort(),
    );
    const exported = Object.values<string>(manifest.exports['.']).map((path) => normalize(path));
    expect(files).toEqual(expect.arrayContaining(exported));
  });

  test('provides the dashboards and alerts that ship, and those of the project', () => {
    // Content about disabled components is left out.
    const readmes = Object.entries(published()).filter(([name]) => name.endsWith('/README.md'));
    const leftOut = readmes.flatMap(([, text]) =>
      [...text.matchAll(/^\| dashboard `(.+?)` \|/gm)].map(([, name]) => `${name}.json`),
    );
    expect(leftOut).toContain('control-plane.json');
    const shipped = readdirSync(join(root, 'dashboards'))
      .map((name) => name.replace('.ts', '.json'))
      .filter((name) => !leftOut.includes(name));
    expect(Object.keys(mounted())).toEqual(expect.arrayContaining([...shipped, 'orders.json']));
    // Files from crowsnest new.
    expect(JSON.parse(mounted()['checkout.json']!)).toMatchObject({ uid: 'checkout' });
    expect(mounted()['checkout.yaml']).toContain('alert: CheckoutDown');
    expect(JSON.parse(mounted()['orders.json']!)).toMatchObject({ uid: 'orders' });
    expect(mounted()['targets.yaml']).toContain('alert: TargetsDown');
    expect(mounted()['orders.yaml']).toContain('alert: OrdersAbsent');
  });

  test('accepts settings of shipped alerts', () => {
    expect(mounted()['targets.yaml']).toContain('>= 0.3');
    expect(mounted()['targets.yaml']).not.toContain('Watchdog');
  });

  test('deploys the components of the project, and scrapes them', () => {
    const workloads = objects().filter(({ spec }) => spec?.template);
    const names = workloads.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names).toContain('StatefulSet crowsnest-prometheus');
    expect(names).toContain('Deployment crowsnest-echo');
    expect(mounted()['prometheus.yml']).toContain('job_name: echo\n');
    expect(names).toContain('Deployment crowsnest-statsd-exporter');
    expect(mounted()['mapping.yml']).toContain('name: shop_orders_total');
  });

  test('rejects an environment with a typo, names its file, and writes nothing', async () => {
    const before = published();
    write('environments/second.js', misspelt);
    onTestFinished(() => rmSync(join(project, 'environments/second.js')));
    const synth = inProject('node', 'synth.js');
    await expect(synth).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^environments\/second\.js:\d+\n +error sise /),
    });
    expect(published()).toEqual(before);
  });

  test.each([
    { module: 'nodenext', moduleResolution: 'nodenext' },
    { module: 'preserve', moduleResolution: 'bundler' },
  ])('has types for projects with $moduleResolution', async (resolution) => {
    const compilerOptions = { ...resolution, target: 'es2023', strict: true, types: [] };
    write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['typed.ts'] }));
    const compiler = join(root, 'node_modules/.bin/tsc');
    await inProject(compiler, '--noEmit', '--skipLibCheck', 'false');
  });
});
