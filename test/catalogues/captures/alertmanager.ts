import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../engines/port.js';
import { engineRelease } from '../../engines/release.js';
import { sendAlerts, silence } from '../../live/alertmanager-api.js';
import {
  alertmanagerPod,
  changeConfiguration,
  configurationPath,
  startAlertmanager,
} from '../../live/alertmanager-server.js';
import { startPage } from '../../live/page.js';
import { shipped } from '../../live/shipped.js';
import { eventually } from '../../live/wait.js';
import type { Capture } from '../capture.js';
import { asItIs, provoked } from '../observation.js';

export default {
  engine: 'alertmanager',
  releases: async () => [await engineRelease('alertmanager')],
  run: async (folder) => {
    // Messages to Slack are delivered; the others fail, permanently or temporarily.
    const status = (path: string) => (path === '/slack' ? 200 : path === '/pagerduty' ? 400 : 503);
    const receivers = await startPage(({ path }) => ({ status: status(path) }));
    const ports = [await freePort(), await freePort(), await freePort()];
    const start = async (port: number) => {
      const pod = alertmanagerPod(shipped('production'), `${folder}/${port}`, {
        alertmanager: {
          'dead-mans-switch': `${receivers.url}/dead-mans-switch`,
          slack: `${receivers.url}/slack`,
        },
      });
      changeConfiguration(pod, readFileSync(configurationPath(pod), 'utf8'), {
        global: { pagerduty_url: `${receivers.url}/pagerduty` },
      });
      const others = ports.filter((other) => other !== port);
      return { pod, engine: await startAlertmanager(pod, [port, ...others]) };
    };
    // One of the three members of the mesh is missing.
    const [first, second] = await Promise.all([start(ports[0]!), start(ports[1]!)]);
    try {
      const { url } = first.engine;
      const page = { url: `${url}/metrics` };
      const before = await asItIs(page);
      await silence(url, 'Silenced');
      const about = { subject: 'Disk', node: 'a' };
      await sendAlerts(url, [
        { alertname: 'Watchdog', severity: 'info' },
        { alertname: 'Silenced', severity: 'warning' },
        { alertname: 'DiskFull', severity: 'critical', ...about },
        { alertname: 'DiskFilling', severity: 'warning', ...about },
        { alertname: 'Other', severity: 'warning' },
      ]);
      await fetch(`${url}/api/v2/alerts`, { method: 'POST', body: '[{"labels":{}}]' });
      await fetch(`${url}/api/v2/alerts?filter=nonsense{`);
      await fetch(`${url}/api/v2/alerts/groups`);
      const kinds = ['/slack', '/pagerduty', '/dead-mans-switch'];
      await eventually(
        'every receiver was notified',
        async () =>
          kinds.every((path) => receivers.received.some((one) => one.path === path)) || undefined,
      );
      await fetch(`${url}/-/reload`, { method: 'POST' });
      first.pod.update('/etc/alertmanager', { 'alertmanager.yml': 'receivers: 1\n' });
      await fetch(`${url}/-/reload`, { method: 'POST' });
      await sleep(15_000);
      return { alertmanager: { seen: [before, await provoked(page)] } };
    } finally {
      await first.engine.stop();
      await second.engine.stop();
      await receivers.stop();
    }
  },
} satisfies Capture;
