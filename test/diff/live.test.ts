import { describe, expect, test } from 'vitest';
import { compareLive } from '../../src/diff/live/compare-live.js';
import { pruned } from '../../src/diff/live/pruned.js';
import { NotAllowed, type Send } from '../../src/diff/live/request.js';

const labels = {
  'app.kubernetes.io/instance': 'crowsnest',
  'app.kubernetes.io/managed-by': 'crowsnest',
};

const service = (name: string, port: number) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'crowsnest', labels },
  spec: { ports: [{ port }] },
});

type Refusals = Readonly<Record<string, { status: number; message: string }>>;

/** An API server that knows Services, and sets their type. */
const server =
  (stored: readonly ReturnType<typeof service>[], refused: Refusals = {}): Send =>
  async ({ method = 'GET', path, body }) => {
    const [place = '', query = ''] = path.split('?');
    const { status, message } = refused[`${method} ${place}`] ?? {};
    if (status) return { status, body: { message } };
    const served = (one: object) => ({ ...one, spec: { ...Object(one).spec, type: 'ClusterIP' } });
    const root = '/api/v1/namespaces/crowsnest/services';
    if (place === '/api/v1') {
      const resources = [{ kind: 'Service', name: 'services', namespaced: true }];
      return { status: 200, body: { resources } };
    }
    if (place === root) {
      return { status: 200, body: { items: stored.map(({ kind, apiVersion, ...one }) => one) } };
    }
    if (method === 'PATCH') {
      expect(query).toContain('dryRun=All');
      return { status: 200, body: served(body!) };
    }
    const found = stored.find(({ metadata }) => place === `${root}/${metadata.name}`);
    return found ? { status: 200, body: served(found) } : { status: 404, body: {} };
  };

describe('a comparison with a cluster', () => {
  test('has what an apply changes, and what no manifest has any more', async () => {
    const stored = [service('a', 1), service('b', 2), service('gone', 3)];
    const wanted = [service('a', 1), service('b', 5), service('c', 4)];
    const { isNew, unlisted, changes } = await compareLive(wanted, server(stored));
    expect({ isNew, unlisted }).toEqual({ isNew: false, unlisted: [] });
    expect(changes.map(({ kind, subject }) => `${kind} ${subject}`).sort()).toEqual([
      'added Service crowsnest/c',
      'changed Service crowsnest/b',
      'removed Service crowsnest/gone',
    ]);
  });

  const path = '/api/v1/namespaces/crowsnest/services';

  test('has what the API server rejects, and why', async () => {
    const refused = { [`PATCH ${path}/a`]: { status: 422, message: 'port is invalid' } };
    const { changes } = await compareLive([service('a', 0)], server([service('a', 1)], refused));
    expect(changes).toMatchObject([
      { effect: 'is rejected', details: [{ what: 'port is invalid' }] },
    ]);
  });

  test('is not made without the permission for it', async () => {
    const message = 'services "a" is forbidden: User "x" cannot patch resource "services"';
    for (const method of ['GET', 'PATCH']) {
      const send = server([service('a', 1)], { [`${method} ${path}/a`]: { status: 403, message } });
      await expect(compareLive([service('a', 1)], send)).rejects.toThrow(NotAllowed);
    }
  });

  test('names the kinds that may not be listed', async () => {
    const send = server([service('a', 1)], { [`GET ${path}`]: { status: 403, message: '' } });
    expect(await compareLive([service('a', 1)], send)).toEqual({
      isNew: false,
      changes: [],
      unlisted: ['Service'],
    });
  });
});

test.each([
  ['a field', { a: 1, b: 2 }, { a: 1, b: 2 }, { a: 1 }, { a: 1 }],
  ['no field of others', { a: 1, b: 2 }, { a: 1 }, { a: 1 }, { a: 1, b: 2 }],
  ['an item', [{ name: 'a' }, { name: 'b' }], [{ name: 'b' }], [], [{ name: 'a' }]],
  [
    'a field of an item',
    [{ name: 'a', x: 1, y: 2 }],
    [{ name: 'a', x: 1 }],
    [{ name: 'a' }],
    [{ name: 'a', y: 2 }],
  ],
  ['no item without a name', ['a', 'b'], ['a'], [], ['a', 'b']],
])('a client-side apply removes %s', (_, result, last, wanted, expected) => {
  expect(pruned(result, last, wanted)).toEqual(expected);
});
