import { expect, test } from 'vitest';
import { connect } from '../../src/derive/connections.js';
import { optional, required } from '../../src/model/consumption.js';
import { type Capability, offer } from '../../src/model/offer.js';
import { party } from './declare.js';

const offering = (name: string, capability: Exclude<Capability, 'metrics' | 'health'>) =>
  party(name, { endpoints: { web: { port: 80, offers: [offer(capability)] } } });

/** The providers that are taken, and the messages of what is wrong. */
const taken = (...parameters: Parameters<typeof connect>) => {
  const { connections, findings } = connect(...parameters);
  return {
    providers: connections.map(({ provider }) => provider.party),
    findings: findings.map(({ message }) => message),
  };
};

const viewer = party('viewer', { consumes: [required('promql')] });
const both = [viewer, offering('short', 'promql'), offering('long', 'promql')];

test.each(['short', 'long'])(
  'of two providers of promql the choice of %s takes it alone',
  (chosen) => {
    expect(taken(both, { promql: chosen })).toEqual({ providers: [chosen], findings: [] });
  },
);

test('without a choice there is no connection, and a finding at the choice', () => {
  expect(connect(both, {})).toMatchInlineSnapshot(`
    {
      "connections": [],
      "findings": [
        {
          "check": "connections",
          "message": "viewer takes promql from one party, and short and long offer it.",
          "place": {
            "path": "choices.promql",
          },
          "remedy": "Choose one: choices: { "promql": 'short' | 'long' }.",
          "severity": "error",
        },
      ],
    }
  `);
});

test('who takes it only where it is offered has to choose as well', () => {
  const parties = [{ ...viewer, consumes: [optional('promql')] }, ...both.slice(1)];
  expect(taken(parties, {})).toEqual({
    providers: [],
    findings: ['viewer takes promql from one party, and short and long offer it.'],
  });
});

test('what is taken from all needs no choice', () => {
  const scraper = party('scraper', { consumes: [required('alerts')] });
  const parties = [scraper, offering('a', 'alerts'), offering('b', 'alerts')];
  expect(taken(parties, {})).toEqual({ providers: ['a', 'b'], findings: [] });
});

test('a misspelt choice suggests the name that was meant', () => {
  expect(connect(both, { promql: 'lnog' }).findings[0]).toMatchInlineSnapshot(`
    {
      "check": "connections",
      "message": "No party named 'lnog' offers promql.",
      "place": {
        "path": "choices.promql",
      },
      "remedy": "Name one that does: short, long.",
      "severity": "error",
      "suggestion": "long",
      "value": "lnog",
    }
  `);
});

test('the choice of a party that offers something else is refused', () => {
  const parties = [...both, offering('tracer', 'traces')];
  expect(taken(parties, { promql: 'tracer' }).findings).toContain(
    "No party named 'tracer' offers promql.",
  );
});

test('a choice of what nobody offers is to be removed', () => {
  expect(connect([], { traces: 'tracer' }).findings).toMatchObject([
    { place: { path: 'choices.traces' }, remedy: 'Nothing here offers it: remove the choice.' },
  ]);
});

test('a choice where only one offers it is allowed', () => {
  expect(taken(both.slice(0, 2), { promql: 'short' })).toEqual({
    providers: ['short'],
    findings: [],
  });
});

test('a choice for one consumer is for that one alone', () => {
  const second = party('writer', { consumes: [required('promql')] });
  expect(taken([...both, second], { promql: 'short', 'viewer.promql': 'long' })).toEqual({
    providers: ['long', 'short'],
    findings: [],
  });
});

test('a choice for a consumer that is not there is a finding, with the one that was meant', () => {
  const { findings } = connect(both, { promql: 'short', 'vewer.promql': 'long' });
  expect(findings).toEqual([
    {
      check: 'connections',
      severity: 'error',
      place: { path: "choices['vewer.promql']" },
      message: "No party is named 'vewer', for which this would choose.",
      value: 'vewer',
      remedy: 'Name one of viewer, short, long.',
      suggestion: 'viewer',
    },
  ]);
});
