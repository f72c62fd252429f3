import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { loadNamespace, startLogLoad } from './log-load.js';
import { findLoki } from './loki-installation.js';
import { countLines } from './loki-query.js';
import { lokiFolder, lokiPod, lokiPorts, startLoki } from './loki-server.js';
import { containerOf, sendLines } from './otlp-log.js';
import { canMount, type Disk, mountDisk } from './small-disk.js';
import { eventually } from './wait.js';

const loki = findLoki();
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const objects = build({
  ...minimal,
  loki: { enabled: true, ingestionRate: '1Mi', ingestionBurst: '1Mi' },
}).manifests.map(({ object }) => object);
const disks: Disk[] = [];
afterAll(() => {
  for (const disk of disks) disk.unmount();
  rmSync(folder, { recursive: true, force: true });
});

const selector = `{k8s_namespace_name="${loadNamespace}"}`;
const one = (port: number) => sendLines(port, containerOf('shop', 'web-0'), [{ text: 'x' }]);

const used = async (engine: RunningEngine): Promise<number> => {
  const text = await (await fetch(`${engine.url}/metrics`)).text();
  return Number(/^loki_ingester_wal_disk_usage_percent (\S+)$/m.exec(text)?.[1]);
};

// Only root can mount a file system.
describe.skipIf(!loki || !canMount)('loki with its volume on a separate disk', () => {
  const running = new Set<RunningEngine>();
  afterEach(async () => {
    for (const engine of running) await engine.stop();
    running.clear();
  });

  const place = async (name: string, mebibytes: number) => {
    const ports = await lokiPorts();
    const disk = mountDisk(join(folder, name, lokiFolder), mebibytes);
    disks.push(disk);
    const pod = lokiPod(objects, join(folder, name), ports);
    const start = async (): Promise<RunningEngine> => {
      const engine = await startLoki(loki!, pod, ports);
      running.add(engine);
      return engine;
    };
    return { port: ports.http, disk, start };
  };

  const answers = (port: number, status: number) =>
    eventually(`a request with a line has the status ${status}`, async () =>
      (await one(port)).status === status ? true : undefined,
    );

  it('refuses lines while the disk is full, and takes them again, without a lost one', async ({
    annotate,
  }) => {
    const { port, disk, start } = await place('full', 300);
    const first = await start();
    const load = startLogLoad(port);
    await eventually('lines are confirmed', async () => load.confirmed() > 10_000 || undefined);
    await load.stop();
    disk.fill();
    await answers(port, 503);
    expect(await used(first)).toBeGreaterThan(0.85);
    expect((await fetch(`${first.url}/ready`)).status).toBe(200);
    await first.kill();
    // It also starts with a full disk.
    const second = await start();
    await answers(port, 503);
    disk.makeRoom();
    await answers(port, 204);
    await second.kill();
    await start();
    expect(await countLines(port, selector)).toBe(load.confirmed());
    await annotate(
      `a full disk and two kills: ${load.confirmed()} lines confirmed before, as many found afterwards`,
      'figure',
    );
  });

  it('refuses lines before its own data fill the disk, and still answers queries', async ({
    annotate,
  }) => {
    const { port, disk, start } = await place('own', 200);
    writeFileSync(join(folder, 'own', lokiFolder, 'other'), Buffer.alloc(140 * 1024 ** 2));
    await start();
    const load = startLogLoad(port);
    await eventually('it refuses lines', async () => load.statuses.has(503) || undefined, 200);
    await load.stop();
    const free = Math.round(disk.freeBytes() / 1024 ** 2);
    expect(free).toBeGreaterThan(0);
    expect(await countLines(port, selector)).toBe(load.confirmed());
    await annotate(
      `a disk of 200 MiB that lines fill at 1 MiB/s: ${free} MiB are free when Loki refuses lines, after ${load.confirmed()} confirmed ones`,
      'figure',
    );
  });
});
