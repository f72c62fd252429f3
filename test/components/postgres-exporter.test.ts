import { describe, expect, test } from 'vitest';
import endpoints from '../../src/checks/network/endpoints.js';
import { backend } from '../../src/components/postgres-exporter/backend.js';
import {
  type PostgresExporterOptions,
  postgresExporter,
} from '../../src/components/postgres-exporter/postgres-exporter.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { sizings } from '../../src/environment/sizing.js';
import { validate } from '../../src/environment/validate.js';
import { readme } from '../../src/output/readme.js';
import { changed, inputOf, type Mutable, manifestOf } from '../checks/input.js';
import type { Whole } from '../checks/whole.js';
import { build, minimal } from '../environment.js';
import options from './options/postgres-exporter.js';
import { review } from './review.js';
import { synthesize } from './synthesis.js';

const at = { kind: 'pods', namespace: 'shop', labels: { app: 'postgres' }, port: 5432 } as const;
const outside = { kind: 'addresses' as const, cidrs: ['192.0.2.8/32'] };
const password = { secret: 'postgres-orders', key: 'password' };
const plain = {
  name: 'orders',
  host: 'orders-db.shop.example',
  port: 5432,
  user: 'monitoring',
  password,
  database: 'postgres',
  tls: { kind: 'verify-full' },
  at,
} as const;

const least: PostgresExporterOptions = {
  servers: [plain],
  resources: sizings.small.postgresExporter,
};

const all: Whole<PostgresExporterOptions> = {
  servers: options.servers.slice(0, 1),
  resources: { cpu: '60m', memory: '80Mi', memoryLimit: '300Mi' },
};

test.each([
  ['default', least],
  ['all', all],
])('the manifests of postgres-exporter match the snapshot: %s', async (name, one) => {
  const { objects: own } = synthesize(postgresExporter(one), minimal, one.servers.map(backend));
  await expect(review(own)).toMatchFileSnapshot(`./snapshots/postgres-exporter-${name}.yaml`);
});

const client = {
  certificate: { secret: 'postgres-client', key: 'tls.crt' },
  key: { secret: 'postgres-client', key: 'tls.key' },
};
const environment: EnvironmentOptions = {
  ...minimal,
  postgresExporter: {
    servers: [
      { name: 'orders', host: 'orders-db.shop.example', user: 'monitoring', password, at },
      {
        name: 'billing',
        host: 'billing.example.com',
        user: 'billing-metrics',
        database: 'billing',
        tls: { kind: 'verify-full', client },
        at: outside,
      },
      {
        name: 'legacy',
        host: 'legacy.example.com',
        user: 'monitoring',
        password,
        tls: { kind: 'plain', reason: 'a tunnel encrypts the connection' },
        at: outside,
      },
    ],
  },
};
const stack = build(environment);
const of = (kind: string, name: string): Mutable =>
  manifestOf(stack, `${kind} crowsnest/crowsnest-${name}`).object;
const variables = (name: string): Record<string, string> => {
  const [container] = of('Deployment', `postgres-exporter-${name}`).spec.template.spec.containers;
  return Object.fromEntries(container.env.map((one: Mutable) => [one.name, one.value]));
};

test('without servers, no manifests ship', () => {
  const names = build(minimal).manifests.map(({ object }) => object.metadata.name);
  expect(names.filter((name) => name.includes('postgres'))).toEqual([]);
});

