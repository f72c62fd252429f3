import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configFile } from '../../src/components/jaeger/file.js';
import { type JaegerOptions, jaeger } from '../../src/components/jaeger/jaeger.js';
import { prometheus } from '../../src/components/prometheus/prometheus.js';
import { sizings } from '../../src/environment/sizing.js';
import { full } from '../checks/full.js';
import type { Mutable } from '../checks/input.js';
import type { Whole } from '../checks/whole.js';
import { minimal } from '../environment.js';
import { publishedAs } from './published.js';
import { type Synthesis, synthesize } from './synthesis.js';

const { small } = sizings;

const least: JaegerOptions = {
  size: small.jaeger,
  retention: small.jaeger.retention,
  sampling: { default: 0.1, services: {} },
};

const all: Whole<JaegerOptions> = {
  size: { cpu: '2', memory: '5Gi', memoryLimit: '14Gi', volume: '300Gi' },
  claimTemplate: '300Gi',
  retention: '240h',
  sampling: { default: 0.05, services: { checkout: 1 } },
  published: publishedAs('jaeger'),
};

// Any provider of promql is used for the Monitor tab.
const source = prometheus({
  size: small.prometheus,
  retention: '7d',
  scrapeInterval: '30s',
  externalLabels: {},
});

const withMetrics = (options: JaegerOptions): Synthesis =>
  synthesize(jaeger(options), minimal, [source]);

const of = ({ objects }: Synthesis, kind: string): Mutable =>
  objects.find((object) => object.kind === kind && /jaeger/.test(object.metadata.name))!;

const fileOf = (synthesis: Synthesis, name: string): Mutable =>
  parse(of(synthesis, 'ConfigMap').data[name]);

const digestOf = (synthesis: Synthesis): string =>
  of(synthesis, 'StatefulSet').spec.template.metadata.annotations['crowsnest/restart-on'];

const alone = synthesize(jaeger(least));
const config = fileOf(alone, 'config.yaml');

test.each<[string, Synthesis]>([
  ['default', alone],
  ['all', synthesize(jaeger(all), full, [source])],
])('the manifests of jaeger match the snapshot: %s', async (name, { review }) => {
  await expect(review).toMatchFileSnapshot(`./snapshots/jaeger-${name}.yaml`);
});

describe('its ports', () => {
  const { endpoints } = jaeger(all);
  const listening: string[] = [...JSON.stringify(config).matchAll(/":(\d+)"/g)].map(
    ([, port]) => port!,
  );
  const { host, port } = config.service.telemetry.metrics.readers[0].pull.exporter.prometheus;

  test('are those of its endpoints, and all others listen on loopback', () => {
    expect(host).toBe('');
    expect([...listening, `${port}`].sort()).toEqual(
      Object.values(endpoints)
        .map((endpoint) => `${endpoint.port}`)
        .sort(),
    );
  });

  test('accept spans by gRPC and by HTTP', () => {
    const traces = Object.values(endpoints).flatMap(({ port: at, offers }) =>
      offers.flatMap(({ capability, variant }) =>
        capability === 'traces' ? [[variant, `:${at}`]] : [],
      ),
    );
    const { grpc, http } = config.receivers.otlp.protocols;
    expect(Object.fromEntries(traces)).toEqual({ grpc: grpc.endpoint, http: http.endpoint });
  });

  test('of its own metrics and of the span metrics are two jobs; only span metrics have the service of the span', () => {
    const pages = Object.values(endpoints).flatMap(({ offers }) =>
      offers.filter(({ capability }) => capability === 'metrics'),
    );
    expect(pages).toMatchObject([
      { nameEscaping: 'underscores' },
      { job: 'span-metrics', honorLabels: true },
    ]);
  });
});

describe('the pipeline of spans', () => {
  test('limits memory first, then stores and counts spans', () => {
    const { traces, ...others } = config.service.pipelines;
    expect(traces.processors[0]).toBe('memory_limiter');
    expect(traces.exporters).toEqual(['jaeger_storage_exporter', 'spanmetrics']);
    expect(others).toEqual({
      'traces/calls': {
        receivers: ['otlp'],
        processors: ['memory_limiter', 'filter/calls'],
        exporters: ['spanmetrics/calls'],
      },
      'metrics/spanmetrics': {
        receivers: ['spanmetrics', 'spanmetrics/calls'],
        exporters: ['prometheus'],
      },
    });
  });

  test('counts calls only with attributes of their clients, and a limited number of them', () => {
    expect(config.processors['filter/calls'].traces.span).toEqual([
      'kind != SPAN_KIND_CLIENT and kind != SPAN_KIND_PRODUCER',
    ]);
    expect(config.connectors['spanmetrics/calls']).toMatchObject({
      exclude_dimensions: expect.arrayContaining(['span.name']),
      aggregation_cardinality_limit: 500,
    });
  });

  test('keeps spans on the volume for the configured time', () => {
    const { badger } = fileOf(synthesize(jaeger(all), full), 'config.yaml').extensions
      .jaeger_storage.backends.main;
    expect(badger).toMatchObject({ ephemeral: false, ttl: { spans: '240h' } });
    const { volumeMounts } = of(alone, 'StatefulSet').spec.template.spec.containers[0];
    const { mountPath } = volumeMounts.find(({ name }: { name: string }) => name === 'data');
    for (const folder of Object.values(badger.directories)) {
      expect(folder).toMatch(new RegExp(`^${mountPath}/`));
    }
  });

  test('retries failed writes', () => {
    expect(config.exporters.jaeger_storage_exporter).toMatchObject({
      queue: { queue_size: expect.any(Number) },
      retry_on_failure: { enabled: true },
    });
  });

  test('counts spans with exemplars, in a format that supports them', () => {
    expect(config.connectors.spanmetrics.exemplars).toEqual({ enabled: true });
    expect(config.exporters.prometheus.enable_open_metrics).toBe(true);
  });

  test('defines every component that it uses, and uses every component that it defines', () => {
    const { extensions, pipelines } = config.service;
    expect(Object.keys(config.extensions).sort()).toEqual([...extensions].sort());
    const named = Object.values<Mutable>(pipelines).flatMap(
      ({ receivers, processors = [], exporters }) => [...receivers, ...processors, ...exporters],
    );
    const { receivers, processors, exporters, connectors } = config;
    expect([...new Set(named)].sort()).toEqual(
      Object.keys({ ...receivers, ...processors, ...exporters, ...connectors }).sort(),
    );
  });
});

