import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import configuration from '../../src/checks/files/configuration.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { optional } from '../../src/model/consumption.js';
import type { Party } from '../../src/model/party.js';
import { inputOf, type Mutable, manifestOf } from '../checks/input.js';
import { build, minimal } from '../environment.js';
import { shop } from './with-gateway.js';

const sending: Party = { ...shop, consumes: [optional('otlp-metrics', { prefer: 'grpc' })] };

const environment = {
  ...minimal,
  otelGateway: { enabled: true, metrics: true },
  prometheus: { otlp: true },
  parties: [sending],
} satisfies EnvironmentOptions;

const stack = build(environment);

const fileOf = (of: typeof stack, name: string, key: string): Mutable =>
  parse(manifestOf(of, `ConfigMap crowsnest/crowsnest-${name}-config`).object.data[key]);

const gatewayOf = (of: typeof stack) => fileOf(of, 'otel-gateway', 'config.yaml');

const linesOf = ({ connections }: typeof stack): string[] =>
  connections
    .filter(({ capability }) => capability === 'otlp-metrics')
    .map(
      ({ consumer, provider, endpoint }) =>
        `${consumer.party} → ${provider.party} ${endpoint.port}`,
    )
    .sort();

describe('a gateway for metrics', () => {
  test('is between Prometheus and what sends metrics', () => {
    expect(stack.findings).toEqual([]);
    expect(linesOf(stack)).toEqual(['otel-gateway → prometheus 9090', 'shop → otel-gateway 4317']);
    expect(configuration.run(inputOf(stack))).toEqual([]);
  });

  test('adds the instance to series whose SDK states none, and has a queue for them', () => {
    const { service, processors, exporters } = gatewayOf(stack);
    expect(service.pipelines.metrics).toEqual({
      receivers: ['otlp'],
      processors: ['memory_limiter', 'resource/instance'],
      exporters: ['otlp_http/metrics'],
    });
    expect(processors['resource/instance'].attributes).toEqual([
      { key: 'service.instance.id', from_context: 'client.address', action: 'insert' },
    ]);
    expect(exporters['otlp_http/metrics']).toMatchObject({
      endpoint: 'http://crowsnest-prometheus.crowsnest.svc:9090/api/v1/otlp',
      sending_queue: { storage: 'file_storage', queue_size: 2 ** 28 },
    });
  });

  test('enables the receiver of Prometheus, with labels and late samples', () => {
    const pod: Mutable = manifestOf(stack, 'StatefulSet crowsnest/crowsnest-prometheus').object;
    expect(pod.spec.template.spec.containers[0].args).toContain('--web.enable-otlp-receiver');
    const file = fileOf(stack, 'prometheus', 'prometheus.yml');
    expect(file.storage.tsdb.out_of_order_time_window).toBe('2h');
    expect(file.otlp.promote_resource_attributes).toContain('k8s.namespace.name');
    const without = build({ ...environment, otelGateway: {}, prometheus: {}, parties: [] });
    expect(fileOf(without, 'prometheus', 'prometheus.yml')).not.toHaveProperty('otlp');
  });

  test('sends to each replica of Prometheus', () => {
    const several = build({ ...environment, prometheus: { otlp: true, replicas: 2 } });
    expect(several.findings).toEqual([]);
    const { service, exporters } = gatewayOf(several);
    const names = ['otlp_http/metrics-0', 'otlp_http/metrics-1'];
    expect(service.pipelines.metrics.exporters).toEqual(names);
    expect(names.map((name) => exporters[name].endpoint)).toEqual(
      [0, 1].map(
        (replica) => `http://crowsnest-prometheus-${replica}.crowsnest.svc:9090/api/v1/otlp`,
      ),
    );
    expect(configuration.run(inputOf(several))).toEqual([]);
  });

  test('needs a receiver', () => {
    const { findings } = build({ ...environment, prometheus: {} });
    expect(findings.map(({ code, place }) => [code, place.path])).toContainEqual([
      'connections/no-provider',
      'otelGateway',
    ]);
  });
});
