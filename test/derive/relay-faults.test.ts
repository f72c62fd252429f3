import { describe, expect, test } from 'vitest';
import { connect } from '../../src/derive/connections.js';
import { relayFaults } from '../../src/derive/relay-faults.js';
import { optional, required } from '../../src/model/consumption.js';
import { offer } from '../../src/model/offer.js';
import { party } from './declare.js';

const otlp = { port: 4317, scheme: 'grpc', offers: [offer('traces')] } as const;
const store = party('store', {
  own: true,
  endpoints: { otlp: { ...otlp, offers: [offer('traces'), offer('span-metrics')] } },
});
const relay = (name: string) =>
  party(name, {
    own: true,
    endpoints: { otlp },
    consumes: [required('traces'), optional('span-metrics')],
  });
const shop = party('shop', { consumes: [optional('traces')] });
const cart = party('cart', { consumes: [optional('traces')] });

const findingsOf = (
  parties: Parameters<typeof connect>[0],
  choices: Parameters<typeof connect>[1] = {},
) => {
  const connected = connect(parties, choices);
  return [...connected.findings, ...relayFaults(parties, connected.connections, choices)];
};

test('a gateway in front of a store has no findings', () => {
  expect(findingsOf([shop, relay('gateway'), store])).toEqual([]);
});

describe('two parties that pass on traces', () => {
  const both = [relay('first'), relay('second')];

  test('each need a choice, and so does an application', () => {
    expect(findingsOf([shop, ...both, store]).map(({ place }) => place.path)).toEqual([
      'choices.traces',
      "choices['first.traces']",
      "choices['second.traces']",
    ]);
  });

  test('can be one behind the other', () => {
    const choices = {
      'shop.traces': 'first',
      'first.traces': 'second',
      'second.traces': 'store',
    };
    expect(findingsOf([shop, ...both, store], choices)).toEqual([]);
  });

  test('are an error if each sends to the other, reported once at a choice', () => {
    const choices = { traces: 'first', 'first.traces': 'second', 'second.traces': 'first' };
    expect(findingsOf([shop, ...both, store], choices)).toMatchObject([
      {
        code: 'connections/relay-loop',
        severity: 'error',
        place: { path: "choices['first.traces']" },
        value: 'second',
        message: 'first → second → first pass on traces to each other.',
        remedy: `Choose another provider for one of them: choices: { "first.traces": 'store' }.`,
      },
    ]);
  });

  test('are an error without a store, at one of them', () => {
    expect(findingsOf(both)).toMatchObject([
      {
        code: 'connections/relay-loop',
        place: { path: 'first' },
        remedy:
          'Add a party that offers traces and does not pass it on, and choose it for one of them.',
      },
    ]);
  });
});

describe('spans that bypass the gateway that counts them', () => {
  test('are a warning at the choice of the application', () => {
    const found = findingsOf([shop, cart, relay('gateway'), store], { 'shop.traces': 'store' });
    expect(found).toMatchObject([
      {
        code: 'connections/uncounted-spans',
        severity: 'warning',
        place: { path: "choices['shop.traces']" },
        value: 'store',
        message:
          'The spans of shop go to store without gateway, which counts them: they are in no span metrics.',
      },
    ]);
  });

  test('are one warning at a choice for all', () => {
    const found = findingsOf([shop, cart, relay('gateway'), store], { traces: 'store' });
    expect(found.map(({ place, message }) => [place.path, message])).toEqual([
      [
        'choices.traces',
        'The spans of shop, cart go to store without gateway, which counts them: they are in no span metrics.',
      ],
    ]);
  });

  test('are none if the gateway sends no span metrics to the store', () => {
    const plain = { ...store, endpoints: { otlp } };
    expect(findingsOf([shop, relay('gateway'), plain], { 'shop.traces': 'store' })).toEqual([]);
  });
});
