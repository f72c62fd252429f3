import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { alertmanager } from '../../src/components/alertmanager/alertmanager.js';
import { type PrometheusOptions, prometheus } from '../../src/components/prometheus/prometheus.js';
import { sizings } from '../../src/environment/sizing.js';
import { full } from '../checks/full.js';
import type { Mutable } from '../checks/input.js';
import type { Whole } from '../checks/whole.js';
import { minimal } from '../environment.js';
import { publishedAs } from './published.js';
import { review } from './review.js';
import { type Synthesis, synthesize } from './synthesis.js';

const { small } = sizings;

const least: PrometheusOptions = {
  size: small.prometheus,
  retention: small.prometheus.retention,
  scrapeInterval: '30s',
  externalLabels: {},
};

const all: Whole<PrometheusOptions> = {
  size: { cpu: '3', memory: '24Gi', memoryLimit: '30Gi', replicas: 2, volume: '600Gi' },
  claimTemplate: '100Gi',
  certificateAuthority: { secret: 'trusted-ca', key: 'ca.crt' },
  queryLog: true,
  receivesResults: true,
  otlp: { labels: ['k8s.namespace.name'], delay: '1h' },
  awsRole: { kind: 'service-account', arn: 'arn:aws:iam::123456789012:role/prometheus' },
  readmeSections: ['## Role of AWS'],
  ruleObjects: { labels: { release: 'monitoring' } },
  retention: '60d',
  scrapeInterval: '15s',
  published: publishedAs('prometheus'),
  externalLabels: { region: 'eu' },
  scrapeConfigs: [{ config: { job_name: 'switches', sample_limit: 100 } }],
  native: {
    sections: {
      global: { evaluation_interval: '1m', scrape_timeout: '9s' },
      storage: { tsdb: { out_of_order_time_window: '30m' } },
    },
    remoteWrite: [],
    remoteRead: [],
    alertmanagers: [],
    readAtStart: [],
    env: {},
  },
};

// Any consumer of alerts receives them.
const told = alertmanager({ size: small.alertmanager });

const configOf = ({ objects }: Synthesis) =>
  parse(
    objects.find(({ metadata }) => metadata.name.endsWith('-prometheus-config'))?.data[
      'prometheus.yml'
    ],
  );

test('a credentials file of AWS is in a variable, and alerts are relabelled as configured', () => {
  const synthesis = synthesize(
    prometheus({
      ...all,
      native: {
        ...all.native,
        sections: { alerting: { alert_relabel_configs: [{ regex: 'pod', action: 'labeldrop' }] } },
        env: { AWS_SHARED_CREDENTIALS_FILE: '/etc/crowsnest/secrets/aws/credentials' },
      },
    }),
    full,
    [told],
  );
  expect(configOf(synthesis).alerting.alert_relabel_configs).toEqual([
    { regex: 'replica', action: 'labeldrop' },
    { regex: 'pod', action: 'labeldrop' },
  ]);
  expect(JSON.stringify(synthesis.objects)).toContain(
    '{"name":"AWS_SHARED_CREDENTIALS_FILE","value":"/etc/crowsnest/secrets/aws/credentials"}',
  );
});

test('the default manifests of prometheus match the snapshot', async () => {
  await expect(synthesize(prometheus(least)).review).toMatchFileSnapshot(
    './snapshots/prometheus-default.yaml',
  );
});

test('the manifests of prometheus with all options match the snapshot', async () => {
  const synthesis = synthesize(prometheus(all), full, [told]);
  // The jobs depend on the parties; test/derive and test/parties test their content.
  const jobs = configOf(synthesis).scrape_configs.map(({ job_name }: Mutable) => job_name);
  const config = { ...configOf(synthesis), scrape_configs: jobs };
  const objects = synthesis.objects.map((object) =>
    object.data?.['prometheus.yml']
      ? { ...object, data: { 'prometheus.yml': stringify(config) } }
      : object,
  );
  await expect(review(objects)).toMatchFileSnapshot('./snapshots/prometheus-all.yaml');
});

