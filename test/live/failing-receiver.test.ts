import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadContent } from '../../src/content/load.js';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { postAlerts } from './alertmanager-api.js';
import {
  alertmanagerPod,
  changeConfiguration,
  configurationPath,
  startAlertmanager,
} from './alertmanager-server.js';
import { hurriedRoute, hurriedWholly, hurry } from './hurried.js';
import { type Page, startPage } from './page.js';
import { startPrometheus } from './prometheus-server.js';
import { jobAt } from './scrape-job.js';
import { eventually } from './wait.js';

const { content } = await loadContent(['.']);
const { manifests } = build(
  {
    ...minimal,
    alerting: {
      receivers: [
        {
          kind: 'pagerduty',
          name: 'pager',
          routingKey: { secret: 'alertmanager', key: 'pager' },
        },
        { kind: 'slack', name: 'channel', url: { secret: 'alertmanager', key: 'slack' } },
      ],
      defaultReceiver: 'channel',
      // A single one, so that only the alert about notifications can reach the channel.
      routes: [{ matchers: ['severity="critical"'], receiver: 'pager' }],
    },
  },
  content,
);
const objects = manifests.map(({ object }) => object);
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
let page: Page;
let alertmanager: RunningEngine;
let prometheus: RunningEngine;

beforeAll(async () => {
  page = await startPage(({ path }) =>
    path === '/pager' ? { status: 403 } : { status: 200, body: { ok: true } },
  );
  const pod = alertmanagerPod(objects, join(folder, 'alertmanager'), {
    alertmanager: { pager: 'key', slack: `${page.url}/slack` },
  });
  const text = readFileSync(configurationPath(pod), 'utf8');
  changeConfiguration(pod, text, {
    global: { pagerduty_url: `${page.url}/pager` },
    route: hurriedRoute(parse(text).route),
  });
  alertmanager = await startAlertmanager(pod);
  const target = new URL(alertmanager.url).host;
  mkdirSync(join(folder, 'prometheus'));
  prometheus = await startPrometheus(
    objects,
    join(folder, 'prometheus'),
    ({ global, alerting, ...rest }) => ({
      ...rest,
      // 30 seconds, divided.
      global: {
        ...global,
        scrape_interval: '500ms',
        evaluation_interval: '500ms',
        scrape_timeout: '500ms',
      },
      alerting: { ...alerting, alertmanagers: [{ static_configs: [{ targets: [target] }] }] },
      scrape_configs: [
        {
          ...jobAt(objects, 'alertmanager', target, { namespace: 'crowsnest', pod: 'it' }),
          scrape_interval: '500ms',
        },
      ],
    }),
    { rules: hurriedWholly },
  );
  // The first sample has the earlier failures, and a rate does not count it.
  await eventually('Prometheus has scraped Alertmanager', async () => {
    const response = await fetch(
      `${prometheus.url}/api/v1/query?query=alertmanager_notifications_failed_total`,
    );
    const { data } = (await response.json()) as { data: { result: object[] } };
    return data.result.length > 0 ? true : undefined;
  });
});
afterAll(async () => {
  for (const engine of [prometheus, alertmanager]) await engine?.stop();
  await page?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const at = (path: string) =>
  page.received.filter((one) => one.path === path).map(({ body }) => body);

describe(`with waiting and look-back times divided by ${hurry}, while the receiver of critical alerts returns 403`, () => {
  let start: number;

  it('a critical alert is sent only to that receiver, which rejects it', async () => {
    start = performance.now();
    const labels = { alertname: 'NodeDown', severity: 'critical', node: 'a' };
    await postAlerts(alertmanager.url, [
      { labels, startsAt: new Date().toISOString(), endsAt: '2999-01-01T00:00:00Z' },
    ]);
    await eventually('the pager is called', async () => at('/pager').at(0));
  });

  it('the other receiver gets an alert about it within 15 minutes', async ({ annotate }) => {
    await eventually('the channel gets the critical alert', async () =>
      at('/slack').find((body) => body.includes('AlertmanagerTellsNobody')),
    );
    const seconds = (performance.now() - start) / 1000;
    expect(seconds * hurry).toBeLessThan(15 * 60);
    await annotate(
      `the other receiver is notified of a failing receiver after ${seconds.toFixed(0)} s, divided by ${hurry}`,
      'figure',
    );
  });

  it('it also gets its warning, which the critical alert does not inhibit', async () => {
    const body = await eventually('the channel gets the warning', async () =>
      at('/slack').find((one) => one.includes('AlertmanagerNotificationsFailing')),
    );
    expect(body).toContain('warning');
    expect(at('/slack').filter((one) => one.includes('NodeDown'))).toEqual([]);
    expect(at('/pager').some((one) => one.includes('AlertmanagerTellsNobody'))).toBe(true);
  });
});
