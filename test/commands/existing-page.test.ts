import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clone, commands, repository, run } from '../output/command.js';
import { contentOf } from '../output/folder.js';
import { blocksIn, nameOf, withOptions } from '../readme/block.js';

const read = (file: string): string => readFileSync(join(repository, file), 'utf8');
const blocks = blocksIn(read('docs/existing.md'));
const [base] = blocksIn(read('docs/configure.md')).filter(({ mark }) => mark === 'environment');
const examples = blocks.filter(({ mark }) => mark === 'options');
const files = blocks.filter(({ mark }) => mark !== 'options');

const environmentOf = (text: string, cluster: string): string => {
  // Constants are before the options.
  const before = text.slice(0, text.search(/^ {2}\w/m));
  const rest = text.slice(before.length);
  const code = before.replace(/^import .*\n/gm, '').trim();
  const imports = before.match(/^import .*$/gm) ?? [];
  return withOptions(base!.text, [...imports, rest].join('\n'), cluster).replace(
    /^export default/m,
    `${code}\nexport default`,
  );
};

const pages = Object.fromEntries(
  examples.map(({ heading, text }) => {
    const name = nameOf(heading);
    return [`environments/${name}.ts`, environmentOf(text, name)];
  }),
);

test('the examples in docs/existing.md are synthesized, and keep what the files have', async () => {
  const folder = clone({
    ...Object.fromEntries(files.map(({ mark, text }) => [mark, text])),
    ...pages,
  });
  const { status, stderr } = await run(commands['npm run synth'], folder);
  // The project has no alerts.
  const codes = [...stderr.matchAll(/\(([\w-]+\/[\w-]+)\)/g)].map(([, code]) => code);
  expect([status, codes]).toEqual([0, ['routes/idle-routes']]);
  const written = (environment: string, file: string): string | undefined =>
    contentOf(join(folder, 'dist', environment))[file];
  const alertmanager = written('alertmanager-yml', '20-alertmanager.yaml');
  expect(alertmanager).toContain('url: http://bot.tools.svc:8080/alerts');
  expect(alertmanager).toContain('define "team.title"');
  const prometheus = written('prometheus-yml', '20-prometheus.yaml');
  expect(prometheus).toContain('job_name: database');
  expect(prometheus).toContain('send_native_histograms: false');
  const ini = written('grafana', '20-grafana.yaml');
  for (const section of ['auth.generic_oauth', 'auth.ldap', 'database', 'paths']) {
    expect(ini).toContain(`[${section}]`);
  }
  const agents = written('kube-prometheus-and-kube-prometheus-stack', '20-node-exporter.yaml');
  expect(agents).toContain('9110');
});
