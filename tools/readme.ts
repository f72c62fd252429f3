/**
 * Follows the instructions of the README and the pages in `docs` in a copy of the repository, and runs the
 * tests there. Commands and code are taken from these pages: a code block that no step uses is an error.
 * `-- --keep` keeps the copy.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { engineBinary } from '../test/engines/installation.js';
import { nameOf, withOptions } from '../test/readme/block.js';
import { cloneTo, commit, run } from '../test/readme/clone.js';
import { exported, marked, orders, sealed, waived, withLines } from '../test/readme/content.js';
import { pageOf } from '../test/readme/page.js';
import { instructions } from '../test/readme/pages.js';
import { useInProject } from '../test/readme/project.js';

const repository = resolve(import.meta.dirname, '..');
const page = pageOf(repository, instructions);
const { blocks, inline } = page;
const temporary = mkdtempSync(join(tmpdir(), 'crowsnest-readme-'));
const clone = join(temporary, 'clone');
const keep = process.argv.includes('--keep');

const write = (path: string, text: string): void => writeFileSync(join(clone, path), text);
const command = (text: string, cwd = clone): string => run(cwd, 'sh', '-c', text);
const synth = (): string => command('npm run synth');

const start = performance.now();
const step = (title: string, work: () => unknown): void => {
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  process.stdout.write(`${seconds.padStart(4)} s  ${title}\n`);
  work();
};

const withoutPromtool = await engineBinary('promtool').then(
  () => undefined,
  (error: Error) => error.message,
);

const doTasks = (): void => {
  step('clone', () => cloneTo(repository, clone));

  step('synthesize', () => {
    const lines = blocks('sh').flatMap(({ text }) => text.split('\n'));
    // test/shipped/repository.test.ts does what creates a repository of one's own.
    const here = lines
      .map((line) => line.replace(/#.*/, '').trim())
      .filter(
        (line) =>
          line !== '' &&
          !/kubectl|kubeseal|^(kind|docker) |crowsnest init|--check$|\.\.\/monitoring/.test(line),
      );
    // The packages are linked.
    expectSame(here, [
      'npm ci',
      'npx crowsnest synth',
      'npx crowsnest size production',
      'npx crowsnest size production --nodes 250 --retention 90d',
      'npx crowsnest size production --nodes 20 --pods 2000 --json',
      'npx crowsnest secrets production',
    ]);
    for (const text of here.slice(1)) command(text);
    expectSame(command('git status --porcelain'), '');
  });

  step('pack', () => command(inline(/npm pack/)));

  const [environment] = blocks('ts', 'environment');
  step('add an environment', () => {
    write('environments/acceptance.ts', environment!.text);
    synth();
  });

  step('add an environment with each block of options', () => {
    const add = (name: string, options: string): void =>
      write(`environments/${name}.ts`, withOptions(environment!.text, options, name));
    for (const { heading, text } of blocks('ts', 'options')) add(nameOf(heading), text);
    const claims = inline(/prometheus: \{ volume: '\w+', claimTemplate: '\w+' \}/);
    add('claim-template', `${claims},`);
    const disabled = inline(/jaeger: \{ enabled: false \}/);
    add('disabled', `${disabled},`);
    add('waived', waived);
    synth();
  });

  step('enlarge a published volume', () => {
    const volume = inline(/prometheus: \{ volume: '\w+' \}/);
    write('environments/acceptance.ts', withOptions(environment!.text, `${volume},`));
    synth();
  });

  step('add alerts, and dashboards in TypeScript and JSON', () => {
    command(inline(/npx crowsnest new alert checkout/));
    command(inline(/npx crowsnest new dashboard checkout/));
    write('dashboards/imported.json', JSON.stringify(exported));
    const [lines] = blocks('yaml', 'alerts');
    write('alerts/shop.logql.yaml', lines!.text);
    synth();
  });

  step('run the tests of an alert', () => {
    const test = inline(/npx crowsnest test checkout/);
    if (withoutPromtool === undefined) command(test);
    else if (process.env.NO_SKIPS) throw new Error(withoutPromtool);
    else process.stdout.write(`        left out: ${withoutPromtool}\n`);
  });

  step('declare an application', () => {
    mkdirSync(join(clone, 'applications'));
    mkdirSync(join(clone, 'secrets/production'), { recursive: true });
    for (const { text } of blocks('ts', 'application')) {
      const [, name] = /^ {2}name: '(.+)'/m.exec(text) ?? [];
      write(`applications/${name}.ts`, text);
    }
    // What kubeseal would write for the Secrets of the applications.
    const [{ secrets }] = JSON.parse(command('npx crowsnest secrets acceptance --json'));
    for (const one of secrets) write(`secrets/production/${one.name}.yaml`, sealed(one));
    synth();
  });

  step('declare the metrics of an application, with a dashboard for them', () => {
    const offer = inline(/metrics\('\/metrics', \{ declares: .+ \}\)/);
    const path = `environments/${nameOf('Add a party')}.ts`;
    const application = readFileSync(join(clone, path), 'utf8');
    write(path, application.replace("metrics('/metrics')", offer));
    write('dashboards/orders.ts', orders);
    const [annotations] = blocks('ts', 'annotations');
    write('dashboards/marked.ts', marked(annotations!.text));
    const [rows] = blocks('ts', 'rows');
    write('dashboards/lines.ts', withLines(rows!.text));
    synth();
  });

  step('add the monitors of an application', () => {
    const [monitors] = blocks('yaml', 'applications');
    write('applications/checkout.yaml', monitors!.text);
    synth();
    const shipped = readFileSync(join(clone, 'dist/acceptance/20-prometheus.yaml'), 'utf8');
    if (!shipped.includes('serviceMonitor/shop/checkout')) throw new Error('It has no scrape job.');
  });

  step('add a check', () => {
    const [check] = blocks('ts', 'check');
    const path = 'checks/load-balancer.ts';
    mkdirSync(join(clone, 'checks'));
    write(path, check!.text.replace(" && object.spec?.type === 'LoadBalancer'", ''));
    const told = command('npm run synth 2>&1 || true');
    if (!told.includes('(load-balancer/public)')) throw new Error(`It finds nothing: ${told}`);
    write(path, check!.text);
    synth();
  });

  step('use the package in a project', () => {
    useInProject(page, clone, join(temporary, 'project'));
  });

  // test/shipped/readme.test.ts compares these with the real output.
  blocks('');
  blocks('mermaid');

  step('read the variables of a container', () => {
    const [variables] = blocks('yaml', 'variables');
    const { env } = parse(variables!.text) as { env: { name: string; value?: string }[] };
    expectSame(
      env.filter(({ value }) => value?.includes('$(POD_NAME)')).map(({ name }) => name),
      ['OTEL_RESOURCE_ATTRIBUTES'],
    );
  });

  step('read the manifests for Argo CD and Flux', () => {
    const texts = blocks('yaml').flatMap(({ text }) => parseAllDocuments(text));
    const paths = texts.flatMap(
      (one) => one.getIn(['spec', 'path']) ?? one.getIn(['spec', 'source', 'path']),
    );
    expectSame(paths, ['dist/production', './dist/production']);
    for (const path of paths) readdirSync(join(clone, `${path}`));
  });

  step('remove what ships, except for what the new environments import', () => {
    for (const name of ['development', 'staging', 'production']) {
      rmSync(join(clone, `environments/${name}.ts`));
    }
    for (const name of readdirSync(join(clone, 'dashboards'))) {
      if (!/^(checkout|orders|imported)\./.test(name)) rmSync(join(clone, 'dashboards', name));
    }
    for (const name of readdirSync(join(clone, 'alerts'))) {
      if (!/^(checkout|targets)\./.test(name)) rmSync(join(clone, 'alerts', name));
    }
    const targets = readFileSync(join(clone, 'alerts/targets.ts'), 'utf8');
    write('alerts/targets.ts', targets.replace(/^ +dashboard: .+\n/m, ''));
    synth();
  });

  const [left] = page.left();
  if (left) throw new Error(`${left}: no step uses this block of code.`);

  step('npm run check', () => {
    command('npx biome check --write environments dashboards alerts checks');
    commit(clone);
    const output = command('npm run check');
    process.stdout.write(`${output.match(/^ +(Test Files|Tests|Duration) .*$/gm)!.join('\n')}\n`);
  });
};

const expectSame = (found: unknown, wanted: unknown): void => {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`It is ${one}, and not ${other}.`);
};

try {
  doTasks();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  if (keep) process.stdout.write(`${clone}\n`);
  else rmSync(temporary, { recursive: true, force: true });
}
