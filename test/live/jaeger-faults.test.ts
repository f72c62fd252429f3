import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunningEngine } from '../engines/process.js';
import { jaegerPod, type Ports, portsFor, startJaeger } from './jaeger-server.js';
import type { Pod } from './pod.js';
import { shipped } from './shipped.js';
import { canMount, type Disk, mountDisk } from './small-disk.js';
import { countSpans, sendSpans, spansPerTrace, startSpanLoad } from './span-load.js';
import { eventually } from './wait.js';

const objects = shipped('production');
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The mount path of its volume. */
const volume = '/badger';
const nobody = 'http://127.0.0.1:9';
const configFolder = '/etc/jaeger';
const mainFile = `${configFolder}/config.yaml`;

interface Jaeger {
  readonly ports: Ports;
  readonly pod: Pod;
  readonly engine: RunningEngine;
}

/** Starts it in a folder that may contain the data of an earlier one. */
const startAt = async (
  place: string,
  change: (config: string) => string = (config) => config,
): Promise<Jaeger> => {
  const ports = await portsFor(objects);
  const pod = jaegerPod(objects, join(folder, place), ports, nobody);
  const config = readFileSync(pod.path(mainFile), 'utf8');
  writeFileSync(pod.path(mainFile), change(config));
  return { ports, pod, engine: await startJaeger(pod, ports) };
};

const filesIn = (pod: Pod): Record<string, string> =>
  Object.fromEntries(
    readdirSync(pod.path(configFolder))
      .filter((name) => !name.startsWith('..'))
      .map((name) => [name, readFileSync(join(pod.path(configFolder), name), 'utf8')]),
  );

