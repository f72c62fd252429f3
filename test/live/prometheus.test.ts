import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { engineBinary } from '../engines/installation.js';
import { startEngine } from '../engines/process.js';
import { listeningOn } from './listen.js';
import { layOutPod } from './pod.js';
import { ask } from './prometheus-api.js';
import { environments, shipped } from './shipped.js';
import { eventually } from './wait.js';

const run = promisify(execFile);
const workload = { kind: 'StatefulSet', name: 'crowsnest-prometheus' };
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(environments)('prometheus of %s', (environment) => {
  const place = join(folder, environment);

  it('has a configuration that promtool accepts', async () => {
    const pod = layOutPod(shipped(environment), workload, 'prometheus', join(place, 'check'));
    const { stdout } = await run(await engineBinary('promtool'), [
      'check',
      'config',
      '--lint=all',
      '--lint-fatal',
      pod.path('/etc/prometheus/config/prometheus.yml'),
    ]);
    expect(stdout).toMatch(/SUCCESS: .*prometheus\.yml is valid/);
    expect(stdout).toMatch(/SUCCESS: \d+ rules? found/);
  });

  it('becomes ready with the shipped files, and loads a changed rule when the volume is updated', async () => {
    const pod = layOutPod(shipped(environment), workload, 'prometheus', join(place, 'run'));
    const engine = await startEngine({
      binary: 'prometheus',
      args: ({ port }) => listeningOn(pod.args, port),
      readyPath: '/-/ready',
    });
    try {
      const names = async (): Promise<string[]> =>
        (await ask<{ groups: { name: string }[] }>(engine.url, 'rules')).groups.map(
          ({ name }) => name,
        );
      expect(await names()).toContain('targets');

      pod.update('/etc/prometheus/rules/0', {
        'added.yaml': 'groups: [{ name: added, rules: [{ record: one, expr: vector(1) }] }]',
      });
      await eventually('the new rule is loaded', async () =>
        (await names()).includes('added') ? true : undefined,
      );
      expect(await names()).toContain('targets');
    } finally {
      await engine.stop();
    }
  });
});
