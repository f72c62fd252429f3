import { describe, expect, test } from 'vitest';
import { faultsInObjectives } from '../../../src/content/objective/faults.js';
import {
  availability,
  latency,
  type ObjectiveOptions,
} from '../../../src/content/objective/objective.js';
import type { ObjectiveSubject } from '../../../src/content/objective/subject.js';
import { periodFor } from '../../../src/content/objective/window.js';
import { checkout, objectives, valid } from './sample.js';

const day = 86_400;

const faultsOf = (
  options: readonly ObjectiveOptions[],
  subject: ObjectiveSubject = checkout,
  retention = 30 * day,
) => faultsInObjectives(options.map(valid), subject, retention);

describe('the faults of objectives', () => {
  test('are none for each kind of indicator', () => {
    expect(faultsInObjectives(objectives, checkout, 30 * day)).toEqual([]);
  });

  test('include a threshold that is no bound of the buckets, with the bounds', () => {
    expect(faultsOf([latency(99, '300ms', { buckets: [0.1, 0.25, 0.5, 2.5] })])).toEqual([
      {
        fault: 'unknown-bucket',
        place: { path: '[0].threshold' },
        value: '300ms',
        message: 'The histogram has no bucket up to 300ms.',
        remedy:
          "Use one of '100ms', '250ms', '500ms', '2500ms'; or add a bucket up to 0.3 to the application, and list its bounds: { buckets: [0.3, …] }.",
        suggestion: "'250ms'",
      },
    ]);
    expect(faultsOf([latency(99, '300ms', { buckets: [0.1, 0.3, 0.5] })])).toEqual([]);
  });

  test('include a threshold that the span metrics do not have', () => {
    expect(faultsOf([latency(99, '300ms', { of: 'spans' })])).toMatchObject([
      { fault: 'unknown-bucket', suggestion: "'200ms'" },
    ]);
    expect(faultsOf([latency(99, '1400ms', { of: 'spans' })])).toEqual([]);
  });

  test('include only a warning if the application can have other buckets than its library by default', () => {
    expect(faultsOf([latency(99, '300ms')])).toMatchObject([
      { fault: 'unknown-bucket', severity: 'warning' },
    ]);
    expect(faultsOf([latency(99, '300ms', { of: 'micrometer' })])).toEqual([]);
    expect(faultsOf([latency(99, '300ms', { of: { histogram: 'orders_seconds' } })])).toEqual([]);
  });

  test('include a stated period that is longer than the retention', () => {
    expect(faultsOf([availability(99, { period: '30d' })], checkout, 15 * day)).toEqual([
      {
        fault: 'period-too-long',
        place: { path: '[0].period' },
        value: '30d',
        message: 'Prometheus keeps data for 15 days, which is less than the period of 30d.',
        remedy: "Use '14d', or set prometheus.retention to '30d' or more.",
      },
    ]);
    expect(faultsOf([availability(99, { period: '14d' })], checkout, 15 * day)).toEqual([]);
  });

  test('include a retention that is shorter than all periods', () => {
    expect(faultsOf([availability(99)], checkout, 2 * day)).toMatchObject([
      { remedy: "Set prometheus.retention to '7d' or more." },
    ]);
  });

  test('include a metric that the application does not declare, if it declares its metrics', () => {
    const subject = { ...checkout, metrics: ['orders_seconds', 'orders_total'] };
    const of = { histogram: 'order_seconds' };
    expect(faultsOf([latency(99, '1s', { of })], subject)).toMatchObject([
      {
        fault: 'unknown-histogram',
        place: { path: '[0].of' },
        value: 'order_seconds',
        suggestion: 'orders_seconds',
      },
    ]);
    expect(faultsOf([latency(99, '1s', { of: { histogram: 'orders_seconds' } })], subject)).toEqual(
      [],
    );
    expect(faultsOf([availability(99, { of: 'spans' })], subject)).toEqual([]);
    const histogram = { ...checkout, metrics: ['http_server_request_duration_seconds'] };
    expect(faultsOf([availability(99)], histogram)).toEqual([]);
  });

  test('include a second objective with the same name', () => {
    expect(faultsOf([availability(99), availability(99.9)])).toMatchObject([
      { fault: 'duplicate-objective', place: { path: '[1].name' }, value: 'availability' },
    ]);
  });
});

describe('the default period', () => {
  test.each([
    ['30d', 30],
    ['30d', 400],
    ['14d', 29],
    ['14d', 15],
    ['7d', 13],
    ['7d', 7],
    [undefined, 6],
  ])('is %s for a retention of %s days', (period, days) => {
    expect(periodFor(days * day)).toBe(period);
  });
});