describe('the configuration', () => {
  test.each([
    ['10Gi', '8192MB'],
    ['600Gi', '491520MB'],
    ['1Ti', '838860MB'],
    ['100G', '76293MB'],
  ])('with a volume of %s keeps samples up to %s, and for the configured time', (volume, size) => {
    const options = { ...least, size: { ...least.size, volume } };
    expect(configOf(synthesize(prometheus(options))).storage.tsdb.retention).toEqual({
      time: '7d',
      size,
    });
  });

  test('limits the load that a target can cause', () => {
    const { global, scrape_configs } = configOf(synthesize(prometheus(least)));
    expect(global).toMatchObject({
      label_limit: 64,
      target_limit: 10_000,
    });
    for (const job of scrape_configs) {
      expect(job.sample_limit).toBeGreaterThan(0);
      // A page with the maximum of long lines must not fail because of its size.
      expect(Number.parseInt(job.body_size_limit, 10) * 2 ** 20).toBeGreaterThanOrEqual(
        job.sample_limit * 400,
      );
    }
  });

  test('distinguishes replicas by a label, and only if there are several', () => {
    const labels = (options: PrometheusOptions) =>
      configOf(synthesize(prometheus(options))).global.external_labels;
    expect(labels(least)).toEqual({ cluster: 'test' });
    expect(labels(all)).toEqual({
      cluster: 'test',
      region: 'eu',
      replica: '${POD_NAME}',
    });
  });

  test('removes the replica label from alerts, so that equal alerts are deduplicated', () => {
    const alerting = (options: PrometheusOptions) =>
      configOf(synthesize(prometheus(options), minimal, [told])).alerting;
    expect(alerting(all).alert_relabel_configs).toEqual([
      { regex: 'replica', action: 'labeldrop' },
    ]);
    expect(alerting(least)).not.toHaveProperty('alert_relabel_configs');
  });

  test('sends alerts to every replica of an Alertmanager, and to nobody if there is none', () => {
    const { alerting } = configOf(synthesize(prometheus(least), minimal, [told]));
    expect(alerting.alertmanagers).toMatchObject([
      {
        scheme: 'http',
        kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: ['crowsnest'] } }],
      },
    ]);
    expect(configOf(synthesize(prometheus(least)))).not.toHaveProperty('alerting');
  });

  test('is reloaded, so that a change restarts nothing', () => {
    const { objects } = synthesize(prometheus(least), minimal);
    const { template } = objects.find(({ kind }) => kind === 'StatefulSet')!.spec;
    expect(template.spec.containers[0].args).toContain('--config.auto-reload');
    expect(template.metadata.annotations).toBeUndefined();
  });
});

describe('two replicas', () => {
  const { objects } = synthesize(prometheus(all));
  const of = (kind: string, from = objects) =>
    from.find((object) => object.kind === kind && object.metadata.name === 'crowsnest-prometheus');

  test('have their own volumes and names', () => {
    const { spec } = of('StatefulSet')!;
    expect(spec.replicas).toBe(2);
    expect(spec.template.spec.containers[0].env).toContainEqual({
      name: 'POD_NAME',
      valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } },
    });
  });

  test('store different samples, so a client stays with one replica', () => {
    expect(of('Service')?.spec.sessionAffinity).toBe('ClientIP');
  });

  test('are evicted one at a time', () => {
    expect(of('PodDisruptionBudget')?.spec.maxUnavailable).toBe(1);
  });

  test('are configured only if there are several', () => {
    const single = synthesize(prometheus(least)).objects;
    expect(of('Service', single)?.spec).not.toHaveProperty('sessionAffinity');
    expect(of('PodDisruptionBudget', single)).toBeUndefined();
  });
});

test('links lead to the external URL or a port-forward, and the server serves below its path', () => {
  const args = (options: PrometheusOptions): string[] =>
    synthesize(prometheus(options)).objects.find(({ kind }) => kind === 'StatefulSet')!.spec
      .template.spec.containers[0].args;
  expect(args(all)).toEqual(
    expect.arrayContaining([
      '--web.external-url=https://ops.example.com/prometheus',
      '--web.route-prefix=/prometheus',
    ]),
  );
  expect(args(least)).toContain('--web.external-url=http://localhost:9090/');
});
