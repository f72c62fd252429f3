import { alertGroup } from '../src/content/alert-group.js';
import { burnWindows } from '../src/content/objective/window.js';

// The rules of each application record its events per second once a minute (src/content/objective/group.ts).
const secondsPerSample = 60;
const same = 'on (namespace, service, slo)';

/** The error ratio over a window is above the threshold of an alert. */
const exceeds = (window: string, threshold: string): string =>
  `slo:sli_error:ratio_rate${window} > ${same} slo:alert_threshold:ratio{window="${threshold}"}`;

/** The conditions of all windows of a severity. A single failure of a service with few requests is none. */
const burns = (severity: 'critical' | 'warning'): string =>
  burnWindows
    .filter((one) => one.severity === severity)
    .map(
      ({ long, short }) =>
        `((${exceeds(long, long)}) and ${same} (${exceeds(short, long)}) and ${same} (${secondsPerSample} * sum_over_time(slo:sli_errors:rate5m[${long}]) >= ${same} slo:minimum_errors:count))`,
    )
    .join(' or ');

/** Weighted by traffic: a sum of ratios would give a night as much weight as a day. */
const ratioOver = (window: string) => ({
  record: `slo:sli_error:ratio_rate${window}`,
  expr: `sum_over_time(slo:sli_errors:rate5m[${window}]) / (sum_over_time(slo:sli_total:rate5m[${window}]) > 0)`,
});

export default alertGroup({
  needs: ['configured:objectives'],
  dashboard: 'error-budget',
  interval: `${secondsPerSample}s`,
  rules: () => ({
    recordings: [
      {
        record: 'slo:sli_error:ratio_rate5m',
        expr: 'slo:sli_errors:rate5m / (slo:sli_total:rate5m > 0)',
      },
      ...['30m', '1h', '2h', '6h', '1d', '3d'].map(ratioOver),
      {
        record: 'slo:current_burn_rate:ratio',
        expr: 'slo:sli_error:ratio_rate5m / slo:error_budget:ratio',
      },
      {
        record: 'slo:period_error_budget_remaining:ratio',
        expr: '1 - slo:period_burn_rate:ratio',
      },
    ],
    alerts: [
      {
        alert: 'ErrorBudgetBurnsFast',
        expr: burns('critical'),
        severity: 'critical',
        subject: 'objective {{ $labels.slo }} of {{ $labels.service }}',
        summary: '{{ $labels.service }} spends the error budget of {{ $labels.slo }} fast.',
        description:
          '{{ $value | humanizePercentage }} of the recent events of {{ $labels.service }} in {{ $labels.namespace }} miss the objective {{ $labels.slo }}. At this rate its error budget is spent within days or hours.',
      },
      {
        alert: 'ErrorBudgetBurns',
        expr: burns('warning'),
        severity: 'warning',
        subject: 'objective {{ $labels.slo }} of {{ $labels.service }}',
        summary: '{{ $labels.service }} spends the error budget of {{ $labels.slo }} too fast.',
        description:
          '{{ $value | humanizePercentage }} of the events of {{ $labels.service }} in {{ $labels.namespace }} in the last day or three days miss the objective {{ $labels.slo }}. At this rate its error budget does not last for the period.',
      },
      {
        alert: 'ObjectiveNotMeasured',
        expr: `slo:sli_total:rate5m > 0 unless ${same} slo:sli_errors:rate5m`,
        for: '15m',
        severity: 'warning',
        subject: 'measurement of {{ $labels.slo }} of {{ $labels.service }}',
        summary: 'The objective {{ $labels.slo }} of {{ $labels.service }} is not measured.',
        description:
          '{{ $labels.service }} in {{ $labels.namespace }} has {{ $value | humanize }} events per second, but no series tells which of them miss the objective {{ $labels.slo }}: its histogram has no bucket up to the threshold, or its requests lack the label of the status.',
      },
      {
        alert: 'ObjectiveNeverMeasured',
        needs: ['configured:scraped-objectives'],
        // Some counters start at the first request: a weekend without requests is no reason.
        expr: `slo:objective:ratio unless ${same} last_over_time(slo:sli_total:rate5m[3d]) and on (service) label_replace(max by (job) (up == 1), "service", "$1", "job", "(.+)")`,
        for: '1d',
        severity: 'warning',
        subject: 'events of {{ $labels.slo }} of {{ $labels.service }}',
        summary:
          'Nothing counts the events of the objective {{ $labels.slo }} of {{ $labels.service }}.',
        description:
          'Prometheus scrapes {{ $labels.service }} in {{ $labels.namespace }}, but for at least a day no series has counted the events of the objective {{ $labels.slo }}: its metric may have another name.',
      },
    ],
  }),
});
