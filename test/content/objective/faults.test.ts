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
    const found = faultsInObjectives(objectives, checkout, 30 * day);
    // The sample has counters that are added, and the checkout declares none.
    expect(found.map(({ fault }) => fault)).toEqual(['undeclared-metric']);
  });

  test('include a threshold that is no bound of the buckets, with the bounds', () => {
    expect(faultsOf([latency(99, '300ms', { buckets: [0.1, 0.25, 0.5, 2.5] })])).toEqual([
      {
        fault: 'unknown-bucket',
        place: { path: '[0].threshold' },
        value: '300ms',
        message: 'The histogram has no bucket with the bound 300ms.',
        remedy:
          "Use one of '100ms', '250ms', '500ms', '2500ms'; or add a bucket with the bound 0.3 to the application, and list its bounds: { buckets: [0.3, …] }.",
        suggestion: '250ms',
      },
    ]);
    expect(faultsOf([latency(99, '300ms', { buckets: [0.1, 0.3, 0.5] })])).toEqual([]);
  });

  test('include bounds in milliseconds, which are in seconds', () => {
    expect(faultsOf([latency(99, '300ms', { buckets: [10, 50, 300, 1000] })])).toEqual([
      {
        fault: 'unknown-bucket',
        place: { path: '[0].buckets' },
        value: '10, 50, 300, 1000',
        message:
          'The histogram has no bucket with the bound 300ms: the bounds in buckets are in seconds.',
        remedy: 'Write them in seconds: [0.01, 0.05, 0.3, 1].',
      },
    ]);
    expect(faultsOf([latency(99, '300s', { buckets: [10, 50, 300, 1000] })])).toEqual([]);
  });

  test('do not take the bounds of a library for milliseconds', () => {
    expect(faultsOf([latency(99, '1ms')])).toMatchObject([
      {
        fault: 'unknown-bucket',
        severity: 'warning',
        place: { path: '[0].threshold' },
        value: '1ms',
      },
    ]);
  });

  test('include a unit that is not that of the name, as a warning', () => {
    const faults = (histogram: string, unit?: 'seconds' | 'milliseconds') =>
      faultsOf([latency(99, '300ms', { of: { histogram, ...(unit && { unit }) } })]);
    expect(faults('orders_duration_milliseconds{queue="new"}', 'seconds')).toMatchObject([
      { fault: 'other-unit', place: { path: '[0].of.unit' }, suggestion: 'milliseconds' },
    ]);
    expect(faults('orders_seconds', 'milliseconds')).toMatchObject([{ fault: 'other-unit' }]);
    expect(faults('orders_milliseconds', 'milliseconds')).toEqual([]);
    expect(faults('orders_duration', 'milliseconds')).toEqual([]);
    expect(faults('orders_ms')).toEqual([]);
  });

  test('include counters that nothing declares and that count as zero, as a warning', () => {
    const faults = (errors: string | string[], total: string | string[]) =>
      faultsOf([availability(99, { of: { errors, total } })]);
    expect(faults('orders_faild_total', 'orders_total')).toEqual([
      {
        fault: 'undeclared-metric',
        place: { path: '[0].of' },
        value: 'orders_faild_total',
        remedy:
          "State all metrics of the application, with their labels, in metrics: { declares: { orders_total: { type: 'counter' }, orders_faild_total: { type: 'counter' }, … } }.",
      },
    ]);
    expect(faults('orders_total{status="failed"}', ['orders_total', 'carts_total'])).toMatchObject([
      { value: 'orders_total, carts_total' },
    ]);
    // Without series, the objective has no value, which an alert reports.
    expect(faults('orders_total{status="failed"}', 'orders_total')).toEqual([]);
    expect(faults('failed_total{job="queue"}', 'orders_total{job="queue"}')).toEqual([]);
  });

  test('do not include metrics of another job', () => {
    const subject = { ...checkout, metrics: { orders_total: { type: 'counter' } } } as const;
    const of = { errors: 'failed_total{job="queue"}', total: 'taken_total{job="queue"}' };
    expect(faultsOf([availability(99, { of })], subject)).toEqual([]);
  });

  describe('about another job whose metrics are known', () => {
    const subject: ObjectiveSubject = {
      ...checkout,
      metricsOf: (job) =>
        ({
          probe: { probe_success: { type: 'gauge' }, probe_duration_seconds: { type: 'gauge' } },
          queue: {
            queue_wait_milliseconds: { type: 'histogram' },
            taken_total: { type: 'counter' },
          },
        })[job] as never,
      boundsOf: (job, histogram) =>
        job === 'queue' && histogram === 'queue_wait_milliseconds' ? [5, 50, 500] : undefined,
    };
    const slow = (histogram: string, threshold = '500ms') =>
      faultsOf([latency(99, threshold, { of: { histogram } })], subject);

    test('include a metric that is no histogram, once, with a remedy that is accepted', () => {
      expect(slow('probe_duration_seconds{job="probe"}')).toMatchObject([
        {
          fault: 'other-type',
          place: { path: '[0].of' },
          value: 'probe_duration_seconds',
          message:
            "probe_duration_seconds of the job 'probe' is a gauge, and the objective counts a histogram.",
          remedy: expect.stringContaining("Use availability(…, { of: 'probes' })"),
        },
      ]);
      expect(faultsOf([availability(99, { of: 'probes' })], subject)).toEqual([]);
    });

    test('include both gauges of an availability as one finding', () => {
      const of = {
        errors: 'probe_duration_seconds{job="probe"}',
        total: 'probe_success{job="probe"}',
      };
      expect(faultsOf([availability(99, { of })], subject)).toMatchObject([
        { fault: 'other-type', value: 'probe_success' },
      ]);
    });

    test('include an unknown metric, with metrics of the type', () => {
      expect(slow('queue_wait_millis{job="queue"}')).toMatchObject([
        {
          fault: 'unknown-metric',
          remedy: 'Use a histogram of this job, such as queue_wait_milliseconds.',
        },
      ]);
    });

    test('accept its histograms, counters and the counts of histograms, and unknown jobs', () => {
      expect(slow('queue_wait_milliseconds{job="queue"}')).toEqual([]);
      expect(slow('probe_duration_seconds{job=~"probe|other"}')).toEqual([]);
      expect(slow('probe_duration_seconds{job="other"}')).toEqual([]);
      const of = {
        errors: 'taken_total{job="queue"}',
        total: 'queue_wait_milliseconds_count{job="queue"}',
      };
      expect(faultsOf([availability(99, { of })], subject)).toEqual([]);
    });

    test('include a threshold that is none of its bounds, in the unit of its name', () => {
      expect(slow('queue_wait_milliseconds{job="queue"}', '500s')).toEqual([
        {
          fault: 'unknown-bucket',
          place: { path: '[0].threshold' },
          value: '500s',
          message:
            'The histogram has no bucket with the bound 500s, but one with 500ms: the unit is probably another one.',
          remedy: "Use one of '5ms', '50ms', '500ms'.",
          suggestion: '500ms',
        },
      ]);
    });
  });

  test('include a threshold in another unit than a bound with its number', () => {
    expect(faultsOf([latency(99, '300s', { buckets: [0.1, 0.3, 2] })])).toMatchObject([
      {
        value: '300s',
        message: expect.stringContaining('but one with 300ms'),
        suggestion: '300ms',
      },
    ]);
    expect(faultsOf([latency(99, '2ms', { buckets: [0.1, 0.3, 2] })])).toMatchObject([
      { value: '2ms', suggestion: '2s' },
    ]);
  });

  test('state that a histogram without a unit in its name can be in milliseconds', () => {
    const remedyOf = (of?: { histogram: string; unit?: 'milliseconds' }) =>
      faultsOf([latency(99, '300ms', { buckets: [50, 300], ...(of && { of }) })])[0]!.remedy;
    const both =
      "Write them in seconds: [0.05, 0.3]; if the histogram itself is in milliseconds, which its name does not state, also set unit: 'milliseconds' beside its name.";
    expect(remedyOf({ histogram: 'orders_wait' })).toBe(both);
    expect(remedyOf({ histogram: 'orders_wait', unit: 'milliseconds' })).not.toContain('also');
    expect(remedyOf({ histogram: 'orders_wait_seconds' })).not.toContain('also');
  });

  test('include a threshold that the span metrics do not have', () => {
    expect(faultsOf([latency(99, '300ms', { of: 'spans' })])).toMatchObject([
      { fault: 'unknown-bucket', suggestion: '200ms' },
    ]);
    expect(faultsOf([latency(99, '1400ms', { of: 'spans' })])).toEqual([]);
  });

  test('include only a warning if the application can have other buckets than its library by default', () => {
    expect(faultsOf([latency(99, '300ms')])).toMatchObject([
      { fault: 'unknown-bucket', severity: 'warning' },
    ]);
    expect(
      faultsOf([
        latency(99, '300ms', { of: 'micrometer' }),
        latency(95, '300ms', { of: 'micrometer', buckets: [0.3], name: 'published' }),
      ]),
    ).toMatchObject([
      {
        fault: 'unknown-bucket',
        severity: 'warning',
        place: { path: '[0].threshold' },
        message: 'By default, the histogram of micrometer has no buckets.',
      },
    ]);
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
    // One cause, whatever the number of objectives.
    expect(faultsOf([availability(99), latency(99, '250ms')], checkout, day)).toMatchObject([
      {
        message: 'Prometheus keeps data for 1 day, which is less than the shortest period, 7d.',
        remedy: "Set prometheus.retention to '7d' or more.",
      },
    ]);
  });

  test('include a metric that the application does not declare, if it declares its metrics', () => {
    const subject = {
      ...checkout,
      metrics: { orders_seconds: { type: 'histogram' }, orders_total: { type: 'counter' } },
    } as const;
    const of = { histogram: 'order_seconds' };
    expect(faultsOf([latency(99, '1s', { of })], subject)).toMatchObject([
      {
        fault: 'unknown-metric',
        place: { path: '[0].of' },
        value: 'order_seconds',
        suggestion: 'orders_seconds',
      },
    ]);
    expect(faultsOf([latency(99, '1s', { of: { histogram: 'orders_seconds' } })], subject)).toEqual(
      [],
    );
    expect(faultsOf([availability(99, { of: 'spans' })], subject)).toEqual([]);
    const histogram = {
      ...checkout,
      metrics: { http_server_request_duration_seconds: { type: 'histogram' } },
    } as const;
    expect(faultsOf([availability(99)], histogram)).toEqual([]);
  });

  test('include a declared metric whose type counts no events', () => {
    const subject = {
      ...checkout,
      metrics: {
        waiting: { type: 'gauge' },
        orders_total: { type: 'counter' },
        orders_seconds: { type: 'histogram' },
        carts: { type: 'unknown' },
      },
    } as const;
    const faults = (errors: string, total: string) =>
      faultsOf([availability(99, { of: { errors, total } })], subject);
    expect(faults('waiting', 'orders_total')).toEqual([
      {
        fault: 'other-type',
        place: { path: '[0].of' },
        value: 'waiting',
        message: 'waiting is a gauge in metrics.declares, and the objective counts a counter.',
        remedy: "Use a counter, or declare { type: 'counter' } if it is one.",
      },
    ]);
    expect(faults('carts', 'waiting')).toMatchObject([{ fault: 'other-type', value: 'waiting' }]);
    expect(faults('carts', 'orders_seconds')).toMatchObject([
      { fault: 'other-type', remedy: 'Use orders_seconds_count, which counts its events.' },
    ]);
    expect(faults('carts', 'orders_seconds_count')).toEqual([]);
    expect(faults('orders_seconds_bucket{le="0.1"}', 'orders_seconds_count')).toEqual([]);
    const slow = latency(99, '1s', { of: { histogram: 'waiting' } });
    expect(faultsOf([slow], subject)).toMatchObject([{ fault: 'other-type', value: 'waiting' }]);
  });

  test('include failed events that are all events', () => {
    const faults = (errors: string | string[], total: string | string[]) =>
      faultsOf([availability(99, { of: { errors, total } })]).map(({ place, ...one }) => ({
        ...one,
        path: place.path,
      }));
    const same = [expect.objectContaining({ fault: 'same-counters', path: '[0].of' })];
    expect(faults('orders_total', 'orders_total')).toEqual([
      { fault: 'same-counters', path: '[0].of', value: 'orders_total' },
    ]);
    expect(faults('orders_total{a="1", b="2"}', 'orders_total{b="2",a="1"}')).toEqual(same);
    expect(faults(['a_total', 'b_total'], ['b_total', 'a_total'])).toEqual(same);
    expect(faults('orders_total{status="failed"}', 'orders_total')).toEqual([]);
  });

  test.each(['_bucket', '_count', '_sum'])('include a histogram with the suffix %s', (suffix) => {
    const slow = (histogram: string, subject?: ObjectiveSubject) =>
      faultsOf([latency(99, '1s', { of: { histogram } })], subject);
    expect(slow(`jobs_seconds${suffix}{queue="a"}`)).toEqual([
      {
        fault: 'histogram-suffix',
        place: { path: '[0].of.histogram' },
        value: `jobs_seconds${suffix}{queue="a"}`,
        message: `jobs_seconds${suffix} is a series of the histogram jobs_seconds: the rules would count jobs_seconds${suffix}_bucket.`,
        remedy: `Use the name without ${suffix}: 'jobs_seconds{queue="a"}'.`,
      },
    ]);
    const name = `batch${suffix}`;
    const subject: ObjectiveSubject = { ...checkout, metrics: { [name]: { type: 'histogram' } } };
    expect(slow(name, subject)).toEqual([]);
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
