import { describe, expect, test } from 'vitest';
import type { ApplicationOptions } from '../../src/applications/declared/application.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { offer } from '../../src/model/offer.js';
import { filesOf } from '../../src/synthesize.js';
import { outsideLoki } from '../components/with-logs.js';
import { minimal } from '../environment.js';
import { projectWith } from './project.js';

const loki = { enabled: true };
const otelGateway = { enabled: true, logs: true };

/** What the stack writes for an application that sends logs. */
const shown = async (
  options: Partial<ApplicationOptions>,
  environment: Partial<EnvironmentOptions>,
) => {
  const { stacks, inputs, findings } = await projectWith({
    'environments/test.ts': { ...minimal, stage: 'development', ...environment },
    'applications/cart.ts': {
      name: 'cart',
      namespace: 'shop',
      labels: { app: 'cart' },
      logs: true,
      ...options,
    },
  });
  expect(findings).toEqual([]);
  const manifests = stacks[0]!.manifests.map(({ object }) => object as { data?: object });
  const readme = filesOf(stacks, inputs).test!['README.md']!;
  return {
    readme,
    variables: readme.split('\n').filter((line) => /^OTEL_(?!METRICS)/.test(line)),
    maps: manifests.map(({ data }) => JSON.stringify(data ?? {})),
  };
};

describe('the variables of an application that sends logs', () => {
  test('through the gateway, with the address and the protocol of its spans', async () => {
    const { readme, variables } = await shown({ traces: true }, { loki, otelGateway });
    expect(variables).toEqual([
      'OTEL_SERVICE_NAME=cart',
      'OTEL_RESOURCE_ATTRIBUTES=k8s.namespace.name=shop',
      'OTEL_TRACES_EXPORTER=otlp',
      'OTEL_EXPORTER_OTLP_PROTOCOL=grpc',
      'OTEL_EXPORTER_OTLP_ENDPOINT=http://crowsnest-otel-gateway.crowsnest.svc:4317',
      'OTEL_LOGS_EXPORTER=otlp',
    ]);
    expect(readme).toContain('sends its spans and logs:');
    expect(readme).toMatch(
      /\| logs \(OTLP\) \| `crowsnest-otel-gateway\.crowsnest\.svc:4317` \(gRPC\) or .*, from cart \|/,
    );
  });

  test('to Loki, apart from its spans: the variable of a signal has the whole path', async () => {
    const { variables } = await shown({ traces: true }, { loki });
    expect(variables.slice(2)).toEqual([
      'OTEL_TRACES_EXPORTER=otlp',
      'OTEL_EXPORTER_OTLP_PROTOCOL=grpc',
      'OTEL_EXPORTER_OTLP_ENDPOINT=http://crowsnest-jaeger.crowsnest.svc:4317',
      'OTEL_LOGS_EXPORTER=otlp',
      'OTEL_EXPORTER_OTLP_LOGS_PROTOCOL=http/protobuf',
      'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://crowsnest-loki.crowsnest.svc:3100/otlp/v1/logs',
    ]);
  });

  test('without spans, the common ones, to which SDKs add the path', async () => {
    const { readme, variables } = await shown({}, { loki });
    expect(variables.slice(2)).toEqual([
      'OTEL_TRACES_EXPORTER=none',
      'OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
      'OTEL_EXPORTER_OTLP_ENDPOINT=http://crowsnest-loki.crowsnest.svc:3100/otlp',
      'OTEL_LOGS_EXPORTER=otlp',
    ]);
    expect(readme).toContain('sends its logs:');
    expect(readme).toContain(
      '| logs (OTLP) | `crowsnest-loki.crowsnest.svc:3100/otlp` (HTTP), from cart |',
    );
  });

  test('have the headers that their receiver needs', async () => {
    const headers = { 'X-Scope-OrgID': 'shop, west' };
    const endpoint = {
      port: 3100,
      host: 'loki.logs.svc',
      offers: [offer('logs', { variant: 'http', path: '/otlp', headers })],
    };
    const { variables } = await shown(
      {},
      { parties: [{ ...outsideLoki, endpoints: { endpoint } }] },
    );
    expect(variables).toContain('OTEL_EXPORTER_OTLP_LOGS_HEADERS=X-Scope-OrgID=shop%2C%20west');
  });

  test('are in a ConfigMap on request', async () => {
    const { maps } = await shown({ logs: { configMap: true } }, { loki });
    expect(maps.some((one) => one.includes('"OTEL_LOGS_EXPORTER":"otlp"'))).toBe(true);
  });

  test('without a receiver, the README says that nothing receives them', async () => {
    const { readme, variables } = await shown({ traces: true }, {});
    expect(readme).toContain('cart sends logs, which nothing in this environment receives.');
    expect(variables).toContain('OTEL_LOGS_EXPORTER=none');
    expect(variables).toContain('OTEL_TRACES_EXPORTER=otlp');
  });
});

test('its dashboard has the lines of its service, whatever pods they are from', async () => {
  const { maps } = await shown({ traces: { service: 'cart.v2' } }, { loki });
  const map = maps.find((one) => one.includes('app-cart.json'))!;
  const { panels, templating } = JSON.parse(JSON.parse(map)['app-cart.json']);
  expect(panels.at(-1).targets[0].expr).toBe(
    '{k8s_namespace_name="shop", service_name=~"cart\\\\.v2|"} | service_name="cart.v2"',
  );
  expect(templating.list.map(({ name }: { name: string }) => name)).not.toContain('pods');
});
