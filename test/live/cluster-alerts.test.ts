import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeEveryKind } from '../catalogues/every-kind.js';
import type { RunningEngine } from '../engines/process.js';
import { type Cluster, startCluster } from './cluster.js';
import { deploy } from './cluster-apply.js';
import { startKubeStateMetrics } from './kube-state-metrics-server.js';
import { ask, query } from './prometheus-api.js';
import { startPrometheus } from './prometheus-server.js';
import { jobAt } from './scrape-job.js';
import { shipped } from './shipped.js';
import { eventually } from './wait.js';

const environment = 'production';
const objects = shipped(environment);
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));

interface RuleStates {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly { readonly name: string; readonly health: string }[];
  }[];
}

// An alert with a `for` is pending first.
describe('the shipped rules, with an API server and kube-state-metrics, without controllers', () => {
  let cluster: Cluster;
  let exporter: RunningEngine;
  let prometheus: RunningEngine;

  beforeAll(async () => {
    cluster = await startCluster();
    await deploy(cluster, environment);
    await makeEveryKind(cluster);
    ({ engine: exporter } = await startKubeStateMetrics(objects, cluster, folder));
    const own = await cluster.token('crowsnest', 'crowsnest-prometheus');
    prometheus = await startPrometheus(objects, folder, (configuration) => ({
      ...configuration,
      global: { ...configuration.global, evaluation_interval: '1s' },
      alerting: { alertmanagers: [] },
      scrape_configs: [
        jobAt(objects, 'kube-state-metrics', new URL(exporter.url).host),
        {
          ...jobAt(objects, 'apiserver', new URL(cluster.url).host),
          authorization: { credentials: own },
          tls_config: { ca: cluster.certificate },
        },
      ],
    }));
  });
  afterAll(async () => {
    await prometheus?.kill();
    await exporter?.kill();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const alertsIn = async (namespace: string, label: string): Promise<string[]> =>
    (await query(prometheus.url, `ALERTS{namespace="${namespace}"}`))
      .map(({ metric }) => `${metric.alertname} ${metric[label]}`)
      .sort();

  it('alert about each object with a problem, and about no other', async () => {
    await eventually('the alerts are there', async () =>
      (await alertsIn('every-kind', 'pod')).length >= 5 ? true : undefined,
    );
    expect(await alertsIn('every-kind', 'pod')).toEqual([
      'ContainerWaiting waiting',
      'CronJobLate undefined',
      'DaemonSetMisscheduled undefined',
      'PodCrashLooping waiting',
      'PodUnschedulable unschedulable',
    ]);
  });

  it('alert about every workload of the stack, because no controller creates its pods', async () => {
    const wanted = objects
      .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
      .map(({ kind, metadata }) => `WorkloadReplicasMissing ${kind.toLowerCase()}/${metadata.name}`)
      .sort();
    await eventually('the alerts are there', async () => {
      const told = await alertsIn('crowsnest', 'workload');
      return wanted.every((one) => told.includes(one)) || undefined;
    });
    const told = await alertsIn('crowsnest', 'workload');
    expect(told.filter((one) => one.startsWith('WorkloadReplicasMissing'))).toEqual(wanted);
  });

  it.each([
    'apiserver:request_total:rate5m > 0',
    'apiserver:request_slow:ratio_rate3d < 0.5',
    'apiserver:request_errors:ratio_rate3d < 0.5',
  ])('record about the API server that %s', async (expression) => {
    await eventually('it is recorded', async () =>
      (await query(prometheus.url, expression)).length === 1 ? true : undefined,
    );
  });

  it('are evaluated without an error', async ({ annotate }) => {
    const { groups } = await ask<RuleStates>(prometheus.url, 'rules');
    const rules = groups.flatMap((group) =>
      group.rules.map(({ name, health }) => ({ group: group.name, name, health })),
    );
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
    await annotate(`${rules.length} rules in ${groups.length} groups`, 'figure');
  });
});
