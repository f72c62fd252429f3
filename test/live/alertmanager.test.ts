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
    it('becomes ready as shipped, and keeps its silences over a restart by a changed configuration', async () => {
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

describe('the routes of production', async () => {
  const routes: [labels: string[], receiver: string][] = [
    [['alertname=Watchdog', 'severity=info'], 'dead-mans-switch'],
    [['alertname=TargetsDown', 'severity=critical', 'namespace=a'], 'on-call'],
    [['alertname=TargetsDown', 'severity=warning', 'namespace=a'], 'platform-channel'],
    [['alertname=SomethingElse', 'severity=info'], 'nobody'],
    [['alertname=WithoutSeverity'], 'platform-channel'],
  ];

  it.each(routes)('send %s to %s', async (labels, receiver) => {
    const pod = alertmanagerPod(shipped('production'), join(folder, 'routes', labels.join()));
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
