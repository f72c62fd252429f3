import { expect, test } from 'vitest';
import { rotationText } from '../../src/output/rotation.js';
import { build, minimal, withFewComponents } from '../environment.js';

const server = {
  host: 'db.example.com',
  user: 'monitoring',
  database: 'orders',
  tls: { kind: 'plain' as const, reason: 'a tunnel encrypts it' },
  at: { kind: 'addresses' as const, cidrs: ['192.0.2.1/32'] },
};

const stackWith = (versions: Record<string, string>) =>
  build({
    ...minimal,
    ...withFewComponents,
    postgresExporter: {
      servers: [
        { ...server, name: 'orders', password: { secret: 'orders', key: 'password' } },
        { ...server, name: 'billing', password: { secret: 'billing', key: 'password' } },
      ],
    },
    prometheus: {
      remoteWrite: [
        {
          name: 'central',
          url: 'https://metrics.example.com/push',
          authentication: { kind: 'bearer', token: { secret: 'central', key: 'token' } },
        },
      ],
    },
    secrets: { versions },
  });

/** The text of each object, by its name. */
const objects = (versions: Record<string, string>) =>
  Object.fromEntries(
    stackWith(versions).manifests.map(({ object }) => [
      `${object.kind} ${object.metadata.name}`,
      JSON.stringify(object),
    ]),
  );

test('another version restarts exactly the pods that read the Secret only at their start', () => {
  const before = objects({ orders: '1' });
  const after = objects({ orders: '2' });
  expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual([
    'Deployment crowsnest-postgres-exporter-orders',
  ]);
});

test.each([
  ['order', "Nothing reads the Secret 'order'.", 'orders'],
  ['central', "No pod has to restart for a new value of the Secret 'central'.", undefined],
])(
  'a version of the Secret %s is an error if it is misspelt, otherwise a warning',
  (name, message, meant) => {
    expect(stackWith({ [name]: '2' }).findings).toEqual([
      expect.objectContaining({
        code: meant ? 'config/unknown-secret' : 'config/unused-secret',
        severity: meant ? 'error' : 'warning',
        message,
        place: { path: `secrets.versions['${name}']` },
        ...(meant && { suggestion: meant }),
      }),
    ]);
  },
);

test('the text of a rotation states what to do', () => {
  expect(rotationText({ kind: 'reread' }, 'a')).toBe('read again within about two minutes');
  expect(rotationText({ kind: 'reread', when: 'at the next run' }, 'a')).toBe(
    'read again at the next run',
  );
  expect(rotationText({ kind: 'restart' }, 'a')).toBe(
    "read at the start: change secrets.versions['a'], synthesize and apply",
  );
  expect(rotationText({ kind: 'manual', steps: 'ask.' }, 'a')).toBe('by hand: ask.');
});
