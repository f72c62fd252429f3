import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningEngine } from '../engines/process.js';
import { alertsOf } from './alertmanager-api.js';
import { alertmanagerPod, startAlertmanager } from './alertmanager-server.js';
import { startPrometheus } from './prometheus-server.js';
import { shipped } from './shipped.js';
import { eventually } from './wait.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const replicas: RunningEngine[] = [];
let alertmanager: RunningEngine;

beforeAll(async () => {
  // One Alertmanager is enough to check what it receives; the three of production would wait for
  // their peers.
  const pod = alertmanagerPod(shipped('staging'), join(folder, 'alertmanager'));
  alertmanager = await startAlertmanager(pod);
  for (const replica of [0, 1]) {
    const place = join(folder, `prometheus-${replica}`);
    replicas.push(
      await startPrometheus(
        shipped('production'),
        place,
        ({ alerting, global, ...rest }) => ({
          ...rest,
          global: { ...global, evaluation_interval: '1s' },
          // Discovery needs a cluster, so it is replaced by the address.
          alerting: {
            ...alerting,
            alertmanagers: alerting.alertmanagers.map((shippedOne) => {
              const { kubernetes_sd_configs, relabel_configs, ...others } = shippedOne as Record<
                string,
                unknown
              >;
              expect([kubernetes_sd_configs, relabel_configs]).not.toContain(undefined);
              return {
                ...others,
                static_configs: [{ targets: [new URL(alertmanager.url).host] }],
              };
            }),
          },
          scrape_configs: [],
        }),
        { replica },
      ),
    );
  }
});
afterAll(async () => {
  for (const engine of [...replicas, alertmanager]) await engine?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const page = async (url: string): Promise<string> => (await fetch(url)).text();

describe('two prometheus replicas of production and an alertmanager', () => {
  it.each([0, 1])('replica %i has its own label, and sends its alerts', async (replica) => {
    const { url } = replicas[replica]!;
    await eventually('an alert is sent', async () => {
      const sent = /^prometheus_notifications_sent_total\{.*\} (\d+)$/m;
      return Number(sent.exec(await page(`${url}/metrics`))?.[1]) > 0 ? true : undefined;
    });
    // The federation endpoint shows external labels, a query does not.
    const federated = await eventually('the alert is a series', async () => {
      const text = await page(`${url}/federate?match[]=ALERTS{alertname="Watchdog"}`);
      return text || undefined;
    });
    expect(federated).toContain(`replica="crowsnest-prometheus-${replica}"`);
  });

  it('alertmanager has their Watchdog once, without the label replica', async () => {
    const alerts = await alertsOf(alertmanager.url);
    const watchdogs = alerts.filter(({ labels }) => labels.alertname === 'Watchdog');
    expect(watchdogs.map(({ labels }) => labels)).toEqual([
      { alertname: 'Watchdog', cluster: 'production', severity: 'info', subject: 'Watchdog' },
    ]);
  });
});
