import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { optional } from '../../src/model/consumption.js';
import type { Endpoint } from '../../src/model/endpoint.js';
import { offer } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { type Mutable, manifestOf } from '../checks/input.js';
import { build, minimal } from '../environment.js';

type Gateway = NonNullable<EnvironmentOptions['otelGateway']>;

const shop: Party = {
  name: 'shop',
  workloads: { web: { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } },
  endpoints: {},
  consumes: [optional('traces', { variant: 'grpc' })],
};

const withStore = (store: Gateway['store']) =>
  build({ ...minimal, otelGateway: { enabled: true, store }, parties: [shop] });

/** A party to which the gateway sends by choice. */
const tempo = (endpoint: Partial<Endpoint>): Party => ({
  name: 'tempo',
  workloads: { tempo: { kind: 'pods', namespace: 'tempo', labels: { app: 'tempo' } } },
  endpoints: {
    otlp: {
      port: 4317,
      scheme: 'grpc',
      host: 'tempo.tempo.svc',
      offers: [offer('traces', { variant: 'grpc' })],
      ...endpoint,
    },
  },
  consumes: [],
});

const withParty = (endpoint: Partial<Endpoint>) =>
  build({
    ...minimal,
    otelGateway: { enabled: true },
    choices: { 'otel-gateway.traces': 'tempo' },
    parties: [shop, tempo(endpoint)],
  });

const fileOf = (stack: ReturnType<typeof build>): Mutable => {
  const name = 'ConfigMap crowsnest/crowsnest-otel-gateway-config';
  return parse(manifestOf(stack, name).object.data['config.yaml']);
};

/** Where and how it sends traces, and the extensions with which it logs in. */
const clientOf = (stack: ReturnType<typeof build>) => {
  const { exporters, extensions, service } = fileOf(stack);
  const [type, { endpoint, tls, auth }] = Object.entries<Mutable>(exporters).find(([name]) =>
    name.endsWith('/traces'),
  )!;
  const { health_check, file_storage, ...logins } = extensions;
  expect(service.extensions).toEqual(['health_check', 'file_storage', ...Object.keys(logins)]);
  return { type, endpoint, tls, auth: auth?.authenticator, logins };
};

const secret = { secret: 'tempo', key: 'token' };

