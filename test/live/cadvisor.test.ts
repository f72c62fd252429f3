import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { engineBinary } from '../engines/installation.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { cadvisorContainer, startCadvisor } from './cadvisor-server.js';
import { type Containerd, canRunContainers, startContainerd } from './containerd.js';
import { query } from './prometheus-api.js';
import { jobAt } from './scrape-job.js';
import { shipped } from './shipped.js';
import { eventually } from './wait.js';

const objects = shipped('staging');
const inPod = { 'io.kubernetes.pod.namespace': 'shop', 'io.kubernetes.pod.name': 'cart-0' };

describe('cadvisor with the shipped flags, without a container runtime', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
  let cadvisor: RunningEngine;

  beforeAll(async () => {
    cadvisor = await startCadvisor(objects, join(folder, 'no.sock'));
  });
  afterAll(async () => {
    await cadvisor?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers its probes', async () => {
    const { livenessProbe, readinessProbe } = cadvisorContainer(objects);
    for (const { httpGet } of [livenessProbe, readinessProbe]) {
      expect((await fetch(cadvisor.url + httpGet.path)).status).toBe(200);
    }
  });

  it('exposes metrics of the node, and of no container', async () => {
    const text = await (await fetch(`${cadvisor.url}/metrics`)).text();
    expect(text).toMatch(/^machine_cpu_cores\{/m);
    expect(
      new Set([...text.matchAll(/^container_\w+\{.*\bid="([^"]*)"/gm)].map(([, id]) => id)),
    ).toEqual(new Set(['/']));
  });
});

// Only root can create containers.
describe.skipIf(!canRunContainers)('cadvisor with the shipped flags and a containerd', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
  let containerd: Containerd;
  let cadvisor: RunningEngine;
  let prometheus: RunningEngine;
  let container: string;

  beforeAll(async () => {
    containerd = await startContainerd(join(folder, 'containerd'));
    // Any static binary that keeps running: the labels are those that the kubelet sets.
    const process = { binary: await engineBinary('node_exporter'), args: [] };
    container = await containerd.run({
      ...process,
      labels: {
        ...inPod,
        'io.kubernetes.container.name': 'cart',
        'io.cri-containerd.kind': 'container',
        secret: 'not exposed',
      },
      limits: { memoryBytes: 64 * 1024 * 1024, cpuMilliseconds: 500 },
    });
    await containerd.run({
      ...process,
      network: true,
      labels: { ...inPod, 'io.cri-containerd.kind': 'sandbox' },
    });
    cadvisor = await startCadvisor(objects, containerd.socket);
    prometheus = await startEngine({
      binary: 'prometheus',
      args: ({ port, folder: own }) => {
        const config = join(own, 'prometheus.yml');
        const job = jobAt(objects, 'cadvisor', new URL(cadvisor.url).host, { node: 'worker' });
        writeFileSync(config, stringify({ scrape_configs: [job] }));
        return [
          `--config.file=${config}`,
          `--storage.tsdb.path=${join(own, 'data')}`,
          `--web.listen-address=127.0.0.1:${port}`,
        ];
      },
      readyPath: '/-/ready',
    });
  });
  afterAll(async () => {
    await prometheus?.stop();
    await cadvisor?.stop();
    await containerd?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const labelsOf = (expression: string) =>
    eventually(expression, async () => (await query(prometheus.url, expression)).at(0)?.metric);

  it.each([
    'container_cpu_usage_seconds_total',
    'container_memory_working_set_bytes',
    'container_spec_memory_limit_bytes == 64 * 1024 * 1024',
    'container_cpu_cfs_periods_total',
  ])('exposes %s of a container with its namespace, pod and name', async (expression) => {
    const [name = ''] = expression.split(' ');
    expect(
      await labelsOf(expression.replace(name, `${name}{pod="cart-0",container="cart"}`)),
    ).toMatchObject({
      ...{ namespace: 'shop', pod: 'cart-0', container: 'cart', node: 'worker', job: 'cadvisor' },
    });
  });

  it('exposes no other label of a container', async () => {
    const labels = await labelsOf('container_memory_working_set_bytes{container="cart"}');
    expect(Object.keys(labels).sort()).toEqual([
      '__name__',
      'container',
      'id',
      'instance',
      'job',
      'name',
      'namespace',
      'node',
      'pod',
    ]);
    expect(labels.name).toBe(container);
  });

  it('exposes the network metrics of a pod through its sandbox', async () => {
    const labels = await labelsOf('container_network_receive_bytes_total{pod="cart-0"}');
    expect(labels).toMatchObject({ namespace: 'shop', pod: 'cart-0' });
    expect(labels).not.toHaveProperty('container');
  });

  it('exposes all series within the shipped sample limit', async ({ annotate }) => {
    const job = jobAt(objects, 'cadvisor', '127.0.0.1:1');
    const samples = await eventually('samples', async () => {
      const result = await query(prometheus.url, 'scrape_samples_scraped{job="cadvisor"}');
      const value = Number(result.at(0)?.value[1]);
      return value > 0 ? value : undefined;
    });
    expect(samples).toBeLessThan(job.sample_limit);
    await annotate(
      `containerd ${containerd.version} with a pod of one container and its sandbox: ${samples} samples in each scrape`,
      'figure',
    );
    await annotate(
      'container_pressure_*, container_memory_events_* and container_fs_*: they need cgroup v2 and disks with an I/O scheduler, which this machine does not have',
      'not shown',
    );
    await annotate(
      'cAdvisor’s own command: its module is in no module proxy, so our command uses its libraries with the same flags',
      'not shown',
    );
  });
});
