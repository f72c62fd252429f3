import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configFile } from '../../src/components/otel-gateway/file.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { engineBinary } from '../engines/installation.js';
import { freePort } from '../engines/port.js';
import type { RunningEngine } from '../engines/process.js';
import { build, minimal, withFewComponents } from '../environment.js';
import { makeCertificate } from './certificate.js';
import { gatewayPod, gatewayPorts, startGateway } from './gateway-server.js';
import type { Ports } from './jaeger-server.js';
import { sendTraces } from './otlp-trace.js';
import type { Pod } from './pod.js';
import { eventually } from './wait.js';

type Options = Omit<NonNullable<EnvironmentOptions['otelGateway']>, 'enabled'>;

const objectsOf = (otelGateway: Options) => {
  // Without Jaeger, nothing receives span metrics.
  const stack = build({
    ...minimal,
    ...withFewComponents,
    otelGateway: { enabled: true, ...otelGateway },
  });
  expect(stack.findings).toEqual([]);
  return stack.manifests.map(({ object }) => object);
};

const secrets = '/etc/crowsnest/secrets/traces';
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
/** The paths and the keys of the requests to the store. */
const received: { path?: string; key?: string }[] = [];
let store: Server;
let ports: Ports;
let pod: Pod;
let gateway: RunningEngine;
let authority: string;

beforeAll(async () => {
  const certificate = makeCertificate(folder, 'DNS:localhost');
  authority = `${certificate.cert}`;
  const port = await freePort();
  store = createServer(certificate, (request, response) => {
    received.push({ path: request.url, key: `${request.headers['x-api-key']}` });
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((resolve) => store.listen(port, '127.0.0.1', resolve));
  ports = await gatewayPorts();
  pod = gatewayPod(
    objectsOf({
      store: {
        url: 'https://otlp.example.com/otlp',
        protocol: 'http',
        authentication: {
          kind: 'header',
          name: 'x-api-key',
          value: { secret: 'traces', key: 'api-key' },
        },
        certificateAuthority: { secret: 'traces', key: 'ca.crt' },
      },
    }),
    join(folder, 'gateway'),
    ports,
  );
  const file = pod.path(`${configFile.path}`);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('otlp.example.com:443', `localhost:${port}`));
  // A Secret often ends with a line break.
  pod.update(secrets, { 'api-key': 'first\n', 'ca.crt': authority });
  gateway = await startGateway(pod, ports);
});
afterAll(async () => {
  await gateway?.stop();
  store?.close();
  rmSync(folder, { recursive: true, force: true });
});

const untilReceived = (key: string) =>
  eventually(`a request with the key ${key}`, async () => {
    await sendTraces(ports.get(4318) ?? 0, [{ service: 'shop' }]);
    return received.find((one) => one.key === key);
  });

describe('an outside store', () => {
  it('gets traces over TLS with a private authority, with the header from the Secret', async () => {
    expect(await untilReceived('first')).toEqual({ path: '/otlp/v1/traces', key: 'first' });
  });

  it('gets the new key after a change of the Secret, without a restart', async () => {
    const former = realpathSync(join(pod.path(secrets), '..data'));
    pod.update(secrets, { 'api-key': 'second', 'ca.crt': authority });
    // As the kubelet does.
    rmSync(former, { recursive: true });
    await untilReceived('second');
  });
});

it.each<[string, Options]>([
  [
    'a token by gRPC',
    {
      store: {
        url: 'https://otlp.example.com',
        authentication: { kind: 'bearer', token: { secret: 'traces', key: 'token' } },
      },
    },
  ],
  ['no verification', { store: { url: 'https://otlp.example.com', unverified: 'it is a test' } }],
  [
    'native processors and policies',
    {
      sampling: {},
      config: {
        processors: {
          'filter/health': { error_mode: 'ignore', traces: { span: ['name == "GET /live"'] } },
          'filter/ready': { trace_conditions: ['span.name == "GET /ready"'] },
          attributes: {
            exclude: { match_type: 'regexp', services: ['internal-.*'] },
            actions: [{ key: 'user.email', action: 'delete' }],
          },
          resource: { attributes: [{ key: 'team', value: 'shop', action: 'upsert' }] },
          transform: {
            error_mode: 'ignore',
            trace_statements: ['set(span.name, "x") where span.name == ""'],
          },
          'transform/resource': {
            trace_statements: [
              { context: 'resource', statements: ['delete_key(attributes, "host.id")'] },
            ],
          },
          'filter/more': { trace_conditions: [{ conditions: ['span.name == "x"'] }] },
        },
        policies: [
          {
            name: 'no-probes',
            type: 'drop',
            drop: {
              drop_sub_policy: [
                {
                  name: 'probe',
                  type: 'string_attribute',
                  string_attribute: { key: 'probe', values: ['1'] },
                },
              ],
            },
          },
          { name: 'size', type: 'span_count', span_count: { min_spans: 200 } },
          { name: 'flag', type: 'trace_flags' },
          {
            name: 'number',
            type: 'numeric_attribute',
            numeric_attribute: { key: 'http.status', min_value: 500, max_value: 599 },
          },
          {
            name: 'condition',
            type: 'ottl_condition',
            ottl_condition: { error_mode: 'ignore', span: ['attributes["a"] == "b"'] },
          },
          {
            name: 'mixed',
            type: 'composite',
            composite: {
              max_total_spans_per_second: 1000,
              policy_order: ['one'],
              composite_sub_policy: [{ name: 'one', type: 'always_sample' }],
              rate_allocation: [{ policy: 'one', percent: 50 }],
            },
          },
          { name: 'budget', type: 'rate_limiting', rate_limiting: { spans_per_second: 50 } },
        ],
      },
      store: { url: 'https://otlp.example.com' },
    },
  ],
])('the collector accepts %s', async (name, options) => {
  const one = gatewayPod(objectsOf(options), join(folder, name), ports);
  execFileSync(await engineBinary('otelcol-k8s'), ['validate', ...one.args], {
    stdio: 'pipe',
    env: { ...process.env, ...one.env },
  });
});
