import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importRules } from '../../src/content/import/import-rules.js';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal, noContent } from '../environment.js';
import { alertsOf } from './alertmanager-api.js';
import { alertmanagerPod, startAlertmanager } from './alertmanager-server.js';
import { findLoki } from './loki-installation.js';
import { type LokiPorts, lokiFile, lokiPod, lokiPorts, startLoki } from './loki-server.js';
import { containerOf, sendLines } from './otlp-log.js';
import { canMount } from './small-disk.js';
import { eventually } from './wait.js';

const loki = findLoki();
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-rules-'));

const { groups } = importRules(
  `groups:
  - name: shop
    interval: 1s
    rules:
      - alert: ShopPanics
        expr: 'sum by (k8s_pod_name) (count_over_time({k8s_namespace_name="shop"} |= "panic" [10s])) > 0'
        labels: { severity: warning }
        annotations: { summary: 'Pod {{ $labels.k8s_pod_name }} has {{ $value }} panics.' }
`,
  'alerts/shop.logql.yaml',
);
const { manifests, findings } = build(
  { ...minimal, loki: { enabled: true }, logAgent: { enabled: true } },
  { ...noContent, logRuleFiles: { 'shop.logql': groups } },
);
const objects = manifests.map(({ object }) => object);

describe.skipIf(!loki)('rules in LogQL', () => {
  let alertmanager: RunningEngine;
  let engine: RunningEngine;
  let ports: LokiPorts;

  beforeAll(async () => {
    expect(findings).toEqual([]);
    alertmanager = await startAlertmanager(alertmanagerPod(objects, join(folder, 'alertmanager')));
    ports = await lokiPorts();
    const root = join(folder, 'loki');
    const pod = lokiPod(objects, root, ports, (text) =>
      text
        .replace(/http:\/\/crowsnest-alertmanager\.\S+?:9093/, alertmanager.url)
        // The parent of the folder that is mounted.
        .replace('directory: /etc/loki-rules', `directory: ${root}/etc/loki-rules`),
    );
    expect(readFileSync(pod.path(lokiFile), 'utf8')).toContain(alertmanager.url);
    engine = await startLoki(loki!, pod, ports, { readOnly: canMount });
  });
  afterAll(async () => {
    await engine?.stop();
    await alertmanager?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const firing = async () =>
    (await alertsOf(alertmanager.url)).filter(({ labels }) => labels.alertname === 'ShopPanics');

  it('reach Alertmanager when lines match, with the labels of the lines, and are resolved later', async ({
    annotate,
  }) => {
    const sent = performance.now();
    const line = [{ text: 'panic: nil pointer' }];
    expect((await sendLines(ports.http, containerOf('shop', 'web-0'), line)).status).toBe(204);
    const [alert] = await eventually('the alert', async () => {
      const found = await firing();
      return found.length > 0 ? found : undefined;
    });
    const seconds = (performance.now() - sent) / 1000;
    expect(alert!.labels).toEqual({
      alertname: 'ShopPanics',
      cluster: minimal.cluster.name,
      k8s_pod_name: 'web-0',
      severity: 'warning',
    });
    await eventually('the alert is resolved', async () =>
      (await firing()).length === 0 ? true : undefined,
    );
    await annotate(
      `a line that matches a rule in LogQL: Alertmanager has the alert after ${seconds.toFixed(0)} s, with a rule that is evaluated each second`,
      'figure',
    );
  });

  it('are evaluated without an error on the read-only root', () => {
    expect(engine.log()).not.toMatch(/read-only file system|permission denied/i);
    expect(engine.log()).not.toMatch(/level=error.*(ruler|rule)/);
  });
});
