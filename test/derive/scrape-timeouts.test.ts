import { expect, test } from 'vitest';
import { longTimeouts } from '../../src/derive/scrape-timeouts.js';
import { metrics } from '../../src/model/offer.js';
import { connection } from './declare.js';

const found = (interval: string | undefined, timeout: string | undefined) =>
  longTimeouts(
    [
      connection({ port: 80, offers: [metrics('/metrics', { interval, timeout })] }),
      connection({ port: 53, offers: [{ capability: 'dns' }] }),
    ],
    '30s',
  );

test.each([
  [undefined, undefined],
  ['5s', undefined],
  ['5s', '5s'],
  ['1m', '60s'],
  [undefined, '30s'],
])('a scrape every %s may last %s', (interval, timeout) => {
  expect(found(interval, timeout)).toEqual([]);
});

test('a timeout that is longer than the interval is reported where the party declares it', () => {
  expect(found('5s', '10s')).toMatchObject([
    {
      code: 'connections/long-timeout',
      place: { path: 'cart.endpoints.web.offers[0].timeout' },
      value: '10s',
      remedy: 'Set it to at most 5s, or set a longer interval.',
    },
  ]);
});

test('without an interval, that of the environment applies', () => {
  expect(found(undefined, '45s')).toMatchObject([
    { value: '45s', message: expect.stringContaining('30s') },
  ]);
});