describe('a party that receives traces', () => {
  test('is reached without TLS and credentials if it needs none', () => {
    expect(clientOf(withParty({}))).toEqual({
      type: 'otlp_grpc/traces',
      endpoint: 'tempo.tempo.svc:4317',
      tls: { insecure: true },
      auth: undefined,
      logins: {},
    });
  });

  test.each<[string, Partial<Endpoint>, string, object]>([
    ['by a public authority', { verification: { kind: 'public-ca' } }, '4317', {}],
    [
      'by that of the cluster, the default',
      {},
      '4317',
      { ca_file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' },
    ],
    [
      'for another name',
      { verification: { kind: 'cluster-ca', serverName: 'tempo.local' } },
      '4317',
      {
        ca_file: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
        server_name_override: 'tempo.local',
      },
    ],
    [
      'not at all',
      { verification: { kind: 'unverified', reason: 'it has no certificate yet' } },
      '4317',
      { insecure_skip_verify: true },
    ],
    // The default port of https must not get lost.
    ['at port 443', { port: 443, verification: { kind: 'public-ca' } }, '443', {}],
  ])('is verified %s', (_, endpoint, port, tls) => {
    expect(clientOf(withParty({ scheme: 'https', ...endpoint }))).toMatchObject({
      endpoint: `tempo.tempo.svc:${port}`,
      tls: { insecure: false, ...tls },
    });
  });

  test.each<[string, Endpoint['authentication'], string, object]>([
    [
      'a token',
      { kind: 'bearer', token: secret },
      'bearertokenauth/traces',
      { filename: '/etc/crowsnest/secrets/tempo/token' },
    ],
    [
      'a password',
      { kind: 'basic', username: 'gateway', password: secret },
      'basicauth/traces',
      {
        client_auth: {
          username: 'gateway',
          password_file: '/etc/crowsnest/secrets/tempo/token',
        },
      },
    ],
    [
      'the token of its service account',
      { kind: 'token', audience: 'tempo', grants: [] },
      'bearertokenauth/traces',
      { filename: '/var/run/secrets/crowsnest/tokens/tempo' },
    ],
  ])('gets %s', (_, authentication, auth, settings) => {
    const stack = withParty({ scheme: 'https', authentication });
    expect(stack.findings).toEqual([]);
    expect(clientOf(stack)).toMatchObject({ auth, logins: { [auth]: settings } });
    const folder = Object.values(settings)
      .flatMap((one) => (typeof one === 'string' ? one : one.password_file))[0]
      .replace(/\/[^/]+$/, '');
    const { containers } = manifestOf(stack, 'StatefulSet crowsnest/crowsnest-otel-gateway').object
      .spec.template.spec;
    expect(containers[0].volumeMounts.map(({ mountPath }: Mutable) => mountPath)).toContain(folder);
  });

  test.each<[string, Partial<Endpoint>, string, string]>([
    ['has no host', { host: undefined }, 'receiver-host', 'host'],
    [
      'needs a token without TLS',
      { authentication: { kind: 'bearer', token: secret } },
      'receiver-login',
      'scheme',
    ],
    [
      'needs a secret whose use is unknown',
      { scheme: 'https', authentication: { kind: 'secret', secret } },
      'receiver-login',
      'authentication',
    ],
  ])('is rejected at its option if it %s', (_, endpoint, fault, field) => {
    expect(withParty(endpoint).findings).toMatchObject([
      {
        code: `connections/${fault}`,
        severity: 'error',
        place: { path: `parties[1].endpoints.otlp.${field}` },
      },
    ]);
  });
});

describe('an outside store', () => {
  const url = 'https://otlp.example.com';

  test('needs no choice, and applications send to the gateway', () => {
    const stack = withStore({ url });
    expect(stack.findings).toEqual([]);
    const lines = stack.connections
      .filter(({ capability }) => capability === 'traces')
      .map(({ consumer, provider }) => `${consumer.party} → ${provider.party}`);
    expect(lines.sort()).toEqual(['otel-gateway → trace-store', 'shop → otel-gateway']);
    expect(clientOf(stack)).toMatchObject({
      type: 'otlp_grpc/traces',
      endpoint: 'otlp.example.com:443',
      tls: { insecure: false },
    });
  });

  test('can replace Jaeger: spans are then not counted', () => {
    const stack = build({
      ...minimal,
      jaeger: { enabled: false },
      otelGateway: { enabled: true, store: { url } },
    });
    expect(stack.findings).toEqual([]);
    expect(fileOf(stack)).not.toHaveProperty('connectors');
  });

  test('receives by HTTP below its path', () => {
    expect(clientOf(withStore({ url: `${url}:8443/otlp/`, protocol: 'http' }))).toMatchObject({
      type: 'otlp_http/traces',
      endpoint: 'https://otlp.example.com:8443/otlp',
    });
  });

  test('gets a header from a Secret, which is a prerequisite', () => {
    const stack = withStore({
      url,
      authentication: { kind: 'header', name: 'x-api-key', value: secret },
    });
    expect(clientOf(stack)).toMatchObject({
      auth: 'bearertokenauth/traces',
      logins: {
        'bearertokenauth/traces': {
          filename: '/etc/crowsnest/secrets/tempo/token',
          header: 'x-api-key',
          scheme: '',
        },
      },
    });
    expect(stack.prerequisites).toContainEqual(
      expect.objectContaining({
        kind: 'Secret',
        name: 'tempo',
        namespace: 'crowsnest',
        keys: { token: 'secret of trace-store' },
        purpose: 'lets otel-gateway reach trace-store',
      }),
    );
  });

  test('in the cluster may listen on another port than its Service', () => {
    const at = { kind: 'pods', namespace: 'tempo', labels: { app: 'tempo' }, port: 14317 } as const;
    const stack = withStore({ url: 'http://tempo.tempo.svc:4317', at });
    expect(stack.findings).toEqual([]);
    expect(clientOf(stack).endpoint).toBe('tempo.tempo.svc:4317');
    const { egress } = manifestOf(stack, 'NetworkPolicy crowsnest/crowsnest-otel-gateway').object
      .spec;
    expect(egress.filter(({ to }: Mutable) => JSON.stringify(to).includes('tempo'))).toMatchObject([
      { ports: [{ port: 14317 }] },
    ]);
  });

  test.each<[string, Gateway['store'], string]>([
    ['a private name without a place', { url: 'http://tempo.tempo.svc:4317' }, 'at'],
    [
      'a credential without TLS',
      { url: 'http://otlp.example.com', authentication: { kind: 'bearer', token: secret } },
      'url',
    ],
    ['a path for gRPC', { url: `${url}/otlp` }, 'url'],
    [
      'a reason not to verify without TLS',
      { url: 'http://otlp.example.com', unverified: 'it has no certificate yet' },
      'unverified',
    ],
    ['no URL', { url: 'tempo' }, 'url'],
  ])('is rejected with %s', (_, store, field) => {
    const options = { ...minimal, otelGateway: { enabled: true, store } };
    const { findings } = validate(options, 'test', 'environments/test.ts');
    expect(findings).toMatchObject([
      { severity: 'error', place: { path: `otelGateway.store.${field}` } },
    ]);
  });
});
