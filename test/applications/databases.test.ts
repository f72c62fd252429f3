import { expect, test } from 'vitest';
import { postgres, redis } from '../../src/applications/declared/database.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { minimal } from '../environment.js';
import { projectWith } from './project.js';

const server = {
  host: 'orders-db.shop.svc',
  user: 'exporter',
  password: { secret: 'orders-db', key: 'password' },
  tls: { kind: 'verify-full', certificateAuthority: { secret: 'orders-db', key: 'ca.crt' } },
  at: { kind: 'pods', namespace: 'shop', labels: { app: 'orders-db' } },
} as const;

const applicationWith = (name: string, options: object) => ({
  name,
  namespace: 'shop',
  labels: { app: name },
  traces: true,
  dependsOn: [postgres({ ...server, ...options })],
});

const source = `export default application({
  dependsOn: [
    postgres({
      host: 'orders-db.shop.svc',
      user: 'exporter',
    }),
  ],
});`;

/** Findings of two applications with a database; those of the second one have lines. */
const found = async (first: object, second: object, more: Partial<EnvironmentOptions> = {}) => {
  const { findings } = await projectWith(
    {
      'environments/test.ts': { ...minimal, ...more },
      'applications/billing.ts': applicationWith('billing', first),
      'applications/orders.ts': applicationWith('orders', second),
    },
    { 'applications/orders.ts': source },
  );
  return findings.map(({ code, place, message, remedy }) => ({
    at: `${code} ${place.file?.split('/').slice(-2).join('/')}:${place.line} ${place.path}`,
    text: `${message} ${remedy}`,
  }));
};

test('two applications can state the same server, with its options in another order', async () => {
  expect(await found({}, Object.fromEntries(Object.entries(server).reverse()))).toEqual([]);
});

test('another option has its place, and the message has that of the other server', async () => {
  expect(await found({ user: 'reader' }, {})).toEqual([
    {
      at: 'applications/other-server applications/orders.ts:5 dependsOn[0].user',
      text: expect.stringMatching(
        /has another user in dependsOn\[0\] of \S*applications\/billing.ts/,
      ),
    },
  ]);
});

test('the other server can be one of the environment', async () => {
  const servers = [{ ...server, name: 'orders-db', user: 'reader' }];
  const [first] = await found({}, {}, { postgresExporter: { servers } });
  expect(first?.text).toContain('has another user in postgresExporter.servers[0].');
});

test('the names of long hosts can be equal by accident', async () => {
  const [primary, replica] = ['primary', 'replica'].map((one) => ({
    host: `orders-database-${one}.shop.svc`,
  }));
  expect(await found(primary!, replica!)).toEqual([
    {
      at: 'applications/other-server applications/orders.ts:4 dependsOn[0].host',
      text: expect.stringContaining("set its name: 'orders-database' results from its host"),
    },
  ]);
  expect(await found(primary!, { ...replica, name: 'orders-replica' })).toEqual([]);
});

test('a finding about the exporter has the place in the application', async () => {
  const elsewhere = { host: 'orders-db.billing.svc', name: 'elsewhere' };
  expect((await found({}, elsewhere)).map(({ at }) => at)).toEqual([
    'connections/other-place applications/orders.ts:4 dependsOn[0].host',
  ]);
});

test.each([
  [{ hots: 'orders-db.shop.svc' }, 'applications/unknown-option', 'dependsOn[0].hots'],
  [{}, 'applications/missing-option', 'dependsOn[0].host'],
])(
  'a host that is missing or misspelt is not a fault of the name: %o',
  async (host, code, path) => {
    const { host: _, ...rest } = server;
    const { findings } = await projectWith({
      'environments/test.ts': minimal,
      'applications/orders.ts': {
        name: 'orders',
        namespace: 'shop',
        labels: { app: 'orders' },
        traces: true,
        dependsOn: [{ kind: 'postgres', ...rest, ...host }],
      },
    });
    expect(findings.map(({ code, place }) => [code, place.path])).toEqual([[code, path]]);
  },
);

test.each([
  ['orders.abc.eu-central-1.rds.amazonaws.com', undefined, 1],
  ['orders.abc.rds.cn-north-1.amazonaws.com.cn', undefined, 1],
  ['orders.cluster-abc.eu-central-1.rds.amazonaws.com', { kind: 'verify-full' }, 1],
  ['orders.abc.eu-central-1.rds.amazonaws.com', server.tls, 0],
  ['orders.abc.eu-central-1.rds.amazonaws.com', { kind: 'plain', reason: 'in one network' }, 0],
  ['orders.proxy-abc.eu-central-1.rds.amazonaws.com', undefined, 0],
  ['orders.postgres.database.azure.com', undefined, 0],
] as const)('the server %s with TLS %j has warnings: %i', async (host, tls, count) => {
  const at = { kind: 'addresses' as const, cidrs: ['10.0.8.0/24'] };
  const declared = await projectWith({
    'environments/test.ts': minimal,
    'applications/orders.ts': {
      ...applicationWith('orders', {}),
      dependsOn: [postgres({ ...server, name: 'orders', host, tls, at })],
    },
  });
  const own = await projectWith({
    'environments/test.ts': {
      ...minimal,
      postgresExporter: { servers: [{ ...server, name: 'orders', host, tls, at }] },
    },
  });
  const codes = [declared, own].map(({ findings }) => findings.map(({ code }) => code));
  expect(codes).toEqual(
    count === 0 ? [[], []] : [['applications/private-authority'], ['config/private-authority']],
  );
});

test.each([
  ['no-password', postgres({ ...server, host: 'bills.shop.svc', password: undefined })],
  ['unverifiable-database', postgres({ ...server, host: 'bills.shop.svc', tls: undefined })],
  [
    'open-password',
    redis({
      host: 'bills.shop.svc',
      password: { secret: 'a', key: 'b' },
      at: server.at,
    }),
  ],
])('the remedy of %s names the server of the application', async (fault, database) => {
  const { findings } = await projectWith({
    'environments/test.ts': minimal,
    'applications/orders.ts': { ...applicationWith('orders', {}), dependsOn: [database] },
  });
  const finding = findings.find(({ code }) => code === `applications/${fault}`);
  expect(finding?.remedy).toContain("{ secret: 'bills', key: '");
});