const counted = async ({ ports }: Jaeger, name: string): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${ports.get(8888)}/metrics`)).text();
  const samples = [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm'))];
  return samples.reduce((sum, [, value]) => sum + Number(value), 0);
};

const spansOf = async ({ ports }: Jaeger, traces: readonly string[]): Promise<number> => {
  let spans = 0;
  for (const trace of traces) spans += await countSpans(ports.get(16686) ?? 0, trace);
  return spans;
};

const takesSpans = async (jaeger: Jaeger): Promise<void> => {
  const fresh = 'f'.repeat(32);
  expect(await sendSpans(jaeger.ports.get(4318) ?? 0, 'load', fresh)).toBe(true);
  await eventually('the new trace is found', async () =>
    (await spansOf(jaeger, [fresh])) === spansPerTrace ? true : undefined,
  );
};

const load = ({ ports }: Jaeger) => startSpanLoad(ports.get(4318) ?? 0, 'load');
const loadSeconds = 10;

describe('jaeger of production, with the load of four clients', () => {
  it('has after a kill -9 every span that it has confirmed', async ({ annotate }) => {
    const first = await startAt('killed');
    const { taken, stop } = load(first);
    await sleep(loadSeconds * 1000);
    const written = await counted(first, 'otelcol_exporter_sent_spans_total');
    await first.engine.kill();
    await stop();

    const second = await startAt('killed');
    try {
      const spans = await spansOf(second, taken);
      expect(written).toBeGreaterThan(0);
      expect(spans).toBe(taken.length * spansPerTrace);
      await annotate(
        `kill -9 after ${loadSeconds} s: ${taken.length * spansPerTrace} spans confirmed, ${written} written to the store just before, ${spans} afterwards`,
        'figure',
      );
    } finally {
      await second.engine.stop();
    }
  });
});

const withQueueOf =
  (bytes: number) =>
  (config: string): string => {
    const changed = config.replace(/queue_size: \d+/, `queue_size: ${bytes}`);
    expect(changed).not.toBe(config);
    return changed;
  };

describe('jaeger with a full queue before its storage', () => {
  it('rejects spans with an error for the client, stores none of them, and counts them', async () => {
    const jaeger = await startAt('no-room', withQueueOf(1));
    try {
      const trace = 'e'.repeat(32);
      expect(await sendSpans(jaeger.ports.get(4318) ?? 0, 'load', trace)).toBe(false);
      expect(await counted(jaeger, 'otelcol_exporter_enqueue_failed_spans_total')).toBe(
        spansPerTrace,
      );
      expect(await spansOf(jaeger, [trace])).toBe(0);
    } finally {
      await jaeger.engine.stop();
    }
  });
});

const withSynchronousWrites = (config: string): string => {
  const changed = config.replace('consistency: false', 'consistency: true');
  expect(changed).not.toBe(config);
  return changed;
};

// Only root can mount a file system.
describe.skipIf(!canMount)('jaeger with its volume on a separate disk', () => {
  const disks: Disk[] = [];
  const mount = (place: string, mebibytes: number): Disk => {
    const disk = mountDisk(join(folder, place, volume), mebibytes);
    disks.push(disk);
    return disk;
  };
  afterAll(() => {
    for (const disk of disks) disk.unmount();
  });

  /** The data before a loss of power under load, and after the next start. */
  const losePower = async (place: string, change?: (config: string) => string) => {
    const disk = mount(place, 600);
    const first = await startAt(place, change);
    const { taken, stop } = load(first);
    await sleep(loadSeconds * 1000);
    await stop();
    const before = await spansOf(first, taken);
    disks.push(disk.afterPowerLoss(join(folder, `${place}-after`, volume)));
    await first.engine.kill();
    const second = await startAt(`${place}-after`, change);
    try {
      const after = await spansOf(second, taken);
      await takesSpans(second);
      return { before, after };
    } finally {
      await second.engine.stop();
    }
  };

  it('starts again after a loss of power, and loses at most unwritten data of the kernel', async ({
    annotate,
  }) => {
    const shippedMode = await losePower('power');
    expect(shippedMode.before).toBeGreaterThan(0);
    expect(shippedMode.after).toBeLessThanOrEqual(shippedMode.before);
    const synchronous = await losePower('power-synchronous', withSynchronousWrites);
    expect(synchronous.after).toBeGreaterThanOrEqual(synchronous.before);
    const times = Math.round(shippedMode.before / synchronous.before);
    await annotate(
      `loss of power after ${loadSeconds} s: with the shipped configuration ${shippedMode.before} spans stored before, ${shippedMode.after} after; with synchronous writes ${synchronous.before} and ${synchronous.after}: ${times} times fewer stored`,
      'figure',
    );
  });

  it('ends while the disk is full, and has every span and accepts new ones when there is space', async ({
    annotate,
  }) => {
    const disk = mount('full', 300);
    const first = await startAt('full');
    const { taken, stop } = load(first);
    await sleep(3000);
    const stored: string[] = [];
    for (const trace of [...taken]) {
      if ((await spansOf(first, [trace])) === spansPerTrace) stored.push(trace);
    }
    expect(stored.length).toBeGreaterThan(0);
    disk.fill();
    await eventually('it ends', async () => first.engine.ending());
    await stop();
    expect(disk.freeBytes()).toBeLessThan(4096);
    // A start can find space in what the last process wrote only partly, and use it.
    const early = await startAt('full').then(
      async ({ engine }) => {
        await engine.kill();
        return 'came up';
      },
      (error: Error) => {
        expect(error.message).toContain('ended before it was ready');
        return 'ended at once, since Badger maps its files';
      },
    );

    disk.makeRoom();
    const second = await startAt('full');
    try {
      expect(await spansOf(second, stored)).toBe(stored.length * spansPerTrace);
      await takesSpans(second);
      await annotate(
        `disk full under load: all ${stored.length * spansPerTrace} earlier spans exist afterwards; a start without space ${early}`,
        'figure',
      );
    } finally {
      await second.engine.stop();
    }
  });
});

describe('jaeger with invalid sampling strategies', () => {
  it('keeps the old ones, and loads the next valid ones', async () => {
    const { engine, ports, pod } = await startAt('broken');
    const rate = async (): Promise<number> => {
      const url = `http://127.0.0.1:${ports.get(5778)}/api/sampling?service=any`;
      const answer = (await (await fetch(url)).json()) as {
        probabilisticSampling: { samplingRate: number };
      };
      return answer.probabilisticSampling.samplingRate;
    };
    const change = (text: string) =>
      pod.update(configFolder, { ...filesIn(pod), 'sampling.json': text });
    const strategy = (param: number) =>
      JSON.stringify({ default_strategy: { type: 'probabilistic', param } });
    try {
      const before = await rate();
      change('{');
      await eventually('it complains', async () =>
        engine.log().includes('failed to update sampling strategies') ? true : undefined,
      );
      expect(await rate()).toBe(before);
      change(strategy(0.25));
      await eventually('the new rate', async () => ((await rate()) === 0.25 ? true : undefined));
    } finally {
      await engine.stop();
    }
  });
});
