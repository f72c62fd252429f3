import { expect, test } from 'vitest';
import { connect } from '../../src/derive/connections.js';
import { optional, required } from '../../src/model/consumption.js';
import { type OtlpOffer, offer, type PlainOffer } from '../../src/model/offer.js';
import { party } from './declare.js';

const offering = (name: string, capability: (PlainOffer | OtlpOffer)['capability']) =>
  party(name, { endpoints: { web: { port: 80, offers: [offer(capability)] } } });

/** The chosen providers, and the codes of the findings. */
const taken = (...parameters: Parameters<typeof connect>) => {
  const { connections, findings } = connect(...parameters);
  return {
    providers: connections.map(({ provider }) => provider.party),
    findings: findings.map(({ code }) => code),
  };
};

const viewer = party('viewer', { consumes: [required('promql')] });
const both = [viewer, offering('short', 'promql'), offering('long', 'promql')];

test.each(['short', 'long'])(
  'of two providers of promql, only the chosen one is used: %s',
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
          "code": "connections/several-providers",
          "message": "viewer consumes promql from exactly one party, but short and long offer it.",
          "place": {
            "path": "choices.promql",
          },
          "remedy": "Choose one: choices: { "promql": 'short' | 'long' }.",
          "severity": "error",
          "why": "Crowsnest does not guess which one to use.",
        },
      ],
    }
  `);
});

test('an optional consumption also needs a choice', () => {
  const parties = [{ ...viewer, consumes: [optional('promql')] }, ...both.slice(1)];
  expect(taken(parties, {})).toEqual({
    providers: [],
    findings: ['connections/several-providers'],
  });
});

test('a capability that is consumed from all providers needs no choice', () => {
  const scraper = party('scraper', { consumes: [required('alerts')] });
  const parties = [scraper, offering('a', 'alerts'), offering('b', 'alerts')];
  expect(taken(parties, {})).toEqual({ providers: ['a', 'b'], findings: [] });
});

test('a misspelt choice has a suggestion', () => {
  expect(connect(both, { promql: 'lnog' }).findings[0]).toMatchInlineSnapshot(`
    {
      "code": "connections/unknown-choice",
      "message": "No party named 'lnog' offers promql.",
      "place": {
        "path": "choices.promql",
      },
      "remedy": "Use one of short, long.",
      "severity": "error",
      "suggestion": "long",
      "value": "lnog",
      "why": "The choice has no effect.",
    }
  `);
});

test('a choice of a party that offers something else is rejected', () => {
  const parties = [...both, offering('tracer', 'traces')];
  expect(taken(parties, { promql: 'tracer' }).findings).toContain('connections/unknown-choice');
});

test('a choice of a capability that nobody offers is reported', () => {
  expect(connect([], { traces: 'tracer' }).findings).toMatchObject([
    { place: { path: 'choices.traces' }, code: 'connections/unknown-choice' },
  ]);
});

test('a choice is allowed even if there is only one provider', () => {
  expect(taken(both.slice(0, 2), { promql: 'short' })).toEqual({
    providers: ['short'],
    findings: [],
  });
});

test('a choice for one consumer applies only to this consumer', () => {
  const second = party('writer', { consumes: [required('promql')] });
  expect(taken([...both, second], { promql: 'short', 'viewer.promql': 'long' })).toEqual({
    providers: ['long', 'short'],
    findings: [],
  });
});

test('a choice for an unknown consumer is reported with a suggestion', () => {
  const { findings } = connect(both, { promql: 'short', 'vewer.promql': 'long' });
  expect(findings).toMatchObject([
    {
      code: 'connections/unknown-choice',
      severity: 'error',
      place: { path: "choices['vewer.promql']" },
      value: 'vewer',
      suggestion: 'viewer',
    },
  ]);
});
