import { describe, expect, test } from 'vitest';
import { secretsText } from '../../src/cli/secrets/format.js';
import { listSecrets } from '../../src/cli/secrets/list.js';
import { stateOf } from '../../src/cli/secrets/state.js';
import { type ClusterConnection, Unreachable } from '../../src/cluster/connection.js';
import { build, minimal, withFewComponents } from '../environment.js';
import { wrongUsage } from './wrong-usage.js';

const stack = build({
  ...minimal,
  ...withFewComponents,
  pullSecrets: ['registry'],
  grafana: { credentials: { secret: 'grafana-credentials' } },
  prometheus: {
    remoteWrite: [
      {
        name: 'central',
        url: 'https://metrics.example.com/push',
        authentication: { kind: 'bearer', token: { secret: 'central', key: 'token' } },
      },
    ],
  },
});

describe('the list', () => {
  const listed = listSecrets(stack);

  test('has each Secret with its keys, its readers and the command that creates it', () => {
    expect(listed.find(({ name }) => name === 'central')).toEqual({
      namespace: 'crowsnest',
      name: 'central',
      keys: [{ key: 'token', holds: 'bearer token' }],
      readers: [
        {
          party: 'prometheus',
          purpose: 'lets prometheus reach central',
          keys: ['token'],
          rotation: { kind: 'reread' },
        },
      ],
      createdBy: 'kubectl -n crowsnest create secret generic central --from-file=token=./token',
    });
    expect(listed.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([
      'crowsnest-agents/registry',
      'crowsnest/central',
      'crowsnest/grafana-credentials',
      'crowsnest/registry',
    ]);
  });

  test('as text has one paragraph for each Secret', () => {
    const secrets = listed.filter(({ name }) => name !== 'registry');
    expect(secretsText([{ environment: 'test', secrets }])).toMatchInlineSnapshot(`
      "test
        crowsnest/central
          token  bearer token
          read by prometheus: lets prometheus reach central
            another value is read again within about two minutes
          created by: kubectl -n crowsnest create secret generic central --from-file=token=./token

        crowsnest/grafana-credentials
          admin-user      user name of the first administrator
          admin-password  password of the first administrator, read once at the first start
          secret-key      encrypts the secrets in the database of Grafana; keep it as long as the volume
          read by grafana: Grafana's credentials
            another value is by hand: Grafana has stored them. Change the password of the administrator in its pages, or with \`grafana cli admin reset-admin-password\`, and then in the Secret. Keep secret-key: without it, Grafana cannot decrypt what its database has, so that the volume would have to be deleted with it
          created by: kubectl -n crowsnest create secret generic grafana-credentials --from-file=admin-user=./admin-user --from-file=admin-password=./admin-password --from-file=secret-key=./secret-key
      "
    `);
    expect(secretsText([{ environment: 'none', secrets: [] }])).toBe(
      'none: no Secrets must exist.\n',
    );
  });
});

describe('the check in a cluster', () => {
  const secret = listSecrets(stack).find(({ name }) => name === 'grafana-credentials')!;
  const value = Buffer.from('correct horse').toString('base64');

  /** What is found of the Secret if the API server answers this. */
  const found = (status: number, data?: Record<string, string>) => {
    const connection: ClusterConnection = {
      context: 'test',
      server: 'https://test',
      send: async ({ path }) =>
        path === '/api/v1/namespaces/crowsnest/secrets/grafana-credentials'
          ? { status, body: JSON.stringify({ data }) }
          : { status: 500, body: '' },
    };
    return stateOf(secret, connection);
  };

  test.each([
    [200, { 'admin-user': value, 'admin-password': value, 'secret-key': value }, 'exists'],
    [
      200,
      { 'admin-user': value, 'admin-password': '' },
      'WITHOUT secret-key, EMPTY admin-password',
    ],
    [200, undefined, 'WITHOUT admin-user, admin-password and secret-key'],
    [404, undefined, 'MISSING'],
    [
      403,
      undefined,
      'UNKNOWN, since you may not get it (403): ask for the verb get on this Secret',
    ],
  ])('answered with %i and %j says so, without a value', async (status, data, told) => {
    const state = await found(status, data);
    const text = secretsText([{ environment: 'test', secrets: [{ ...secret, state }] }]);
    expect(text).toContain(`  crowsnest/grafana-credentials: ${told}\n`);
    expect(`${text}${JSON.stringify(state)}`).not.toMatch(new RegExp(`correct horse|${value}`));
  });

  test('rejected credentials are an error', async () => {
    await expect(found(401)).rejects.toThrow(Unreachable);
    await expect(found(500)).rejects.toThrow('status 500');
  });
});

test('a context without --check is wrong usage', async () => {
  expect(await wrongUsage('secrets', '--context', 'a')).toContain('--context is only for --check.');
});
