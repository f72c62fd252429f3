import { describe, expect, test } from 'vitest';
import endpoints from '../../src/checks/network/endpoints.js';
import { backend } from '../../src/components/redis-exporter/backend.js';
import {
  type RedisExporterOptions,
  redisExporter,
} from '../../src/components/redis-exporter/redis-exporter.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { sizings } from '../../src/environment/sizing.js';
import { validate } from '../../src/environment/validate.js';
import { readme } from '../../src/output/readme.js';
import { changed, inputOf, type Mutable, manifestOf } from '../checks/input.js';
import type { Whole } from '../checks/whole.js';
import { build, minimal } from '../environment.js';
import options from './options/redis-exporter.js';
import { review } from './review.js';
import { synthesize } from './synthesis.js';

const at = { kind: 'pods', namespace: 'shop', labels: { app: 'redis' }, port: 6379 } as const;
const plain = { name: 'carts', host: 'redis.shop.svc', port: 6379, at };

const tunnel = { kind: 'plain', reason: 'a mesh encrypts the traffic' } as const;

const least: RedisExporterOptions = {
  servers: [plain],
  resources: sizings.small.redisExporter,
};

const all: Whole<RedisExporterOptions> = {
  servers: options.servers.slice(0, 1),
  resources: { cpu: '60m', memory: '80Mi', memoryLimit: '300Mi' },
};

test.each([
  ['default', least],
  ['all', all],
])('the manifests of redis-exporter match the snapshot: %s', async (name, one) => {
  const { objects: own } = synthesize(redisExporter(one), minimal, one.servers.map(backend));
  await expect(review(own)).toMatchFileSnapshot(`./snapshots/redis-exporter-${name}.yaml`);
});

const environment: EnvironmentOptions = {
  ...minimal,
  redisExporter: {
    servers: [
      { ...plain, password: { secret: 'redis-carts', key: 'passwords.json' }, tls: tunnel },
      { ...plain, name: 'sessions', host: 'redis.example.com', user: 'monitoring' },
    ],
  },
};
const stack = build(environment);
const objects: Mutable[] = stack.manifests.map(({ object }) => object);
const of = (kind: string, name: string): Mutable =>
  manifestOf(stack, `${kind} crowsnest/crowsnest-${name}`).object;

test('without servers, no manifests ship', () => {
  const names = build(minimal).manifests.map(({ object }) => object.metadata.name);
  expect(names.filter((name) => name.includes('redis'))).toEqual([]);
});

describe('each server', () => {
  test('has its own exporter and scrape job, with a label for the server', () => {
    const text = of('ConfigMap', 'prometheus-config').data['prometheus.yml'];
    for (const name of ['carts', 'sessions']) {
      expect(of('Deployment', `redis-exporter-${name}`).spec.replicas).toBe(1);
      const [, job = ''] = text.split(`job_name: redis-exporter-${name}\n`);
      expect(job.split('job_name:')[0]).toContain(
        `target_label: server\n        replacement: ${name}\n`,
      );
    }
  });

  test('accepts only its own exporter', () => {
    const ports = (name: string) =>
      of('NetworkPolicy', `redis-exporter-${name}`).spec.egress.flatMap(({ to, ports }: Mutable) =>
        to.flatMap(({ namespaceSelector }: Mutable) =>
          namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] === 'shop' ? ports : [],
        ),
      );
    expect(ports('carts')).toEqual([{ port: 6379, protocol: 'TCP' }]);
  });

  test('gives its password only to its own exporter', () => {
    const secrets = (name: string) =>
      (of('Deployment', `redis-exporter-${name}`).spec.template.spec.volumes ?? []).flatMap(
        ({ secret }: Mutable) => secret?.secretName ?? [],
      );
    expect(secrets('carts')).toEqual(['redis-carts']);
    expect(secrets('sessions')).toEqual([]);
  });

  test('must have a password in the format of the exporter, with the URL of its argument', () => {
    expect(stack.prerequisites).toContainEqual(
      expect.objectContaining({
        kind: 'Secret',
        name: 'redis-carts',
        namespace: 'crowsnest',
        keys: { 'passwords.json': 'JSON: {"redis://redis.shop.svc:6379": "the password"}' },
        purpose: 'lets redis-exporter reach redis-carts',
      }),
    );
    const [container] = of('Deployment', 'redis-exporter-carts').spec.template.spec.containers;
    expect(container.args).toContain('--redis.addr=redis://redis.shop.svc:6379');
  });

  test('with a user has a password with the URL that contains the user', () => {
    const [server] = options.servers;
    const prerequisites = redisExporter({ ...all, servers: [server!] }).prerequisites ?? [];
    expect(prerequisites.flatMap(({ keys }) => keys?.['passwords.json'] ?? [])).toEqual([
      'JSON: {"rediss://monitoring@redis-0.redis.databases.svc:6380": "the password"}',
    ]);
  });
});

test('the README has the rights of each user', () => {
  expect(readme(stack)).toContain('# sessions\nACL SETUSER monitoring on >PASSWORD -@all +client');
  expect(readme(stack)).not.toContain('# carts');
});

test('an exporter that connects to another server is reported', () => {
  expect(endpoints.run(inputOf(stack))).toEqual([]);
  const wrong = changed(stack, 'Deployment crowsnest/crowsnest-redis-exporter-carts', (one) => {
    const [container] = one.spec.template.spec.containers;
    container.args = container.args.map((arg: string) => arg.replace(':6379', ':6380'));
  });
  expect(endpoints.run(wrong).map(({ severity }) => severity)).toContain('error');
});

test('the page that connects to any server in a request is disabled', () => {
  const deployments = objects.filter(({ kind, metadata }) => {
    return kind === 'Deployment' && metadata.name.includes('redis-exporter');
  });
  expect(deployments.length).toBe(2);
  for (const { spec } of deployments)
    expect(spec.template.spec.containers[0].args).toContain('--disable-scrape-endpoint');
});

describe('the connection to a server', () => {
  const password = { secret: 'redis-carts', key: 'passwords.json' };
  const findingsOf = (more: object) =>
    validate(
      {
        ...minimal,
        redisExporter: { servers: [{ ...plain, ...more }] },
      } as EnvironmentOptions,
      'test',
      'environments/test.ts',
    ).findings.map(({ place, remedy }) => [place.path, remedy]);

  test('has TLS or a reason if it has a password', () => {
    expect(findingsOf({ password })).toEqual([
      [
        'redisExporter.servers[0].tls',
        expect.stringContaining("{ kind: 'plain', reason: '…' }: without TLS, everybody"),
      ],
    ]);
    expect(findingsOf({ password, tls: tunnel })).toEqual([]);
    expect(findingsOf({ password, host: 'redis.example.com', tls: {} })).toEqual([]);
    expect(findingsOf({})).toEqual([]);
  });

  test('has a certificate that can be verified', () => {
    const certificateAuthority = { secret: 'redis', key: 'ca.crt' };
    expect(findingsOf({ tls: {} })).toEqual([
      ['redisExporter.servers[0].tls', expect.stringContaining('no public certificate authority')],
    ]);
    expect(findingsOf({ tls: { certificateAuthority } })).toEqual([]);
    expect(findingsOf({ tls: { kind: 'verify-full', certificateAuthority } })).toEqual([]);
  });

  test('without TLS is listed in the generated README with its reason', () => {
    expect(readme(stack)).toContain('## Redis without TLS');
    expect(readme(stack)).toContain('- carts: a mesh encrypts the traffic');
  });
});