describe('its file is rejected', () => {
  const pathsAfter = (change: (file: Mutable) => unknown) => {
    const file = structuredClone(config);
    change(file);
    const { error } = configFile.schema.safeParse(file);
    return error?.issues.map(({ path }) => path.join('.'));
  };

  test('never as it is', () => {
    expect(pathsAfter(() => undefined)).toBeUndefined();
  });

  test('if the memory limiter is not the first processor', () => {
    expect(
      pathsAfter(({ service }) => service.pipelines['traces/calls'].processors.reverse()),
    ).toEqual(['service.pipelines.traces/calls.processors.1']);
  });

  test.each(['receivers', 'exporters'])('if a connector is missing among the %s', (end) => {
    const without = (names: string[]) => names.filter((name) => name !== 'spanmetrics');
    expect(
      pathsAfter(({ service: { pipelines } }) => {
        for (const one of Object.values<Mutable>(pipelines)) one[end] = without(one[end]);
      }),
    ).toContain('connectors.spanmetrics');
  });
});

describe('the Monitor tab', () => {
  const monitored = withMetrics(least);

  test('queries the provider of promql', () => {
    expect(fileOf(monitored, 'ui.json')).toEqual({ monitor: { menuEnabled: true } });
    const { jaeger_query, jaeger_storage } = fileOf(monitored, 'config.yaml').extensions;
    expect(jaeger_query.storage.metrics).toBe('prometheus');
    expect(jaeger_storage.metric_backends.prometheus.prometheus.endpoint).toBe(
      'http://crowsnest-prometheus.crowsnest.svc:9090',
    );
  });

  test('is disabled without a provider', () => {
    expect(fileOf(alone, 'ui.json')).toEqual({ monitor: { menuEnabled: false } });
    expect(config.extensions.jaeger_query.storage).toEqual({ traces: 'main' });
    expect(config.extensions.jaeger_storage).not.toHaveProperty('metric_backends');
  });
});

describe('sampling', () => {
  test('has strategies for services, and a default', () => {
    expect(fileOf(synthesize(jaeger(all), full), 'sampling.json')).toEqual({
      default_strategy: { type: 'probabilistic', param: 0.05 },
      service_strategies: [{ service: 'checkout', type: 'probabilistic', param: 1 }],
    });
  });

  test('is reloaded from its file, so that a change for a service restarts nothing', () => {
    const more = { ...least, sampling: { default: 0.1, services: { cart: 0.5 } } };
    expect(config.extensions.remote_sampling.file.reload_interval).toBe('10s');
    expect(digestOf(synthesize(jaeger(more)))).toBe(digestOf(alone));
  });

  test('has its default in the same file, so that a change of it restarts nothing', () => {
    const more = { ...least, sampling: { default: 0.5, services: {} } };
    expect(digestOf(synthesize(jaeger(more)))).toBe(digestOf(alone));
  });
});

test('a change of settings that it reads only at its start restarts the pod', () => {
  expect(digestOf(alone)).toMatch(/^[0-9a-f]{16}$/);
  expect(digestOf(synthesize(jaeger({ ...least, retention: '48h' })))).not.toBe(digestOf(alone));
  expect(digestOf(withMetrics(least))).not.toBe(digestOf(alone));
});

test('it does not use the Kubernetes API, and has one replica, because its store supports one process', () => {
  expect(alone.objects.filter(({ kind }) => /Role/.test(kind))).toEqual([]);
  expect(of(alone, 'StatefulSet').spec.replicas).toBe(1);
});

test('users can reach its web interface only if it has an external URL', () => {
  const offers = (options: JaegerOptions) =>
    jaeger(options).endpoints.query!.offers.map(({ capability, variant }) => [capability, variant]);
  expect(offers(least)).toEqual([['datasource', 'jaeger']]);
  expect(offers(all)).toContainEqual(['web', 'internal']);
});
