import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import configuration from '../../src/checks/files/configuration.js';
import spans from '../../src/checks/network/spans.js';
import { jaeger } from '../../src/components/jaeger/jaeger.js';
import {
  type OtelGatewayOptions,
  otelGateway,
} from '../../src/components/otel-gateway/otel-gateway.js';
import { tracesIn } from '../../src/components/otel-gateway/sampling.js';
import { logStore, traceStore } from '../../src/components/otel-gateway/store.js';
import { prometheus } from '../../src/components/prometheus/prometheus.js';
import { sizings } from '../../src/environment/sizing.js';
import { offer } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { changed, inputOf, type Mutable, manifestOf } from '../checks/input.js';
import type { Whole } from '../checks/whole.js';
import { engineRelease, imageRelease } from '../engines/release.js';
import { build, minimal } from '../environment.js';
import options from './options/otel-gateway.js';
import { synthesize } from './synthesis.js';
import { shop, withGateway } from './with-gateway.js';

const { small } = sizings;
const least: OtelGatewayOptions = { size: small.otelGateway };
const all: Whole<Omit<OtelGatewayOptions, 'native'>> & Pick<OtelGatewayOptions, 'native'> = {
  size: { cpu: '2', memory: '1Gi', memoryLimit: '3Gi', replicas: 2, volume: '20Gi' },
  claimTemplate: '20Gi',
  sampling: options.sampling,
  store: options.store,
  logs: options.logs,
  metrics: true,
  native: options.config,
};

const store = jaeger({
  size: small.jaeger,
  retention: small.jaeger.retention,
  sampling: { default: 0.1, services: {} },
});

const receiver = prometheus({
  size: small.prometheus,
  retention: small.prometheus.retention,
  scrapeInterval: '30s',
  otlp: { labels: [], delay: '2h' },
  externalLabels: {},
});

test.each<[string, OtelGatewayOptions]>([
  ['default', least],
  ['all', all],
])('the manifests of otel-gateway match the snapshot: %s', async (name, one) => {
  const { review } = synthesize(otelGateway(one), minimal, [
    store,
    ...(one.store ? [traceStore(one.store)] : []),
    ...(one.logs?.store ? [logStore(one.logs.store)] : []),
    ...(one.metrics ? [receiver] : []),
  ]);
  await expect(review).toMatchFileSnapshot(`./snapshots/otel-gateway-${name}.yaml`);
});

const stack = build(withGateway);

const linesOf = ({ connections }: Pick<typeof stack, 'connections'>): string[] =>
  connections
    .filter(({ capability }) => ['traces', 'span-metrics'].includes(capability))
    .map(
      ({ capability, consumer, provider, endpoint }) =>
        `${capability}: ${consumer.party} → ${provider.party} ${endpoint.port}`,
    )
    .sort();

const fileOf = (of: typeof stack, name: string): Mutable =>
  parse(manifestOf(of, `ConfigMap crowsnest/crowsnest-${name}-config`).object.data['config.yaml']);

describe('connections', () => {
  test('applications send to the gateway, and only the gateway to Jaeger', () => {
    expect(linesOf(stack)).toEqual([
      'span-metrics: otel-gateway → jaeger 4317',
      'traces: otel-gateway → jaeger 4317',
      'traces: shop → otel-gateway 4317',
    ]);
    const policy: Mutable = manifestOf(stack, 'NetworkPolicy crowsnest/crowsnest-jaeger').object;
    const spansFrom = policy.spec.ingress
      .filter(({ ports }: Mutable) => ports.some(({ port }: Mutable) => port === 4317))
      .flatMap(({ from }: Mutable) => from);
    expect(spansFrom).toHaveLength(1);
    expect(spansFrom[0].podSelector.matchLabels).toMatchObject({
      'app.kubernetes.io/name': 'otel-gateway',
    });
  });

  test('it is off by default, and applications then send to Jaeger', () => {
    expect(linesOf(build({ ...minimal, parties: [shop] }))).toEqual(['traces: shop → jaeger 4317']);
  });

  test('an explicit choice has priority', () => {
    expect(linesOf(build({ ...withGateway, choices: { traces: 'jaeger' } }))).toContain(
      'traces: shop → jaeger 4317',
    );
  });

  test('without a receiver behind it, synth fails', () => {
    const { findings } = build({ ...withGateway, jaeger: { enabled: false } });
    expect(findings.map(({ code, place }) => [code, place.path])).toContainEqual([
      'connections/no-provider',
      'otelGateway',
    ]);
  });

  test('with another receiver, the choice is that of the gateway', () => {
    const tempo: Party = {
      name: 'tempo',
      workloads: { tempo: { kind: 'pods', namespace: 'tempo', labels: { app: 'tempo' } } },
      endpoints: {
        grpc: {
          port: 4317,
          scheme: 'grpc',
          host: 'tempo.tempo.svc',
          offers: [offer('traces', { variant: 'grpc' })],
        },
      },
      consumes: [],
    };
    const both = { ...withGateway, parties: [shop, tempo] };
    const { findings } = build(both);
    expect(findings.map(({ code, place, remedy }) => [code, place.path, remedy])).toEqual([
      [
        'connections/several-providers',
        "choices['otel-gateway.traces']",
        `Choose one: choices: { "otel-gateway.traces": 'jaeger' | 'tempo' }.`,
      ],
    ]);
    const chosen = build({ ...both, choices: { 'otel-gateway.traces': 'tempo' } });
    expect(linesOf(chosen)).toContain('traces: otel-gateway → tempo 4317');
    expect(fileOf(chosen, 'otel-gateway').exporters['otlp_grpc/traces'].endpoint).toBe(
      'tempo.tempo.svc:4317',
    );
  });
});

