import { describe, expect, test } from 'vitest';
import buckets from '../../src/checks/queries/buckets.js';
import { boundCases } from '../promql/bound-cases.js';
import { type Asked, withContent } from './query/content.js';

const declares = { order_seconds: { type: 'histogram' } } as const;

const findings = (asked: Asked) => buckets.run(withContent({ declares, ...asked }));

test.each(boundCases)('le%s%j is %s', (operator, value, verdict) => {
  const alert = `order_seconds_bucket{le${operator}"${value}"} > 0`;
  const found = findings({ alert }).map(({ fault }) => fault);
  expect(found).toEqual(verdict === 'stored' ? [] : ['unstored-bound']);
});

describe('a bound that is not stored', () => {
  const alert = 'order_seconds_bucket{le="1"} > 0';

  test('is an error with a suggestion, also in rules of others', () => {
    for (const imported of [false, true]) {
      expect(findings({ alert, imported })).toMatchObject([
        {
          severity: 'error',
          fault: 'unstored-bound',
          place: { path: 'alert ShopDown, column 22' },
          value: 'le="1"',
          suggestion: 'le="1.0"',
        },
      ]);
    }
  });

  test('is a warning in a list with a bound that is stored, since this selects buckets', () => {
    expect(findings({ alert: 'order_seconds_bucket{le=~"0.5|1"} > 0' })).toMatchObject([
      { severity: 'warning', suggestion: 'le=~"0.5|1.0"' },
    ]);
    expect(findings({ alert: 'order_seconds_bucket{le=~"1|2"} > 0' })).toMatchObject([
      { severity: 'error', suggestion: 'le=~"1.0|2.0"' },
    ]);
  });

  test('is a warning in a dashboard of others, if nobody knows the metric, and if it is excluded', () => {
    expect(findings({ panel: alert, imported: true })).toMatchObject([{ severity: 'warning' }]);
    expect(findings({ alert, declares: undefined })).toMatchObject([{ severity: 'warning' }]);
    expect(findings({ alert: 'order_seconds_bucket{le!="1"} > 0' })).toMatchObject([
      { severity: 'warning', message: expect.stringContaining("no bucket has the value '1'") },
    ]);
  });

  test('is not reported where a variable is, or of another label', () => {
    expect(findings({ panel: 'order_seconds_bucket{le="$job"}' })).toEqual([]);
    expect(findings({ panel: 'order_seconds_bucket{size="1"}' })).toEqual([]);
  });
});

describe('a bucket', () => {
  const selected = (matcher: string) =>
    findings({ alert: `apiserver_request_duration_seconds_bucket{${matcher}} > 0` });

  test.each(['le="1000.0"', 'le="0.0001"', 'le=~"1000.0|2000.0"'])(
    'outside those of the captured histogram is rejected: %s',
    (matcher) => {
      expect(selected(matcher)).toMatchObject([
        {
          severity: 'error',
          fault: 'unknown-bucket',
          remedy: 'Use a bound from 0.005 to 60.0, or +Inf.',
        },
      ]);
    },
  );

  test.each(['le=~"1.0|1000.0"', 'le=~"0.33|1.0"', 'le=~"(0.1|0.33)"', 'le=~"0.33|\\\\+Inf"'])(
    'that does not exist is a warning in a list with one that does: %s',
    (matcher) => {
      expect(selected(matcher)).toMatchObject([{ severity: 'warning', fault: 'unknown-bucket' }]);
    },
  );

  test.each(['le="0.33"', 'le=~"0.33|0.34"', 'le=~"(0.33)"'])(
    'between those of the captured histogram is rejected, with the nearest ones: %s',
    (matcher) => {
      expect(selected(matcher)).toMatchObject([
        {
          severity: 'error',
          fault: 'unknown-bucket',
          message:
            'The histogram has no bucket with the bound 0.33: the nearest bounds that it has are 0.2 and 0.4.',
          remedy: 'Use 0.2 or 0.4.',
        },
      ]);
    },
  );

  test.each([
    'le="1.0"',
    'le="0.4"',
    'le=~"0.2|0.4|\\\\+Inf"',
    'le="+Inf"',
    'le!="1000.0"',
    'le!="0.33"',
    'le=~".+"',
    'le=~"0.3.*|1.0"',
    'le=~"1(\\\\.0)?"',
  ])('of the histogram is accepted: %s', (matcher) => {
    expect(selected(matcher)).toEqual([]);
  });

  test('of a histogram that an application declares, or whose page was not captured, is accepted', () => {
    const alert = (name: string) => `${name}_bucket{le="0.33"} > 0`;
    expect(findings({ alert: alert('order_seconds') })).toEqual([]);
    expect(findings({ alert: alert('apiserver_request_duration_seconds') })).toHaveLength(1);
    const declared = { apiserver_request_duration_seconds: { type: 'histogram' } } as const;
    expect(
      findings({ alert: alert('apiserver_request_duration_seconds'), declares: declared }),
    ).toEqual([]);
    expect(findings({ alert: alert('kubeproxy_sync_proxy_rules_duration_seconds') })).toEqual([]);
  });
});
