import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { silence, silencesOf, statusOf } from './alertmanager-api.js';
import {
  alertmanagerPod,
  changeConfiguration,
  configurationPath,
  startAlertmanager,
} from './alertmanager-server.js';
import type { Pod } from './pod.js';
import { environments, find, shipped } from './shipped.js';
import { eventually } from './wait.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const statefulSetOf = (environment: string) =>
  find(shipped(environment), 'StatefulSet', 'crowsnest-alertmanager').spec;

const of = (replicas: number): string => {
  const found = environments.find((one) => statefulSetOf(one).replicas === replicas);
  if (!found) throw new Error(`No environment ships ${replicas} Alertmanagers.`);
  return found;
};

describe('a single alertmanager with the shipped flags, killed while silences are created', () => {
  const environment = of(1);
  const [container] = statefulSetOf(environment).template.spec.containers;
  const flag: string = container.args.find((arg: string) => arg.includes('maintenance-interval'));
  const intervalSeconds = 60 * Number(/=(\d+)m$/.exec(flag)?.[1]);

  it('loses only silences that are younger than its maintenance interval', async ({ annotate }) => {
    const pod = alertmanagerPod(shipped(environment), join(folder, 'single'));
    const first = await startAlertmanager(pod);
    const made: { readonly id: string; readonly at: number }[] = [];
    // The first maintenance is one interval after the start: a silence is created every second
    // until then.
    const end = performance.now() + (intervalSeconds + 15) * 1000;
    while (performance.now() < end) {
      made.push({ id: await silence(first.url, `Fault${made.length}`), at: performance.now() });
      await sleep(1000);
    }
    const killed = performance.now();
    await first.kill();

    const second = await startAlertmanager(pod);
    try {
      const kept = new Set(await silencesOf(second.url));
      const age = ({ at }: { readonly at: number }) => (killed - at) / 1000;
      const lost = made.filter(({ id }) => !kept.has(id));
      expect(lost.filter((one) => age(one) > intervalSeconds)).toEqual([]);
      expect(kept.size).toBe(made.length - lost.length);
      expect(kept.size).toBeGreaterThan(0);
      const oldest = Math.round(Math.max(0, ...lost.map(age)));
      await annotate(
        `a silence every second until a kill -9: ${lost.length} of ${made.length} lost, the oldest created ${oldest} s before, with a maintenance interval of ${intervalSeconds} s`,
        'figure',
      );
    } finally {
      await second.stop();
    }
  });
});

describe('three alertmanagers of production, any of which is lost with its volume', () => {
  const environment = of(3);
  const ports: number[] = [];
  const peers: { pod: Pod; engine: RunningEngine }[] = [];
  const folderOf = (ordinal: number) => join(folder, String(ordinal));

  const start = async (ordinal: number): Promise<void> => {
    const pod = alertmanagerPod(shipped(environment), folderOf(ordinal));
    const own = ports[ordinal] ?? 0;
    const others = ports.filter((port) => port !== own);
    peers[ordinal] = { pod, engine: await startAlertmanager(pod, [own, ...others]) };
  };
  const wholeMesh = async (): Promise<void> => {
    for (const { engine } of peers) {
      await eventually('the mesh is whole', async () => {
        const { cluster } = await statusOf(engine.url);
        return (cluster.status === 'ready' && cluster.peers?.length === 3) || undefined;
      });
    }
  };
  const has = (ordinal: number, id: string) =>
    eventually(`the silence is at ${ordinal}`, async () => {
      const silences = await silencesOf(peers[ordinal]?.engine.url ?? '');
      return silences.includes(id) || undefined;
    });

  beforeAll(async () => {
    for (const _ of [0, 1, 2]) ports.push(await freePort());
    await Promise.all([0, 1, 2].map(start));
    await wholeMesh();
  });
  afterAll(() => Promise.all(peers.map(({ engine }) => engine.stop())));

  it.each([0, 1, 2])(
    'keep a silence that was created at %i if that one is killed, and send it to its successor',
    async (lost) => {
      const made = await silence(peers[lost]!.engine.url, `Made${lost}`);
      const others = [0, 1, 2].filter((ordinal) => ordinal !== lost);
      for (const ordinal of others) await has(ordinal, made);
      await peers[lost]!.engine.kill();
      for (const ordinal of others) {
        expect(await silencesOf(peers[ordinal]!.engine.url)).toContain(made);
      }
      rmSync(folderOf(lost), { recursive: true });
      await start(lost);
      await has(lost, made);
      await wholeMesh();
    },
  );
});

describe('an alertmanager with an invalid configuration file', () => {
  it('keeps the old one at a reload, and its metric shows the failure', async () => {
    const pod = alertmanagerPod(shipped(of(1)), join(folder, 'broken'));
    const engine = await startAlertmanager(pod);
    const reload = async () => (await fetch(`${engine.url}/-/reload`, { method: 'POST' })).status;
    const successful = async () =>
      /^alertmanager_config_last_reload_successful (\d)$/m.exec(
        await (await fetch(`${engine.url}/metrics`)).text(),
      )?.[1];
    try {
      const text = readFileSync(configurationPath(pod), 'utf8');
      const before = (await statusOf(engine.url)).config.original;
      expect(await successful()).toBe('1');

      changeConfiguration(pod, text, { route: { receiver: 'of that name there is none' } });
      expect(await reload()).toBe(500);
      expect((await statusOf(engine.url)).config.original).toBe(before);
      expect(await successful()).toBe('0');

      changeConfiguration(pod, text, { global: { resolve_timeout: '7m' } });
      expect(await reload()).toBe(200);
      expect((await statusOf(engine.url)).config.original).toContain('resolve_timeout: 7m');
      expect(await successful()).toBe('1');
    } finally {
      await engine.stop();
    }
  });
});