describe('the configuration', () => {
  const file = fileOf(stack, 'otel-gateway');

  test('limits memory first, and counts spans before sampling', () => {
    const { traces, ...others } = file.service.pipelines;
    expect(traces.processors).toEqual(['memory_limiter', 'tail_sampling']);
    expect(others).toEqual({
      'traces/count': {
        receivers: ['otlp'],
        processors: ['memory_limiter'],
        exporters: ['span_metrics'],
      },
      'traces/calls': {
        receivers: ['otlp'],
        processors: ['memory_limiter', 'filter/calls'],
        exporters: ['span_metrics/calls'],
      },
      'metrics/span-metrics': {
        receivers: ['span_metrics', 'span_metrics/calls'],
        exporters: ['otlp_grpc/span-metrics'],
      },
    });
  });

  test('of Jaeger has no connector then: spans are not counted twice', () => {
    const { service, connectors } = fileOf(stack, 'jaeger');
    expect(connectors).toBeUndefined();
    expect(service.pipelines.traces.exporters).toEqual(['jaeger_storage_exporter']);
    expect(service.pipelines['metrics/spanmetrics'].receivers).toEqual(['otlp']);
  });

  test('has a queue on the volume, far smaller than the file that holds it', () => {
    const { sending_queue, retry_on_failure } = file.exporters['otlp_grpc/traces'];
    expect(sending_queue).toMatchObject({ storage: 'file_storage', queue_size: 2 ** 29 });
    expect(file.extensions.file_storage.max_size).toBeGreaterThan(1.5 * 2 ** 29);
    expect(file.extensions.file_storage.max_size).toBeLessThan(2 ** 30);
    // Zero: without end.
    expect(retry_on_failure.max_elapsed_time).toBe('0s');
  });

  test('has exemplars only if all traces are kept', () => {
    expect(file.connectors.span_metrics.exemplars.enabled).toBe(false);
    const whole = fileOf(build({ ...minimal, otelGateway: { enabled: true } }), 'otel-gateway');
    expect(whole.connectors.span_metrics.exemplars.enabled).toBe(true);
    expect(whole.processors).not.toHaveProperty('tail_sampling');
  });

  test('has memory for as many traces as it keeps', () => {
    // 40 % of 512 MiB, at 16 KiB each: docs/tracing-gateway.md has this number.
    expect(file.processors.tail_sampling.num_traces).toBe(13107);
    expect(tracesIn('512Mi')).toBe(13107);
  });

  test.each([
    [0.07, 7],
    [0.29, 29],
    [0.5, 50],
    [0.001, 0.1],
    [1e-7, 1e-5],
    [1, 100],
    [0, 0],
  ])('has the ratio %s as the percentage %s', (rest, percentage) => {
    const { policies } = fileOf(
      build({ ...minimal, otelGateway: { enabled: true, sampling: { rest } } }),
      'otel-gateway',
    ).processors.tail_sampling;
    expect(policies.at(-1).probabilistic).toEqual({ sampling_percentage: percentage });
  });

  const pipelines = 'service.pipelines';
  test.each<[RegExp, string, string[]]>([
    [
      /- memory_limiter\n( +)- tail_sampling/,
      '- tail_sampling\n$1- memory_limiter',
      [`${pipelines}.traces.processors[1]`],
    ],
    [
      /- tail_sampling/,
      '- tail_samplng',
      [`${pipelines}.traces.processors[1]`, 'processors.tail_sampling'],
    ],
    [/\n {8}- tail_sampling/, '', ['processors.tail_sampling']],
    [/- file_storage/, '- file_store', ['service.extensions[1]', 'extensions.file_storage']],
    [
      /(traces\/calls:\n +receivers:\n +- otlp\n(?:.*\n){4} +)- span_metrics\/calls/,
      '$1- span_metrics',
      ["connectors['span_metrics/calls']"],
    ],
    [
      /(receivers:\n +- span_metrics)\n +- span_metrics\/calls/,
      '$1',
      ["connectors['span_metrics/calls']"],
    ],
    [
      /exporters:\n( +)- otlp_grpc\/traces/,
      'exporters:\n$1- otlp_grpc/span-metrics',
      ["exporters['otlp_grpc/traces']"],
    ],
    [/type: status_code/, 'type: status', ['processors.tail_sampling.policies[0].type']],
    [/unit: ms/, 'unit: s', ['connectors.span_metrics.histogram.unit']],
    [/name: rest/, 'name: errors', ['processors.tail_sampling.policies']],
    [
      /max_size: 2097152/,
      'max_size: 1',
      ["exporters['otlp_grpc/traces'].sending_queue.batch.max_size"],
    ],
    [
      /queue_size: 536870912/,
      'queue_size: 1000',
      ["exporters['otlp_grpc/traces'].sending_queue.batch.min_size"],
    ],
    [
      /endpoint: crowsnest-jaeger\.crowsnest\.svc:4317/,
      'endpoint: crowsnest-jaeger.crowsnest.svc',
      ["exporters['otlp_grpc/traces'].endpoint"],
    ],
  ])('is rejected after %s is %s, at %s', (from, to, paths) => {
    const name = 'ConfigMap crowsnest/crowsnest-otel-gateway-config';
    const input = changed(stack, name, ({ data }) => {
      const text = data['config.yaml'].replace(from, to);
      if (text === data['config.yaml']) throw new Error(`There is no ${from}.`);
      data['config.yaml'] = text;
    });
    const found = configuration.run(input);
    expect(found.map(({ place }) => place.path?.replace('config.yaml: ', ''))).toEqual(paths);
    expect(found.map(({ severity }) => severity ?? 'error')).not.toContain('warning');
  });

  test('is accepted as it is', () => {
    expect(configuration.run(inputOf(stack))).toEqual([]);
  });
});

