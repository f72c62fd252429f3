import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { RunningEngine } from '../engines/process.js';
import { durations, seconds, startBackups } from './backup-jobs.js';
import { findLoki } from './loki-installation.js';
import { countLines } from './loki-query.js';
import { lokiFolder, lokiPod, lokiPorts, startLoki } from './loki-server.js';
import { containerOf, sendLines } from './otlp-log.js';
import { eventually } from './wait.js';

const loki = findLoki();
const { at, run, objects, stop } = await startBackups({ loki: { enabled: true } });
let engine: RunningEngine | undefined;
afterAll(async () => {
  await engine?.stop();
  await stop();
});

it.skipIf(!loki)(
  'a Loki has the lines of its copy after its volume is lost',
  async ({ annotate }) => {
    const ports = await lokiPorts();
    const pod = lokiPod(objects, at('loki'), ports);
    const volume = join(at('loki'), lokiFolder);
    const send = async (count: number): Promise<void> => {
      const lines = Array.from({ length: count }, (_, index) => ({ text: `order ${index}` }));
      expect((await sendLines(ports.http, containerOf('shop', 'orders-1'), lines)).status).toBe(
        204,
      );
    };
    const has = (count: number) =>
      eventually('the lines are found', async () =>
        (await countLines(ports.http, '{k8s_namespace_name="shop"}')) === count ? true : undefined,
      );

    engine = await startLoki(loki!, pod, ports);
    await send(500);
    await has(500);
    await engine.stop();
    const [copy, copyTook] = await seconds(() => run('backup-loki', 'loki'));
    expect(copy).toMatchObject({ code: 0 });

    engine = await startLoki(loki!, pod, ports);
    await send(100);
    await has(600);
    await engine.kill();
    rmSync(volume, { recursive: true });
    mkdirSync(volume);
    expect(await run('verify-loki', 'loki-copy')).toMatchObject({ code: 0 });
    const [restored, took] = await seconds(() => run('restore-loki-0', 'loki'));
    expect(restored).toMatchObject({ code: 0 });
    await annotate(durations(copy, copyTook, took), 'figure');
    engine = await startLoki(loki!, pod, ports);
    await has(500);
    // It takes new lines of the same stream.
    await send(50);
    await has(550);

    // Over a volume with later lines.
    await engine.kill();
    expect(await run('restore-loki-0', 'loki')).toMatchObject({ code: 0 });
    engine = await startLoki(loki!, pod, ports);
    await has(500);
  },
);