describe('each server', () => {
  test('has its own exporter and scrape job, with a label for the server', () => {
    const text = of('ConfigMap', 'prometheus-config').data['prometheus.yml'];
    for (const name of ['orders', 'billing', 'legacy']) {
      expect(of('Deployment', `postgres-exporter-${name}`).spec.replicas).toBe(1);
      const [, job = ''] = text.split(`job_name: postgres-exporter-${name}\n`);
      expect(job.split('job_name:')[0]).toContain(
        `target_label: server\n        replacement: ${name}\n`,
      );
    }
  });

  test('gives its Secrets only to its own exporter, with a mode that the driver accepts', () => {
    const secrets = (name: string) =>
      of('Deployment', `postgres-exporter-${name}`).spec.template.spec.volumes.flatMap(
        ({ secret }: Mutable) => secret ?? [],
      );
    expect(secrets('orders')).toEqual([{ secretName: 'postgres-orders', defaultMode: 0o440 }]);
    expect(secrets('billing')).toEqual([{ secretName: 'postgres-client', defaultMode: 0o440 }]);
  });

  test('verifies the certificate and the host name unless its options have a reason', () => {
    expect(variables('orders').DATA_SOURCE_URI).toBe(
      'orders-db.shop.example:5432/postgres?sslmode=verify-full&connect_timeout=3&lock_timeout=1000&application_name=postgres_exporter',
    );
    expect(variables('legacy').DATA_SOURCE_URI).toContain('sslmode=disable');
    expect(readme(stack)).toContain('- legacy: a tunnel encrypts the connection');
  });

  test('has its password only in a file, and needs none with a client certificate', () => {
    expect(variables('orders')).toMatchObject({
      DATA_SOURCE_USER: 'monitoring',
      DATA_SOURCE_PASS_FILE: '/etc/crowsnest/secrets/postgres-orders/password',
    });
    expect(variables('billing')).not.toHaveProperty('DATA_SOURCE_PASS_FILE');
    expect(stack.prerequisites).toContainEqual(
      expect.objectContaining({
        kind: 'Secret',
        name: 'postgres-orders',
        namespace: 'crowsnest',
        keys: { password: 'password of the user monitoring' },
        purpose: expect.stringContaining('lets postgres-exporter reach postgres-orders'),
      }),
    );
  });
});

test('a server without a password and without a client certificate is reported', () => {
  const { findings } = validate(
    {
      ...minimal,
      postgresExporter: {
        servers: [{ name: 'orders', host: 'orders-db.shop.example', user: 'monitoring', at }],
      },
    },
    'test',
    'environments/test.ts',
  );
  expect(findings).toMatchObject([
    {
      code: 'config/missing-option',
      message: 'The option `password` is required.',
      place: { path: 'postgresExporter.servers[0].password' },
      remedy: expect.stringContaining('unless tls.client has a certificate'),
    },
  ]);
});

test('the README has the statements that create each user', () => {
  expect(readme(stack)).toContain(
    [
      '-- billing',
      'CREATE ROLE "billing-metrics" LOGIN CONNECTION LIMIT 5;',
      'GRANT pg_monitor TO "billing-metrics";',
      'GRANT CONNECT ON DATABASE "billing" TO "billing-metrics";',
    ].join('\n'),
  );
});

test.each([
  ['another port', ':5432/', ':5433/'],
  ['another host', 'orders-db.shop.example', 'carts-db.shop.example'],
])('an exporter that connects to %s is reported', (_, before, after) => {
  expect(endpoints.run(inputOf(stack))).toEqual([]);
  const wrong = changed(stack, 'Deployment crowsnest/crowsnest-postgres-exporter-orders', (one) => {
    const [container] = one.spec.template.spec.containers;
    for (const variable of container.env) variable.value = variable.value.replace(before, after);
  });
  expect(endpoints.run(wrong).map(({ severity }) => severity)).toContain('error');
});

test('a server in the cluster without a certificate authority is reported', () => {
  const one = { name: 'orders', host: 'orders-db.shop.svc', user: 'monitoring', password, at };
  const findingsOf = (tls?: object) =>
    validate(
      {
        ...minimal,
        postgresExporter: { servers: [{ ...one, ...(tls && { tls }) }] },
      } as EnvironmentOptions,
      'test',
      'environments/test.ts',
    ).findings.map(({ place }) => place.path);
  const certificateAuthority = { secret: 'orders-db', key: 'ca.crt' };
  expect(findingsOf()).toEqual(['postgresExporter.servers[0].tls']);
  expect(findingsOf({ kind: 'verify-full', certificateAuthority })).toEqual([]);
  expect(findingsOf({ kind: 'plain', reason: 'a mesh encrypts it' })).toEqual([]);
});
