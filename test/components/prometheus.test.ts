import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { alertmanager } from '../../src/components/alertmanager/alertmanager.js';
import { type PrometheusOptions, prometheus } from '../../src/components/prometheus/prometheus.js';
import { sizings } from '../../src/config/sizing.js';
import { full } from '../checks/full.js';
import type { Whole } from '../checks/whole.js';
import { minimal } from '../environment.js';
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
  retention: '60d',
  scrapeInterval: '15s',
  externalUrl: 'https://prometheus.example.com/',
  externalLabels: { region: 'eu' },
  scrapeConfigs: [{ config: { job_name: 'switches', sample_limit: 100 } }],
};

// Whatever takes alerts is told of them.
const told = alertmanager({ size: small.alertmanager });

const configOf = ({ objects }: Synthesis) =>
  parse(
    objects.find(({ metadata }) => metadata.name.endsWith('-prometheus-config'))?.data[
      'prometheus.yml'
    ],
  );

test('prometheus by default ships as reviewed', async () => {
  const { yaml } = synthesize(prometheus(least));
  await expect(yaml).toMatchFileSnapshot('./snapshots/prometheus-default.yaml');
});

test('prometheus with all options ships as reviewed', async () => {
  const { yaml } = synthesize(prometheus(all), full, [told]);
  await expect(yaml).toMatchFileSnapshot('./snapshots/prometheus-all.yaml');
});

describe('the configuration', () => {
  test.each([
    ['10Gi', '8192MB'],
    ['600Gi', '491520MB'],
    ['1Ti', '838860MB'],
    ['100G', '76293MB'],
  ])(
    'on a volume of %s keeps samples up to %s, and for the time of the options',
    (volume, size) => {
      const options = { ...least, size: { ...least.size, volume } };
      expect(configOf(synthesize(prometheus(options))).storage.tsdb.retention).toEqual({
        time: '7d',
        size,
      });
    },
  );

  test('limits what a target can do to the server', () => {
    const { global, scrape_configs } = configOf(synthesize(prometheus(least)));
    expect(global).toMatchObject({
      label_limit: 64,
      target_limit: 10_000,
    });
    for (const job of scrape_configs) {
      expect(job.sample_limit).toBeGreaterThan(0);
      // A page with so many long lines must not fail by its size first.
      expect(Number.parseInt(job.body_size_limit, 10) * 2 ** 20).toBeGreaterThanOrEqual(
        job.sample_limit * 400,
      );
    }
  });

  test('tells replicas apart by a label, and only where there are several', () => {
    const labels = (options: PrometheusOptions) =>
      configOf(synthesize(prometheus(options))).global.external_labels;
    expect(labels(least)).toEqual({ cluster: 'test' });
    expect(labels(all)).toEqual({
      cluster: 'test',
      region: 'eu',
      replica: '${POD_NAME}',
    });
  });

  test('takes the label of the replica off each alert, so that equal ones are one', () => {
    const alerting = (options: PrometheusOptions) =>
      configOf(synthesize(prometheus(options), minimal, [told])).alerting;
    expect(alerting(all).alert_relabel_configs).toEqual([
      { regex: 'replica', action: 'labeldrop' },
    ]);
    expect(alerting(least)).not.toHaveProperty('alert_relabel_configs');
  });

  test('tells every replica of an Alertmanager by itself, and nobody where there is none', () => {
    const { alerting } = configOf(synthesize(prometheus(least), minimal, [told]));
    expect(alerting.alertmanagers).toMatchObject([
      {
        scheme: 'http',
        kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: ['crowsnest'] } }],
      },
    ]);
    expect(configOf(synthesize(prometheus(least)))).not.toHaveProperty('alerting');
  });

  test('reloads itself, so that no change of it rolls the pods', () => {
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

  test('each have a volume and a name of their own', () => {
    const { spec } = of('StatefulSet')!;
    expect(spec.replicas).toBe(2);
    expect(spec.template.spec.containers[0].env).toEqual([
      {
        name: 'POD_NAME',
        valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } },
      },
    ]);
  });

  test('hold other samples, so that a client stays with one of them', () => {
    expect(of('Service')?.spec.sessionAffinity).toBe('ClientIP');
  });

  test('are taken away one at a time', () => {
    expect(of('PodDisruptionBudget')?.spec.maxUnavailable).toBe(1);
  });

  test('have nothing of this where there is one', () => {
    const single = synthesize(prometheus(least)).objects;
    expect(of('Service', single)?.spec).not.toHaveProperty('sessionAffinity');
    expect(of('PodDisruptionBudget', single)).toBeUndefined();
  });
});

test('links lead to the external URL or a port-forward, and the server stays at its root', () => {
  const args = (options: PrometheusOptions): string[] =>
    synthesize(prometheus(options)).objects.find(({ kind }) => kind === 'StatefulSet')!.spec
      .template.spec.containers[0].args;
  expect(args(all)).toEqual(
    expect.arrayContaining([
      '--web.external-url=https://prometheus.example.com/',
      '--web.route-prefix=/',
    ]),
  );
  expect(args(least)).toContain('--web.external-url=http://localhost:9090/');
});
