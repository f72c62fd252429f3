import { expect, test } from 'vitest';
import { connect } from '../../src/derive/connections.js';
import { storesWithoutLines } from '../../src/derive/log-senders.js';
import { required } from '../../src/model/consumption.js';
import { offer } from '../../src/model/offer.js';
import { party } from './declare.js';

const endpoints = { otlp: { port: 3100, scheme: 'http', offers: [offer('logs')] } } as const;
const store = party('store', { own: true, endpoints });
const outside = party('outside', { endpoints });
const shop = party('shop', { consumes: [required('logs')] });
const agent = party('agent', { own: true, consumes: [required('logs')] });

const found = (parties: Parameters<typeof connect>[0], choices = {}) =>
  storesWithoutLines(parties, connect(parties, choices).connections).map(
    ({ place, message }) => `${place.path}: ${message}`,
  );

test.each([
  ['a store with a sender', [store, shop], {}, []],
  ['a store of somebody else', [outside], {}, []],
  ['a store without a sender', [store], {}, ['store: Nothing sends lines to store.']],
  [
    'a store beside another one that agents use',
    [store, outside, agent],
    { logs: 'outside' },
    ['store: Nothing sends lines to store: agent sends to outside.'],
  ],
])('%s', (_, parties, choices, messages) => {
  expect(found(parties, choices)).toEqual(messages);
});
