import { describe, expect, test } from 'vitest';
import {
  availability,
  latency,
  objectiveName,
  objectiveSchema,
} from '../../../src/content/objective/objective.js';
import { budgetOf } from '../../../src/content/objective/window.js';
import { validateValue } from '../../../src/schema/validate-value.js';
import { valid } from './sample.js';

const faultsOf = (value: unknown) =>
  validateValue(objectiveSchema, value, 'applications/checkout.ts').faults;

describe('an objective', () => {
  test('has defaults', () => {
    expect(valid(availability(99.9))).toEqual({
      kind: 'availability',
      target: 99.9,
      of: 'opentelemetry',
      page: true,
      minimumErrors: 5,
    });
  });

  test('has the name of its kind, with the threshold, or its own', () => {
    expect(objectiveName(valid(availability(99.9)))).toBe('availability');
    expect(objectiveName(valid(latency(99, '300ms')))).toBe('latency-300ms');
    expect(objectiveName(valid(latency(99, '300ms', { name: 'fast' })))).toBe('fast');
  });

  test.each([100, 0, -1, 101, 0.999, Number.NaN])('cannot have the target %s', (target) => {
    expect(faultsOf(availability(target))).toMatchObject([
      {
        fault: 'invalid-value',
        place: { path: 'target' },
        remedy: expect.stringContaining('a percentage above 1 and below 100, such as 99.9'),
      },
    ]);
  });

  test.each(['300', '0s', 'fast', '-1s', ''])('cannot have the threshold %j', (threshold) => {
    expect(faultsOf(latency(99, threshold))).toMatchObject([
      { place: { path: 'threshold' }, remedy: expect.stringContaining("'300ms'") },
    ]);
  });

  test.each([
    [availability(0.999), '99.9'],
    [availability(0.95), '95'],
    [availability(100), undefined],
    [latency(99, '0.25s'), '250ms'],
    [latency(99, '300'), '300ms'],
    [latency(99, '0.3'), '300ms'],
    [latency(99, 'fast'), undefined],
  ])('%j suggests %s', (options, suggestion) => {
    expect(faultsOf(options).map((one) => one.suggestion)).toEqual([suggestion]);
  });

  test.each([
    [{ kind: 'latency', target: 99, threshold: 300 }, "or '1s': here '300ms'."],
    [{ kind: 'latency', target: 99, threshold: 0.25 }, "or '1s': here '250ms'."],
    [{ kind: 'latency', target: 99, threshold: true }, "or '1s'."],
    [{ kind: 'availability', target: '99.9%' }, 'such as 99.9: here 99.9, without quotes and %.'],
    [{ kind: 'availability', target: '95' }, 'such as 99.9, without quotes.'],
    [{ kind: 'availability', target: '100%' }, 'such as 99.9.'],
  ])('%j states what is meant', (options, end) => {
    expect(faultsOf(options)).toMatchObject([
      { remedy: expect.stringMatching(new RegExp(`${end.replaceAll('.', '\\.')}$`)) },
    ]);
  });

  test('has no longer name than a label of Kubernetes', () => {
    expect(faultsOf(availability(99, { name: 'a'.repeat(64) }))).toMatchObject([
      {
        place: { path: 'name' },
        remedy: expect.stringContaining('at most 63 characters: this one has 64'),
      },
    ]);
  });

  test.each([
    [99.9, 0.001],
    [99.999, 0.000_01],
    [99.9999999, 1e-9],
    [33.3333, 0.666_667],
  ])('of %s %% has the budget %s', (target, budget) => {
    expect(budgetOf(target)).toBe(budget);
  });

  test.each([
    'rate(orders_total[5m])',
    'orders_total[5m]',
    '{job="shop"}',
    'orders_total{queue=}',
    'sum(orders_total)',
    '',
  ])('cannot count %j', (errors) => {
    const faults = faultsOf(availability(99, { of: { errors, total: 'orders_total' } }));
    expect(faults.map(({ remedy }) => remedy).join()).toMatch(/selector/);
  });

  test('names the options of counters if one is unknown', () => {
    const of = { good: 'good_total', total: 'orders_total' };
    const faults = faultsOf({ ...availability(99), of });
    expect(faults).toMatchObject([
      { fault: 'missing-option', place: { path: 'of.errors' } },
      { fault: 'unknown-option', place: { path: 'of.good' }, remedy: 'Use one of errors, total.' },
    ]);
  });

  test('cannot have another period, another library or an unknown option', () => {
    expect(faultsOf({ ...availability(99), period: '90d' })).toMatchObject([
      { place: { path: 'period' } },
    ]);
    expect(faultsOf({ ...availability(99), of: 'opentelemtry' })).toMatchObject([
      { place: { path: 'of' } },
    ]);
    expect(faultsOf({ ...availability(99), windows: [] })).toMatchObject([
      { fault: 'unknown-option' },
    ]);
  });
});
