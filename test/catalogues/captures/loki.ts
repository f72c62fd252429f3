import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { imageRelease } from '../../engines/release.js';
import { build, minimal } from '../../environment.js';
import { bucketPorts, startBucketServer } from '../../live/bucket-server.js';
import { makeCertificate } from '../../live/certificate.js';
import { bucketPod, bucketVariables, objectsWithBucket } from '../../live/loki-bucket.js';
import { findLoki, howToSupplyLoki } from '../../live/loki-installation.js';
import { type LokiPorts, lokiPod, lokiPorts, startLoki } from '../../live/loki-server.js';
import { containerOf, type LogLine, sendLines } from '../../live/otlp-log.js';
import type { Capture } from '../capture.js';
import { asItIs, type Observation, provoked } from '../observation.js';

const objects = build({ ...minimal, loki: { enabled: true } }).manifests.map(
  ({ object }) => object,
);

const hour = 3_600_000;
const many = (count: number, line: (index: number) => LogLine): LogLine[] =>
  Array.from({ length: count }, (_, index) => line(index));

/** Lines of several kinds, among them those that it discards, and queries. */
const stir = async (port: number): Promise<void> => {
  const web = containerOf('shop', 'web-0');
  const send = (lines: readonly LogLine[], origin = web) => sendLines(port, origin, lines);
  await send(many(200, (index) => ({ text: `request ${index}`, severity: 'INFO' })));
  await send([{ text: 'too old', time: Date.now() - 60 * 24 * hour }]);
  await send([{ text: 'too far ahead', time: Date.now() + 24 * hour }]);
  await send([{ text: 'long '.repeat(100_000) }]);
  await send([{ text: 'much beside it', attributes: { field: 'x'.repeat(70_000) } }]);
  const fields = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`field_${at}`, 'x']));
  await send([{ text: 'many fields', attributes: fields }]);
  await send(many(20, () => ({ text: 'y'.repeat(250_000) })));
  await send(
    many(60, () => ({ text: 'z'.repeat(250_000) })),
    containerOf('shop', 'web-1'),
  );
  for (let pod = 0; pod < 6; pod += 1)
    await send([{ text: 'one' }], containerOf('jobs', `job-${pod}`));
  const ask = (path: string, query: string) =>
    fetch(`http://127.0.0.1:${port}/loki/api/v1/${path}?query=${encodeURIComponent(query)}`)
      .then((response) => response.text())
      .catch(() => '');
  const selector = '{k8s_namespace_name="shop"}';
  await ask('query_range', selector);
  await ask('query_range', `sum(rate(${selector}[1m]))`);
  await ask('query', `count_over_time(${selector}[5m])`);
  await ask('query_range', '{broken');
  await ask('series', selector);
  await ask('index/volume', selector);
  await ask('index/stats', selector);
  await fetch(`http://127.0.0.1:${port}/loki/api/v1/labels`).then((response) => response.text());
  await fetch(`http://127.0.0.1:${port}/flush`, { method: 'POST' });
};

const observe = async (
  folder: string,
  seconds: number,
  change?: (config: string) => string,
  layOut = (ports: LokiPorts) => lokiPod(objects, folder, ports, change),
  env?: Readonly<Record<string, string>>,
): Promise<Observation[]> => {
  const loki = findLoki();
  if (!loki) throw new Error(howToSupplyLoki);
  const ports = await lokiPorts();
  const pod = layOut(ports);
  const page = { url: `http://127.0.0.1:${ports.http}/metrics` };
  const first = await startLoki(loki, pod, ports, { ...(env && { env }) });
  try {
    const usual = await asItIs(page);
    await stir(ports.http);
    await sleep(seconds * 1000);
    await stir(ports.http);
    const busy = await provoked(page);
    await first.kill();
    const second = await startLoki(loki, pod, ports, { ...(env && { env }) });
    try {
      await stir(ports.http);
      return [usual, busy, await provoked(page)];
    } finally {
      await second.stop();
    }
  } finally {
    await first.stop();
  }
};

/** Intervals of seconds instead of minutes, and limits that are reached. */
const hurried = (config: string): string =>
  config
    .replace('compactor:', 'compactor:\n  compaction_interval: 2s')
    .replace('ingester:', 'ingester:\n  chunk_idle_period: 2s\n  flush_check_period: 1s')
    .replace('wal:', 'wal:\n    checkpoint_duration: 5s')
    .replace(/max_global_streams_per_user: .*/, 'max_global_streams_per_user: 4');

/** With a bucket. */
const observeBucket = async (folder: string): Promise<Observation[]> => {
  mkdirSync(join(folder, 's3'), { recursive: true });
  const certificate = makeCertificate(folder);
  const bucket = await bucketPorts();
  const server = await startBucketServer(join(folder, 's3'), bucket, certificate);
  const layOut = (ports: LokiPorts) =>
    bucketPod(objectsWithBucket(), join(folder, 'pod'), ports, bucket, certificate, hurried);
  try {
    return await observe(folder, 30, undefined, layOut, bucketVariables());
  } finally {
    await server.stop();
  }
};

export default {
  releases: async () => [imageRelease('loki')],
  run: async (folder) => ({
    loki: {
      seen: [
        ...(await observe(join(folder, 'usual'), 5)),
        ...(await observe(join(folder, 'hurried'), 30, hurried)),
        ...(await observeBucket(join(folder, 'bucket'))),
        // It refuses all lines.
        ...(await observe(join(folder, 'full'), 15, (config) =>
          config.replace(/disk_full_threshold: .*/, 'disk_full_threshold: 0.0001'),
        )),
      ],
    },
  }),
} satisfies Capture;
