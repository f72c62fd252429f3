import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clone, commands, repository, run } from '../output/command.js';
import { contentOf } from '../output/folder.js';
import { blocksIn } from '../readme/block.js';

const page = readFileSync(join(repository, 'docs/components.md'), 'utf8');
const { fields: _, ...files } = Object.fromEntries(
  blocksIn(page).flatMap(({ mark, text }) => (mark ? [[mark, text]] : [])),
);
const environment = 'environments/shop.ts';

test('the component in docs/components.md is deployed with its options, and scraped', async () => {
  const folder = clone(files);
  const { status, stderr } = await run(commands['npm run synth'], folder);
  expect([status, stderr]).toEqual([0, expect.stringMatching(/^ environment .*\n shop /)]);
  const written = contentOf(join(folder, 'dist/shop'));
  const own = written['20-statsd-exporter.yaml'];
  expect(own).toContain('image: quay.io/prometheus/statsd-exporter:v0.28.0');
  expect(own).toContain('name: shop_orders_total');
  expect(written['20-prometheus.yaml']).toContain('job_name: statsd-exporter');
});

test('the DaemonSet in docs/components.md is scraped on each node, and probed only by the kubelet', async () => {
  const text = files[environment]!;
  const list = 'components: [';
  expect(text).toContain(list);
  const shop =
    "import { processExporter } from '../components/process-exporter.js';\n" +
    text.replace(list, `${list}\n    processExporter,`);
  const folder = clone({ ...files, [environment]: shop });
  const { status, stderr } = await run(commands['npm run synth'], folder);
  expect([status, stderr]).toEqual([0, expect.stringMatching(/^ environment .*\n shop /)]);
  const written = contentOf(join(folder, 'dist/shop'));
  const own = written['20-process-exporter.yaml'];
  expect(own).toMatch(/^kind: DaemonSet$/m);
  expect(own).toMatch(/^ {2}namespace: crowsnest-agents$/m);
  expect(own).toContain(
    'crowsnest/exception-host-path-proc: "/proc: reads the processes of the node"',
  );
  expect(own).toContain('livenessProbe:');
  expect(own).not.toContain('kind: Service\n');
  expect(written['20-prometheus.yaml']).toContain('job_name: process-exporter');
  expect(written['20-prometheus.yaml']).not.toContain('process-exporter.crowsnest-agents.svc');
});