describe('with several replicas', () => {
  const replicated = { ...withGateway, otelGateway: { enabled: true, replicas: 3, sampling: {} } };
  const several = build(replicated);
  const { service, exporters, connectors } = fileOf(several, 'otel-gateway');

  test('each passes spans on to the one that decides about the trace', () => {
    expect(several.findings).toEqual([]);
    expect(service.pipelines.traces).toEqual({
      receivers: ['otlp'],
      processors: ['memory_limiter'],
      exporters: ['load_balancing'],
    });
    expect(service.pipelines['traces/sampled']).toEqual({
      receivers: ['otlp/sampling'],
      processors: ['memory_limiter', 'tail_sampling'],
      exporters: ['otlp_grpc/traces'],
    });
    expect(exporters.load_balancing.resolver.static.hostnames).toEqual(
      [0, 1, 2].map(
        (ordinal) =>
          `crowsnest-otel-gateway-${ordinal}.crowsnest-otel-gateway-peers.crowsnest.svc:4319`,
      ),
    );
    const [pod] = several.connections.filter(({ capability }) => capability === 'peers');
    expect(pod?.consumer.party).toBe('otel-gateway');
    expect(pod?.endpoint.port).toBe(4319);
    expect(configuration.run(inputOf(several))).toEqual([]);
  });

  test('each counts in series of its own, which a restart does not change', () => {
    expect(service.telemetry.resource).toEqual({ 'collector.instance.id': '${env:POD_NAME}' });
    expect(connectors.span_metrics.exclude_dimensions).toBeUndefined();
    expect(connectors['span_metrics/calls'].exclude_dimensions).toEqual(['span.name']);
  });

  test('without sampling, each sends what it receives', () => {
    const file = fileOf(
      build({ ...minimal, otelGateway: { enabled: true, replicas: 2 } }),
      'otel-gateway',
    );
    expect(file.service.pipelines.traces.exporters).toEqual(['otlp_grpc/traces']);
    expect(file.exporters).not.toHaveProperty('load_balancing');
    expect(file.receivers).not.toHaveProperty('otlp/sampling');
  });
});

test('its image has the release of the collector that the tests run', async () => {
  expect(imageRelease('otel-collector')).toBe(await engineRelease('otel-collector'));
});

test('in production, it is the gateway to which no application may send spans', () => {
  const found = spans.run({
    ...inputOf(build({ ...withGateway, parties: [] })),
    stage: 'production',
  });
  expect(found.map(({ place }) => place.object)).toEqual([
    'StatefulSet crowsnest/crowsnest-otel-gateway',
  ]);
});
