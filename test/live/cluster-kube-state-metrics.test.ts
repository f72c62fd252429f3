import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelValuesOf } from '../../src/catalogues/label-values.js';
import { declaredCustom } from '../../src/components/kube-state-metrics/custom-resource.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { certificates } from '../components/custom-resources.js';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal } from '../environment.js';
import { type Cluster, startCluster } from './cluster.js';
import { deploy } from './cluster-apply.js';
import { installDefinitions } from './cluster-definition.js';
import { populate } from './cluster-populate.js';
import { shippedArguments, startKubeStateMetrics } from './kube-state-metrics-server.js';
import { shippedJob } from './scrape-job.js';
import { find, shipped } from './shipped.js';
import { eventually } from './wait.js';

const environment = 'production';
const objects = shipped(environment);
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));

describe('kube-state-metrics with the shipped flags and its own token', () => {
  let cluster: Cluster;
  let engine: RunningEngine;

  beforeAll(async () => {
    cluster = await startCluster();
    await deploy(cluster, environment);
    await populate(cluster, objects, 'elsewhere');
    ({ engine } = await startKubeStateMetrics(objects, cluster, folder));
  });
  afterAll(async () => {
    await engine?.kill();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const metrics = async (): Promise<string> => (await fetch(`${engine.url}/metrics`)).text();

  it.each([
    'kube_namespace_status_phase{namespace="crowsnest",phase="Active"} 1',
    'kube_statefulset_replicas{namespace="crowsnest",statefulset="crowsnest-prometheus"} 2',
    'kube_deployment_spec_replicas{namespace="crowsnest",deployment="crowsnest-blackbox-exporter"} 1',
    'kube_daemonset_status_desired_number_scheduled{namespace="crowsnest-agents",daemonset="crowsnest-node-exporter"} 0',
    'kube_persistentvolumeclaim_resource_requests_storage_bytes{namespace="crowsnest",persistentvolumeclaim="data-crowsnest-prometheus-0"} ',
    'kube_poddisruptionbudget_status_desired_healthy{namespace="crowsnest",poddisruptionbudget="crowsnest-prometheus"} 0',
    'kube_pod_status_phase{namespace="crowsnest",pod="crowsnest-prometheus-0",uid="',
    'kube_node_spec_unschedulable{node="worker"} 0',
  ])('exposes %s', async (line) => {
    await eventually('the line is there', async () =>
      (await metrics()).includes(`\n${line}`) ? true : undefined,
    );
  });

  it('has only the known values of each label whose values are fixed', async () => {
    const series = [...(await metrics()).matchAll(/^(\w+)\{(.*)\} /gm)];
    const fixed = series.flatMap(([, metric = '', labels = '']) =>
      [...labels.matchAll(/(\w+)="([^"]*)"/g)].flatMap(([, label = '', value = '']) => {
        const known = labelValuesOf(metric, label);
        return known ? [{ metric, label, value, isKnown: known.includes(value) }] : [];
      }),
    );
    expect(fixed.filter(({ isKnown }) => !isKnown)).toEqual([]);
    const values = new Set(fixed.map(({ metric, value }) => `${metric} ${value}`));
    expect(values).toContain('kube_namespace_status_phase Terminating');
    expect(values).toContain('kube_pod_status_phase Succeeded');
  });

  it('is not rejected in any of its requests', () => {
    expect(engine.log()).not.toMatch(/forbidden|Unauthorized|cannot (list|watch)/i);
  });

  it('exposes only metrics of the shipped list, which Prometheus keeps', async () => {
    const allowed: string[] = shippedArguments(objects)
      .find((arg) => arg.startsWith('--metric-allowlist='))!
      .replace(/^.*?=/, '')
      .split(',')
      .map((entry: string) => entry.replace(/^\^|\$$/g, ''));
    const told = [...(await metrics()).matchAll(/^# TYPE (\w+) /gm)].map(([, name = '']) => name);
    expect(told.length).toBeGreaterThan(20);
    expect(told.filter((name) => !allowed.includes(name))).toEqual([]);
    const { metric_relabel_configs: steps } = shippedJob(objects, 'kube-state-metrics');
    expect(steps?.map(({ regex }) => regex)).toEqual([allowed.join('|')]);
  });
  describe('with metrics about custom resources', () => {
    const { manifests } = build({
      ...minimal,
      kubeStateMetrics: { customResources: [certificates] },
    });
    const own = manifests.map(({ object }) => object as KubernetesObject);
    let custom: RunningEngine;

    beforeAll(async () => {
      await installDefinitions(cluster, 'cert-manager.io', ['Certificate']);
      const items = [
        find(own, 'ClusterRole', 'crowsnest-kube-state-metrics'),
        {
          apiVersion: 'cert-manager.io/v1',
          kind: 'Certificate',
          metadata: { name: 'shop', namespace: 'default' },
          spec: { secretName: 'shop-tls', issuerRef: { name: 'own', kind: 'Issuer' } },
          status: {
            revision: 3,
            conditions: [{ type: 'Ready', status: 'False', reason: 'Pending' }],
          },
        },
      ];
      const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
      const { failed, stderr } = await cluster.kubectl(
        ['apply', '--server-side', '--force-conflicts', '-f', '-'],
        list,
      );
      if (failed) throw new Error(stderr);
      custom = (await startKubeStateMetrics(own, cluster, folder)).engine;
    });
    afterAll(() => custom?.kill());

    const labels =
      'customresource_group="cert-manager.io",customresource_kind="Certificate",customresource_version="v1"';
    it.each([
      `certificate_revision{${labels},exported_namespace="default",field="revision",issuer="own",kind="issued",name="shop",source="cert-manager"} 3`,
      `certificate_ready{${labels},exported_namespace="default",name="shop",reason="Pending",source="cert-manager",status="False"} 1`,
      `certificate_ready{${labels},exported_namespace="default",name="shop",reason="Pending",source="cert-manager",status="True"} 0`,
      `certificate_info{${labels},exported_namespace="default",issuer_kind="Issuer",name="shop",source="cert-manager"} 1`,
    ])('exposes %s', async (line) => {
      const page = await eventually('the line is there', async () => {
        const text = await (await fetch(`${custom.url}/metrics`)).text();
        return text.includes('\ncertificate_') ? text : undefined;
      });
      expect(page.split('\n').filter((one) => one.startsWith('certificate_'))).toContain(line);
    });

    it('has only labels that it declares', async () => {
      const page = await (await fetch(`${custom.url}/metrics`)).text();
      const declared = declaredCustom([certificates]);
      const found = [...page.matchAll(/^(certificate_\w+)\{(.*)\} /gm)];
      expect(new Set(found.map(([, name]) => name))).toEqual(new Set(Object.keys(declared)));
      for (const [, name = '', text = ''] of found) {
        const names = [...text.matchAll(/(\w+)="/g)].map(([, label]) => label);
        expect(declared[name]?.labels).toEqual(expect.arrayContaining(names));
      }
    });

    it('is not rejected in any of its requests', () => {
      expect(custom.log()).not.toMatch(/forbidden|Unauthorized|cannot (list|watch)/i);
    });
  });
});
