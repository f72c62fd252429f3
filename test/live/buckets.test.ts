import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningEngine } from '../engines/process.js';
import { boundCases, pageBounds } from '../promql/bound-cases.js';
import { query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { shipped } from './shipped.js';
import { eventually } from './wait.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-buckets-'));
const page = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
  response.end(
    [
      '# TYPE order_seconds histogram',
      ...pageBounds.map((bound) => `order_seconds_bucket{le="${bound}"} 1`),
      'order_seconds_sum 1',
      'order_seconds_count 1',
      '',
    ].join('\n'),
  );
});
let prometheus: RunningEngine;

beforeAll(async () => {
  await new Promise<void>((done) => page.listen(0, '127.0.0.1', done));
  const { port } = page.address() as AddressInfo;
  prometheus = await startPrometheus(shipped('development'), folder, ({ global, storage }) => ({
    ...{ global, storage },
    scrape_configs: [
      {
        ...{ job_name: 'shop', scrape_interval: '1s', scrape_timeout: '1s' },
        static_configs: [{ targets: [`127.0.0.1:${port}`] }],
      },
    ],
  }));
  await eventually('all buckets are stored', async () => {
    const found = await query(prometheus.url, 'order_seconds_bucket');
    return found.length === pageBounds.length || undefined;
  });
}, 60_000);
afterAll(async () => {
  await prometheus?.stop();
  page.close();
  page.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

it('Prometheus stores exactly the bounds that the check `buckets` accepts', async ({
  annotate,
}) => {
  const wrong: string[] = [];
  for (const [operator, value, verdict] of boundCases) {
    const found = await query(prometheus.url, `order_seconds_bucket{le${operator}"${value}"}`);
    if (found.length > 0 !== (verdict === 'stored')) wrong.push(`${operator} ${value}`);
  }
  expect(wrong).toEqual([]);
  await annotate(
    `${boundCases.length} matchers of le: Prometheus and the check \`buckets\` agree on all`,
    'figure',
  );
});
