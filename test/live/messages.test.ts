import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { type PostedAlert, postAlerts } from './alertmanager-api.js';
import {
  alertmanagerPod,
  changeConfiguration,
  configurationPath,
  startAlertmanager,
} from './alertmanager-server.js';
import { makeCertificate } from './certificate.js';
import { hurriedRoute } from './hurried.js';
import { type MailServer, partsOf, startMailServer } from './mail-server.js';
import { type Page, startPage } from './page.js';
import { eventually } from './wait.js';

const secret = (key: string) => ({ secret: 'alertmanager', key });
const { manifests } = build({
  ...minimal,
  alerting: {
    receivers: [
      { kind: 'slack', name: 'slack', url: secret('slack'), channel: '#alerts' },
      { kind: 'msteams', name: 'teams', url: secret('teams') },
      { kind: 'pagerduty', name: 'pager', routingKey: secret('pager') },
      {
        kind: 'email',
        name: 'mail',
        to: 'platform@example.com',
        from: 'alerts@example.com',
        smtp: { host: 'smtp.example.com' },
      },
      { kind: 'webhook', name: 'hook', url: secret('hook') },
    ],
    defaultReceiver: 'slack',
  },
  exposure: {
    behindAuthProxy: {
      proxy: { namespace: 'auth', labels: { app: 'proxy' } },
      alertmanager: 'https://alertmanager.example.com/',
    },
  },
});
const objects = manifests.map(({ object }) => object);
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
let page: Page;
let mail: MailServer;
let alertmanager: RunningEngine;

beforeAll(async () => {
  // The answer of Slack; the other receivers use only the status.
  page = await startPage(() => ({ status: 200, body: { ok: true } }));
  const certificate = makeCertificate(folder);
  mail = await startMailServer(certificate);
  const place = join(folder, 'alertmanager');
  mkdirSync(place);
  const pod = alertmanagerPod(objects, place, {
    alertmanager: {
      slack: `${page.url}/slack`,
      teams: `${page.url}/teams`,
      pager: 'key',
      hook: `${page.url}/hook`,
    },
  });
  const text = readFileSync(configurationPath(pod), 'utf8');
  const { route, receivers } = parse(text);
  for (const { pagerduty_configs: [pager] = [], email_configs: [letter] = [] } of receivers) {
    if (pager) pager.url = `${page.url}/pager`;
    if (letter) letter.smarthost = `127.0.0.1:${mail.port}`;
  }
  changeConfiguration(pod, text, { receivers, route: hurriedRoute(route) });
  alertmanager = await startAlertmanager(pod, [], { SSL_CERT_FILE: certificate.file });
});
afterAll(async () => {
  await alertmanager?.stop();
  await mail?.stop();
  await page?.stop();
  rmSync(folder, { recursive: true, force: true });
});

// Alerts that every receiver gets, so that one alert shows all messages.
const labels = { cluster: 'production', reach: 'all' };
const full = (node: string, more: Partial<PostedAlert> = {}): PostedAlert => ({
  labels: { ...labels, alertname: 'NodeDiskFull', severity: 'critical', node },
  annotations: {
    summary: `The disk of ${node} is full.`,
    description: `3% of /data & /logs is free on <${node}>: a full disk stops its pods.`,
    runbook_url: 'https://git.example.com/runbooks/nodes.md#nodediskfull',
    dashboard_url: `https://grafana.example.com/d/node?var-node=${node}&from=now-1h`,
  },
  startsAt: '2026-01-02T03:04:05Z',
  ...more,
});
const several = ['b', 'c'].map((node) => {
  const alert = full(node);
  const { dashboard_url, ...annotations } = alert.annotations ?? {};
  return {
    ...alert,
    labels: { ...alert.labels, alertname: 'NodeSlow', severity: 'warning' },
    annotations: { ...annotations, runbook_url: 'alerts/nodes.md#nodeslow' },
  };
});
const many = Array.from({ length: 12 }, (_, index) => {
  const alert = full(`n${index + 10}`);
  return { ...alert, labels: { ...alert.labels, alertname: 'ManyNodesSlow' } };
});
const over = full('a', { endsAt: '2026-01-02T04:05:06Z' });
/** From a sender that sets no severity and no annotations. */
const bare = { labels: { ...labels, alertname: 'Bare' }, startsAt: '2026-01-02T03:04:05Z' };

/** A group is sent with its first alerts, and again when others join it. */
const firing = (count: number) => new RegExp(`FIRING:${count}\\]|"num_firing":${count},`);

const json = (path: string): Record<string, unknown>[] =>
  page.received.filter((one) => one.path === path).map(({ body }) => JSON.parse(body));
const letters = () => mail.received.map(partsOf);

const readers: [receiver: string, read: () => unknown[]][] = [
  ['slack', () => json('/slack')],
  ['msteams', () => json('/teams')],
  // The key is a hash of the group, which contains every previous route.
  ['pagerduty', () => json('/pager').map(({ dedup_key, ...rest }) => rest)],
  ['email', letters],
];

/** The message to a receiver after an alert with this name is sent. */
const messageOf = (read: () => unknown[], alertname: string, state: RegExp) =>
  eventually(`a message of ${alertname}`, async () =>
    read().find((one) => {
      const text = JSON.stringify(one);
      return text.includes(alertname) && state.test(text);
    }),
  );

describe.each(readers)('a message to %s from Alertmanager', (receiver, read) => {
  it.each<[file: string, name: string, alertname: string, RegExp, () => readonly PostedAlert[]]>([
    ['one', 'about one alert', 'NodeDiskFull', firing(1), () => [full('a')]],
    [
      'several',
      'about several alerts without absolute links',
      'NodeSlow',
      firing(2),
      () => several,
    ],
    ['bare', 'about an alert without annotations', 'Bare', firing(1), () => [bare]],
    ['resolved', 'about a resolved alert', 'NodeDiskFull', /RESOLVED|"resolve"/, () => [over]],
  ])('%s: %s has its texts and links', async (file, _, alertname, state, alerts) => {
    await postAlerts(alertmanager.url, alerts());
    const message = await messageOf(read, alertname, state);
    const text =
      typeof message === 'string'
        ? message
        : JSON.stringify(message, null, 2).replaceAll('\\n', '\n');
    await expect(`${text}\n`).toMatchFileSnapshot(`./snapshots/message-${receiver}-${file}.txt`);
  });

  it('about twelve alerts shows ten, and says so', async () => {
    await postAlerts(alertmanager.url, many);
    const text = JSON.stringify(await messageOf(read, 'ManyNodesSlow', firing(12)));
    const shown = new Set(
      [...text.matchAll(/The disk of (n\d+) is full/g)].map(([, node]) => node),
    );
    if (receiver === 'pagerduty') expect(shown.size).toBe(12);
    else {
      expect(shown.size).toBe(10);
      expect(text).toContain('Only 10 of 12 firing alerts are shown.');
    }
  });
});

it('a webhook gets labels, annotations and times as data', async () => {
  await postAlerts(alertmanager.url, [full('z')]);
  const message = await messageOf(() => json('/hook'), 'NodeDiskFull', /of z is full/);
  expect(message).toMatchObject({
    status: 'firing',
    alerts: expect.arrayContaining([
      expect.objectContaining({
        labels: full('z').labels,
        annotations: full('z').annotations,
        startsAt: full('z').startsAt,
      }),
    ]),
  });
});
