import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import configuration from '../../src/checks/files/configuration.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { optional } from '../../src/model/consumption.js';
import type { Party } from '../../src/model/party.js';
import { inputOf, type Mutable, manifestOf } from '../checks/input.js';
import { build } from '../environment.js';
import { shop, withGateway } from './with-gateway.js';

const sending: Party = {
  ...shop,
  consumes: [optional('traces', { variant: 'grpc' }), optional('logs', { prefer: 'grpc' })],
};

const environment = {
  ...withGateway,
  otelGateway: { enabled: true, sampling: {}, logs: true },
  loki: { enabled: true },
  logAgent: { enabled: true },
  parties: [sending],
} satisfies EnvironmentOptions;

const stack = build(environment);

const linesOf = ({ connections }: typeof stack): string[] =>
  connections
    .filter(({ capability }) => capability === 'logs')
    .map(
      ({ consumer, provider, endpoint }) =>
        `${consumer.party} → ${provider.party} ${endpoint.port}`,
    )
    .sort();

const fileOf = (of: typeof stack): Mutable =>
  parse(
    manifestOf(of, 'ConfigMap crowsnest/crowsnest-otel-gateway-config').object.data['config.yaml'],
  );

describe('a gateway for logs', () => {
  test('is between Loki and what sends logs, which reach one port of it', () => {
    expect(stack.findings).toEqual([]);
    expect(linesOf(stack)).toEqual([
      'log-agent → otel-gateway 4317',
      'otel-gateway → loki 3100',
      'shop → otel-gateway 4317',
    ]);
  });

  test('limits memory, and sends from a queue of its own on the volume', () => {
    const { service, exporters, extensions } = fileOf(stack);
    expect(service.pipelines.logs).toEqual({
      receivers: ['otlp'],
      processors: ['memory_limiter'],
      exporters: ['otlp_http/logs'],
    });
    expect(exporters['otlp_http/logs']).toMatchObject({
      endpoint: 'http://crowsnest-loki.crowsnest.svc:3100/otlp',
      sending_queue: { storage: 'file_storage', queue_size: 2 ** 28 },
      retry_on_failure: { max_elapsed_time: '0s' },
    });
    // Both queues together have what one has otherwise.
    expect(exporters['otlp_grpc/traces'].sending_queue.queue_size).toBe(2 ** 28);
    expect(extensions.file_storage.max_size).toBeLessThan(2 ** 29);
    expect(configuration.run(inputOf(stack))).toEqual([]);
  });

  test('receives no logs by default: they go to Loki', () => {
    const without = build({ ...environment, otelGateway: { enabled: true, sampling: {} } });
    expect(linesOf(without)).toEqual(['log-agent → loki 3100', 'shop → loki 3100']);
    expect(fileOf(without).service.pipelines).not.toHaveProperty('logs');
  });

  test('needs a store behind it', () => {
    const { findings } = build({ ...environment, loki: { enabled: false } });
    expect(findings.map(({ code, place }) => [code, place.path])).toContainEqual([
      'connections/no-provider',
      'otelGateway',
    ]);
  });

  test('is passed by an agent that chooses Loki', () => {
    const chosen = build({ ...environment, choices: { 'log-agent.logs': 'loki' } });
    expect(chosen.findings).toEqual([]);
    expect(linesOf(chosen)).toContain('log-agent → loki 3100');
  });

  test('sends to a store of its own, as agents can to another one', () => {
    const store = (host: string) => ({ url: `https://${host}/otlp` });
    const outside = build({
      ...environment,
      otelGateway: { enabled: true, logs: { store: store('logs.example.com') } },
      logAgent: { enabled: true, store: store('lines.example.com') },
    });
    expect(outside.findings).toMatchObject([
      {
        code: 'connections/no-logs',
        place: { path: 'loki' },
        message:
          'Nothing sends lines to loki: otel-gateway sends to gateway-log-store, and log-agent sends to log-store.',
        remedy:
          'Remove the store of otel-gateway and log-agent, so that it sends to loki, or do not deploy loki.',
      },
    ]);
    expect(linesOf(outside)).toEqual([
      'log-agent → log-store 443',
      'otel-gateway → gateway-log-store 443',
      'shop → otel-gateway 4317',
    ]);
    expect(fileOf(outside).exporters['otlp_http/logs'].endpoint).toBe(
      'https://logs.example.com:443/otlp',
    );
  });

  describe('with native processors', () => {
    const withNative = (config: object, more: object = {}) => ({
      ...environment,
      otelGateway: { enabled: true, logs: true, config, ...more },
    });
    const processors = {
      attributes: { actions: [{ key: 'user.email', action: 'delete' as const }] },
    };
    const logProcessors = {
      'attributes/logs': processors.attributes,
      filter: { log_conditions: ['IsMatch(log.body, "GET /live")'] },
    };

    test('has lines pass them, and spans pass those of spans', () => {
      const native = build(withNative({ processors, logProcessors }));
      expect(native.findings).toEqual([]);
      const { service } = fileOf(native);
      expect(service.pipelines.logs.processors).toEqual([
        'memory_limiter',
        'attributes/logs',
        'filter',
      ]);
      expect(service.pipelines.traces.processors).toEqual(['memory_limiter', 'attributes']);
      expect(configuration.run(inputOf(native))).toEqual([]);
    });

    test.each<[string, object, string]>([
      [
        'of spans',
        withNative({ logProcessors: { filter: { trace_conditions: ['true'] } } }),
        'filter',
      ],
      ['with a name of spans', withNative({ processors, logProcessors: processors }), 'attributes'],
    ])('is rejected with one %s', (_, options, name) => {
      const { findings } = validate(options as EnvironmentOptions, 'test', 'environments/test.ts');
      const paths = findings.map(({ place }) => place.path);
      expect(
        paths.some((path) => path?.startsWith(`otelGateway.config.logProcessors.${name}`)),
      ).toBe(true);
    });

    test('is rejected without logs', () => {
      const options = withNative({ logProcessors }, { logs: false });
      const { findings } = validate(options, 'test', 'environments/test.ts');
      expect(findings).toMatchObject([{ place: { path: 'otelGateway.config.logProcessors' } }]);
    });
  });
});
