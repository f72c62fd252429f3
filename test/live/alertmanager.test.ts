import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { engineBinary } from '../engines/installation.js';
import { silence, silencesOf, statusOf } from './alertmanager-api.js';
import {
  alertmanagerPod,
  changeConfiguration,
  configurationPath,
  startAlertmanager,
} from './alertmanager-server.js';
import { environments, find, shipped } from './shipped.js';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const replicasIn = (environment: string): number =>
  find(shipped(environment), 'StatefulSet', 'crowsnest-alertmanager').spec.replicas;

describe.each(environments)('alertmanager of %s', (environment) => {
  it('has a configuration that amtool accepts', async () => {
    const pod = alertmanagerPod(shipped(environment), join(folder, environment));
    const { stdout } = await run(await engineBinary('amtool'), [
      'check-config',
      configurationPath(pod),
    ]);
    expect(stdout).toMatch(/SUCCESS/);
  });
});

describe.each(environments.filter((environment) => replicasIn(environment) === 1))(
  'the single alertmanager of %s',
  (environment) => {
    it('becomes ready with the shipped files, and keeps its silences over a restart after a change of the configuration', async () => {
      const pod = alertmanagerPod(shipped(environment), join(folder, environment, 'run'));
      const first = await startAlertmanager(pod);
      let made: string;
      let before: string;
      try {
        const { cluster } = await statusOf(first.url);
        expect(cluster.status).toBe('disabled');
        made = await silence(first.url, 'TargetsDown');
        before = readFileSync(configurationPath(pod), 'utf8');
      } finally {
        await first.stop();
      }

      changeConfiguration(pod, before, { global: { resolve_timeout: '7m' } });
      const second = await startAlertmanager(pod);
      try {
        expect((await statusOf(second.url)).config.original).toContain('resolve_timeout: 7m');
        expect(await silencesOf(second.url)).toEqual([made]);
      } finally {
        await second.stop();
      }
    });
  },
);

describe('the routes', async () => {
  const watchdog = ['alertname=Watchdog', 'severity=info'];
  const critical = ['alertname=NodeFilesystemFull', 'severity=critical', 'node=a'];
  const warning = ['alertname=TargetsDown', 'severity=warning', 'job=shop'];
  const failing = ['alertname=AlertmanagerNotificationsFailing', 'severity=warning', 'reach=all'];
  const info = ['alertname=SomethingElse', 'severity=info'];
  const own = ['alertname=WithoutSeverity'];
  // Labels of an alert, and the receivers that it must reach.
  const routes: [environment: string, labels: string[], receiver: string][] = [
    ['production', watchdog, 'dead-mans-switch'],
    ['production', critical, 'on-call,platform-channel'],
    ['production', failing, 'on-call,platform-channel'],
    ['production', warning, 'platform-channel'],
    ['production', info, 'nobody'],
    ['production', own, 'platform-channel'],
    ['staging', watchdog, 'nobody'],
    ['staging', critical, 'staging-channel'],
    ['staging', warning, 'staging-channel'],
    ['staging', info, 'nobody'],
    ['staging', own, 'staging-channel'],
    ['staging', failing, 'staging-channel'],
    ['development', critical, 'nobody'],
    ['development', warning, 'nobody'],
  ];

  it.each(routes)('of %s send %s to %s', async (environment, labels, receiver) => {
    const pod = alertmanagerPod(shipped(environment), join(folder, 'routes', labels.join()));
    const { stdout } = await run(await engineBinary('amtool'), [
      'config',
      'routes',
      'test',
      `--config.file=${configurationPath(pod)}`,
      ...labels,
    ]);
    expect(stdout.trim()).toBe(receiver);
  });
});
