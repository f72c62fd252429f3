import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { type Cluster, startCluster } from './cluster.js';
import { deploy } from './cluster-apply.js';
import { populate } from './cluster-populate.js';
import { listeningOn } from './listen.js';
import { layOutPod } from './pod.js';
import { ask } from './prometheus-api.js';
import { find, shipped } from './shipped.js';
import { eventually } from './wait.js';

const environment = 'production';
const objects = shipped(environment);
const elsewhere = 'elsewhere';
const mount = '/var/run/secrets/kubernetes.io/serviceaccount';
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));

interface Targets {
  readonly activeTargets: readonly {
    readonly labels: { readonly job: string };
    readonly scrapeUrl: string;
  }[];
}

/**
 * The configuration with the address of the API server, which a pod has in its environment
 * variables.
 */
const withApiServer = (config: string, url: string): string =>
  stringify(
    parse(config, (key, value: unknown) =>
      key === 'kubernetes_sd_configs'
        ? (value as object[]).map((one) => ({
            ...one,
            api_server: url,
            authorization: { credentials_file: `${mount}/token` },
            tls_config: { ca_file: `${mount}/ca.crt` },
          }))
        : value,
    ),
  );

describe('prometheus with the token of its own ServiceAccount', () => {
  let cluster: Cluster;
  let prometheus: RunningEngine;
  let token: string;

  beforeAll(async () => {
    cluster = await startCluster();
    await deploy(cluster, environment);
    await populate(cluster, objects, elsewhere);
    const workload = { kind: 'StatefulSet', name: 'crowsnest-prometheus' };
    const pod = layOutPod(objects, workload, 'prometheus', folder);
    token = await cluster.token('crowsnest', 'crowsnest-prometheus');
    pod.update(mount, { token, 'ca.crt': cluster.certificate, namespace: 'crowsnest' });
    const config = find(objects, 'ConfigMap', 'crowsnest-prometheus-config').data['prometheus.yml'];
    pod.update('/etc/prometheus/config', { 'prometheus.yml': withApiServer(config, cluster.url) });
    prometheus = await startEngine({
      binary: 'prometheus',
      args: ({ port }) => listeningOn(pod.args, port),
      readyPath: '/-/ready',
    });
  });
  afterAll(async () => {
    await prometheus?.kill();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const discovered = async (): Promise<Record<string, string[]>> => {
    const { activeTargets } = await ask<Targets>(prometheus.url, 'targets', { state: 'active' });
    const found: Record<string, string[]> = {};
    for (const { labels, scrapeUrl } of activeTargets) {
      if (labels.job === 'probe') continue;
      found[labels.job] = [...(found[labels.job] ?? []), scrapeUrl];
    }
    return found;
  };
  const expected = {
    alertmanager: ['http://10.244.0.2:9093/metrics'],
    apiserver: ['https://192.0.2.1:6443/metrics'],
    'blackbox-exporter': ['http://10.244.0.6:9115/metrics'],
    cadvisor: ['http://10.244.0.7:8080/metrics'],
    coredns: ['http://10.244.0.53:9153/metrics'],
    grafana: ['http://10.244.0.3:3000/metrics'],
    jaeger: ['http://10.244.0.4:8888/metrics'],
    'kube-state-metrics': ['http://10.244.0.5:8080/metrics'],
    'kube-state-metrics-self': ['http://10.244.0.5:8081/metrics'],
    kubelet: ['https://192.0.2.11:10250/metrics'],
    'kubelet-probes': ['https://192.0.2.11:10250/metrics/probes'],
    'node-exporter': ['https://192.0.2.11:9100/metrics'],
    'probe-public': [
      'http://crowsnest-blackbox-exporter.crowsnest.svc:9115/probe?hostname=grafana.example.com&module=http_200&target=https%3A%2F%2Fenvoy-public.envoy-gateway-system.svc%3A443%2Fhealthz',
    ],
    prometheus: ['http://10.244.0.1:9090/metrics'],
    'span-metrics': ['http://10.244.0.4:8889/metrics'],
  };

  it('discovers every target of every job, and no pod of another namespace', async () => {
    await eventually('every job has its target', async () =>
      Object.keys(await discovered()).length >= Object.keys(expected).length ? true : undefined,
    );
    expect(await discovered()).toEqual(expected);
  });

  it('discovers the alertmanagers to which it sends alerts', async () => {
    const urls = await eventually('there is an alertmanager', async () => {
      const { activeAlertmanagers } = await ask<{ activeAlertmanagers: { url: string }[] }>(
        prometheus.url,
        'alertmanagers',
      );
      return activeAlertmanagers.length > 0 ? activeAlertmanagers.map(({ url }) => url) : undefined;
    });
    expect(urls).toEqual(['http://10.244.0.2:9093/api/v2/alerts']);
  });

  it('is not rejected in any request of its discovery', async () => {
    expect(prometheus.log()).not.toMatch(/forbidden|Unauthorized|cannot list/i);
  });

  it.each([
    '/api/v1/pods',
    `/api/v1/namespaces/${elsewhere}/pods`,
    '/api/v1/namespaces/crowsnest/secrets',
    '/api/v1/namespaces/crowsnest/configmaps',
    '/api/v1/nodes/worker/proxy/metrics',
  ])('is rejected for %s', async (path) => {
    expect((await cluster.request({ path, token })).status).toBe(403);
  });

  it('reads the metrics of the API server', async () => {
    const { status, body } = await cluster.request({ path: '/metrics', token });
    expect(status).toBe(200);
    expect(body).toContain('apiserver_request_total{');
  });
});
