import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { application } from '../../src/applications/declared/application.js';
import { availability, latency } from '../../src/content/objective/objective.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { type Child, startChild } from '../engines/child.js';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { minimal } from '../environment.js';
import { repository } from '../output/command.js';
import { dashboardQueries } from './dashboard.js';
import { projectObjects } from './project-objects.js';
import { ask, query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { jobAt } from './scrape-job.js';
import { eventually } from './wait.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const orders = application({
  name: 'orders',
  namespace: 'shop',
  labels: { app: 'orders' },
  metrics: { port: 9464 },
  objectives: [availability(99.9), latency(99, '250ms')],
});

let objects: KubernetesObject[];
let service: Child;
let prometheus: RunningEngine;
let requests: NodeJS.Timeout;

/** Installs the SDK in a folder of its own, and starts a service with it. */
const startService = async (port: number, metricsPort: number): Promise<Child> => {
  const cwd = join(folder, 'service');
  cpSync(join(repository, 'test/live/otel-sdk'), cwd, { recursive: true });
  await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd });
  const child = startChild(process.execPath, ['service.cjs'], {
    cwd,
    env: {
      PORT: `${port}`,
      METRICS_PORT: `${metricsPort}`,
      OTEL_SEMCONV_STABILITY_OPT_IN: 'http',
    },
  });
  await eventually('the service answers', async () => {
    if (child.ending()) throw new Error(child.log());
    return (await fetch(`http://127.0.0.1:${port}/`)).ok || undefined;
  });
  return child;
};

beforeAll(async () => {
  const [port, metricsPort] = [await freePort(), await freePort()];
  service = await startService(port, metricsPort);
  objects = await projectObjects({ ...minimal, applications: [orders] });
  prometheus = await startPrometheus(
    objects,
    join(folder, 'prometheus'),
    (shipped) => ({
      ...shipped,
      alerting: undefined,
      scrape_configs: [
        jobAt(objects, 'orders', `127.0.0.1:${metricsPort}`, {
          namespace: 'shop',
          pod: 'orders-0',
        }),
      ],
    }),
    { rules: (text) => text.replace(/(?<=interval: )\S+/g, '1s') },
  );
  let count = 0;
  requests = setInterval(() => {
    count += 1;
    fetch(`http://127.0.0.1:${port}/${count % 10 === 0 ? 'failing' : 'orders'}`).catch(() => {});
  }, 50);
});
afterAll(async () => {
  clearInterval(requests);
  await prometheus?.stop();
  await service?.terminate('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

describe('the HTTP metrics of the OpenTelemetry SDK for JavaScript', () => {
  it('have no unit on its page, and the name of all other SDKs in Prometheus', async () => {
    const names = await eventually('the requests are scraped', async () => {
      const all = await ask<string[]>(prometheus.url, 'label/__name__/values');
      const found = all.filter((name) => name.startsWith('http_server_request_duration'));
      return found.length > 0 ? found.sort() : undefined;
    });
    expect(names).toEqual(
      ['bucket', 'count', 'sum'].map((one) => `http_server_request_duration_seconds_${one}`),
    );
  });

  it('have data in all panels about requests of the dashboard of the application', async () => {
    const asked = dashboardQueries(objects, 'app-orders').filter(({ expression }) =>
      expression.includes('http_server_request_duration_seconds'),
    );
    expect(asked.length).toBeGreaterThan(4);
    for (const { panel, expression } of asked) {
      const found = await eventually(panel, async () => {
        const series = await query(prometheus.url, expression.replaceAll('$__range', '30s'));
        return series.some(({ value }) => Number.isFinite(Number(value[1]))) || undefined;
      });
      expect([panel, found]).toEqual([panel, true]);
    }
  });

  it.each(['availability', 'latency-250ms'])('measure the objective %s', async (slo) => {
    const own = `service="orders", slo="${slo}"`;
    const total = await eventually('requests are counted', async () => {
      const [series] = await query(prometheus.url, `slo:sli_total:rate5m{${own}} > 0`);
      return series && Number(series.value[1]);
    });
    expect(total).toBeLessThan(40);
    const ratio = await eventually('its ratio of errors', async () => {
      const expected = slo === 'availability' ? '> 0.02 < 0.5' : '>= 0 < 0.5';
      const [series] = await query(
        prometheus.url,
        `slo:sli_error:ratio_rate5m{${own}} ${expected}`,
      );
      return series && Number(series.value[1]);
    });
    expect(ratio).toBeLessThan(0.5);
  });
});
