import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { alertsOf, sendAlerts, silence, silencesOf, statusOf } from './alertmanager-api.js';
import {
  alertmanagerPod,
  changeConfiguration,
  configurationPath,
  startAlertmanager,
} from './alertmanager-server.js';
import { type Page, startPage } from './page.js';
import { shipped } from './shipped.js';
import { eventually } from './wait.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
const peers: RunningEngine[] = [];
const meshPorts: number[] = [];
let receivers: Page;

// The second and the third replica wait this long before they send a notification that the first
// may have sent.
const peerTimeoutSeconds = 15;

const deadMansSwitch = (): string[] =>
  receivers.received.filter(({ path }) => path === '/dead-mans-switch').map(({ body }) => body);

beforeAll(async () => {
  receivers = await startPage();
  const ports = [await freePort(), await freePort(), await freePort()];
  meshPorts.push(...ports);
  const starts = ports.map(async (port, ordinal) => {
    const pod = alertmanagerPod(shipped('production'), join(folder, String(ordinal)), {
      alertmanager: {
        'dead-mans-switch': `${receivers.url}/dead-mans-switch`,
        slack: `${receivers.url}/slack`,
      },
    });
    // PagerDuty is on the internet, so a test cannot reach it.
    changeConfiguration(pod, readFileSync(configurationPath(pod), 'utf8'), {
      global: { pagerduty_url: `${receivers.url}/pagerduty` },
    });
    peers.push(await startAlertmanager(pod, [port, ...ports.filter((other) => other !== port)]));
  });
  await Promise.all(starts);
  for (const { url } of peers) {
    await eventually('the mesh is ready', async () => {
      const { cluster } = await statusOf(url);
      return cluster.status === 'ready' && cluster.peers?.length === 3 ? true : undefined;
    });
  }
});
afterAll(async () => {
  await Promise.all(peers.map((peer) => peer.stop()));
  await receivers?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('three alertmanagers of production', () => {
  it('connect to each other', async () => {
    for (const { url } of peers) {
      const { cluster } = await statusOf(url);
      expect(cluster.peers?.map(({ address }) => address)).toHaveLength(3);
    }
  });

  it('reject one of another cluster with their addresses', async () => {
    const pod = alertmanagerPod(shipped('production'), join(folder, 'other'));
    const own = await freePort();
    const other = await startAlertmanager(
      {
        ...pod,
        args: pod.args.map((arg) =>
          arg.replace('--cluster.label=production/', '--cluster.label=b/'),
        ),
      },
      [own, ...meshPorts.slice(0, 2)],
    );
    try {
      await eventually('it fails to join', async () =>
        /failed to join|unable to join/i.test(other.log()) ? true : undefined,
      );
      const ready = await eventually('it is ready alone', async () => {
        const { cluster } = await statusOf(other.url);
        return cluster.status === 'ready' ? cluster.peers : undefined;
      });
      expect(ready).toHaveLength(1);
      for (const { url } of peers) expect((await statusOf(url)).cluster.peers).toHaveLength(3);
    } finally {
      await other.stop();
    }
  });

  it('share a silence that was created at one of them', async () => {
    const made = await silence(peers[0]!.url, 'SilencedEverywhere');
    for (const { url } of peers) {
      await eventually('the silence is there', async () =>
        (await silencesOf(url)).includes(made) ? true : undefined,
      );
    }
  });

  it('call the dead man’s switch once, not three times, for a Watchdog that all receive', async () => {
    for (const { url } of peers) await sendAlerts(url, [{ alertname: 'Watchdog' }]);
    await eventually('the notification', async () => deadMansSwitch().at(0));
    await sleep((2 * peerTimeoutSeconds + 3) * 1000);
    expect(deadMansSwitch().map((body) => JSON.parse(body).receiver)).toEqual(['dead-mans-switch']);
  });

  it('let a critical alert inhibit the warning about the same subject, and no other', async () => {
    const about = { subject: 'Disk', node: 'a', instance: 'a:9100' };
    const { url } = peers[0]!;
    await sendAlerts(url, [
      { alertname: 'DiskFull', severity: 'critical', ...about },
      { alertname: 'DiskFilling', severity: 'warning', ...about },
      { alertname: 'DiskFilling', severity: 'warning', ...about, node: 'b', instance: 'b:9100' },
      { alertname: 'LoadHigh', severity: 'warning', ...about, subject: 'Load' },
    ]);
    const inhibited = await eventually('an alert is inhibited', async () => {
      const found = (await alertsOf(url)).filter(({ status }) => status.inhibitedBy.length > 0);
      return found.length > 0 ? found.map(({ labels }) => labels) : undefined;
    });
    expect(inhibited).toEqual([{ alertname: 'DiskFilling', severity: 'warning', ...about }]);
  });
});
