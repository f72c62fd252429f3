import { expect, test } from 'vitest';
import { z } from 'zod';
import { withoutCredentials, withoutPasswords } from '../../src/model/credential.js';
import { findingOf } from '../../src/model/fault.js';
import { validateValue } from '../../src/schema/validate-value.js';

test.each([
  ['https://user:hunter2@example.com/x', 'https://user:…@example.com/x'],
  ['amqp://:hunter2@queue', 'amqp://:…@queue'],
  ['https://glpat-token@example.com/x@y', 'https://…@example.com/x@y'],
  ['https://hooks.slack.com/services/T0/B0/abc', 'https://hooks.slack.com/…'],
  ['https://discord.com/api/webhooks/1/abc', 'https://discord.com/api/webhooks/…'],
  ['https://x.example.com/a?access_token=abc&b=c', 'https://x.example.com/a?access_token=…&b=c'],
  ['two: a://u:p1@h and b://v:p2@i', 'two: a://u:…@h and b://v:…@i'],
  // Not passwords: a port, a reference, a user.
  ['http://example.com:9090/x@y', 'http://example.com:9090/x@y'],
  ['postgres://user:$(PASSWORD)@db', 'postgres://user:$(PASSWORD)@db'],
  ['ssh://git@example.com', 'ssh://git@example.com'],
  ['https://shop.example.com/?page=1&sort=key', 'https://shop.example.com/?page=1&sort=key'],
  ['it throws ghp_0123456789abcdefghijklmnopqrstuvwxyz at x', 'it throws … at x'],
])('a URL is shown without its password: %s', (text, shown) => {
  expect(withoutPasswords(text)).toBe(shown);
});

test('a finding shows no credential in a value of any shape', () => {
  const found = findingOf('config', {
    fault: 'unknown-option',
    severity: 'error',
    place: {},
    message: 'Unknown option.',
    remedy: 'Remove it.',
    value: {
      adminPassword: 'hunter2',
      list: [{ url: 'https://u:hunter2@h' }, { token: 'hunter2' }],
      headers: { 'X-Api-Key': { values: ['hunter2', '/etc/key'] } },
      password: { secret: 'grafana', key: 'password' },
    },
  });
  expect(JSON.stringify(found)).not.toContain('hunter2');
  expect(found.value).toMatchObject({ password: { secret: 'grafana', key: 'password' } });
});

test('a finding shows no credential in an option that is unknown below the name of a credential', () => {
  const schema = z.strictObject({ 'X-Api-Key': z.strictObject({}) });
  const { faults } = validateValue(schema, { 'X-Api-Key': { value: ['hunter2'] } }, 'a.ts');
  expect(faults).toMatchObject([{ fault: 'unknown-option', value: ['…'] }]);
});

test('a finding shows no password of a URL', () => {
  const found = findingOf('config', {
    fault: 'invalid-value',
    severity: 'error',
    place: {},
    message: 'https://u:hunter2@h is not allowed.',
    remedy: 'Remove it.',
    value: 'https://u:hunter2@h',
  });
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

test('a value of a finding can be written as JSON and printed', () => {
  const own: Record<string, unknown> = {};
  own.self = own;
  const thrower = Object.defineProperty({}, 'a', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });
  const all = { own, thrower: 1, big: 10n, error: new Error('a\n    at b:1:1'), map: new Map() };
  expect(JSON.parse(JSON.stringify(withoutCredentials(all)))).toEqual({
    own: { self: '[Circular]' },
    thrower: 1,
    big: '10n',
    error: '[Error: a]',
    map: '[object Map]',
  });
  expect(withoutCredentials(thrower)).toBe('[cannot be read]');
});
