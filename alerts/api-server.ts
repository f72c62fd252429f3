import { jobDown } from '../src/content/alert-exclusion.js';
import { alertGroup } from '../src/content/alert-group.js';

// Without requests that stay open as long as the client wants.
const single = 'verb=~"APPLY|DELETE|DELETECOLLECTION|GET|PATCH|POST|PUT"';
const short = 'subresource!~"attach|exec|log|portforward|proxy"';
const latency = 'apiserver_request_sli_duration_seconds';

/** The windows of the budgets; the long ones are averages of the shortest one, which needs little CPU. */
const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;

/**
 * Alerts if the budget of 30 days burns at this many times its rate, in a long and a short window:
 * https://sre.google/workbook/alerting-on-slos/
 */
const burns = (ratio: string, budget: number, rates: readonly [number, string, string][]): string =>
  rates
    .map(([factor, long, short]) => {
      const limit = Number((factor * budget).toPrecision(6));
      return `${ratio}_rate${long} > ${limit} and ${ratio}_rate${short} > ${limit}`;
    })
    .join(' or ');
const fast = [
  [14.4, '1h', '5m'],
  [6, '6h', '30m'],
] as const satisfies [number, string, string][];
const slow = [
  [3, '1d', '2h'],
  [1, '3d', '6h'],
] as const satisfies [number, string, string][];

const errors = 'apiserver:request_errors:ratio';
const slowness = 'apiserver:request_slow:ratio';

const share = (part: string, whole: string, window: string): string =>
  window === '5m'
    ? `${part} / ${whole}`
    : `avg_over_time(${part}[${window}]) / avg_over_time(${whole}[${window}])`;

const day = 86400;

/** Buckets of the remaining lifetime of client certificates: a threshold is rounded down to one of them. */
const certificateBuckets = [
  1800,
  3600,
  7200,
  21600,
  43200,
  day,
  2 * day,
  4 * day,
  7 * day,
  30 * day,
];
/** The share of the requests with a client certificate that expires within a number of seconds. */
const certificatesUnder = (seconds: number): string => {
  const bucket = certificateBuckets.findLast((one) => one <= seconds) ?? 0;
  return `sum(rate(apiserver_client_certificate_expiration_seconds_bucket{job="apiserver",le="${bucket}.0"}[15m])) / sum(rate(apiserver_client_certificate_expiration_seconds_count{job="apiserver"}[15m]))`;
};
/** Certificates with a lifetime of hours were in this share for days; one with a long lifetime was not. */
const shortLivedCertificates =
  'max_over_time(apiserver:client_certificate_expiring:ratio_rate15m[6d] offset 1d)';

export default alertGroup({
  adaptRanges: true,
  needs: ['apiserver'],
  dashboard: 'api-server',
  thresholds: {
    /** Share of the requests that can fail in 30 days. */
    errorBudget: 0.01,
    /** Share of the requests that can be slow in 30 days. */
    latencyBudget: 0.01,
    /** Share of the requests. */
    terminated: 0.2,
    /** Share of the time. */
    aggregatedUnavailable: 0.15,
    /** Share of the calls of a webhook. */
    webhookFailures: 0.1,
    /** Share of the requests that a client sends. */
    clientErrors: 0.05,
    /** Share of the requests with a client certificate. */
    clientCertificates: 0.01,
    clientCertificateSeconds: 7 * day,
    clientCertificateSecondsCritical: day,
  },
  rules: (threshold) => ({
    recordings: [
      {
        record: 'apiserver:request_total:rate5m',
        expr: 'sum(rate(apiserver_request_total{job="apiserver"}[5m]))',
      },
      {
        record: 'apiserver:request_errors:rate5m',
        expr: 'sum(rate(apiserver_request_total{job="apiserver",code=~"5.."}[5m])) or vector(0)',
      },
      {
        record: 'apiserver:request_short:rate5m',
        expr: `sum(rate(${latency}_count{job="apiserver",${single},${short}}[5m])) + (sum(rate(${latency}_count{job="apiserver",verb="LIST"}[5m])) or vector(0))`,
      },
      {
        // Kubernetes' own objectives: one second, and 30 seconds for a list. Without the buckets, there is no result.
        record: 'apiserver:request_slow:rate5m',
        expr: `apiserver:request_short:rate5m - sum(rate(${latency}_bucket{job="apiserver",${single},${short},le="1.0"}[5m])) - (sum(rate(${latency}_bucket{job="apiserver",verb="LIST",le="30.0"}[5m])) or (vector(0) unless sum(rate(${latency}_count{job="apiserver",verb="LIST"}[5m]))))`,
      },
      {
        record: 'apiserver:client_certificate_expiring:ratio_rate15m',
        expr: certificatesUnder(threshold.clientCertificateSecondsCritical),
      },
      ...windows.flatMap((window) => [
        {
          record: `${errors}_rate${window}`,
          expr: share('apiserver:request_errors:rate5m', 'apiserver:request_total:rate5m', window),
        },
        {
          record: `${slowness}_rate${window}`,
          expr: share('apiserver:request_slow:rate5m', 'apiserver:request_short:rate5m', window),
        },
      ]),
    ],
    alerts: [
      {
        alert: 'APIServerErrorBudgetBurnsFast',
        expr: burns(errors, threshold.errorBudget, fast),
        for: '2m',
        keepFiringFor: '5m',
        severity: 'critical',
        subject: 'apiserver-errors',
        summary: 'The API server fails many requests.',
        description:
          '{{ $value | humanizePercentage }} of the requests to the API server failed in the last hours. At this rate, the error budget of 30 days is used up within days.',
      },
      {
        alert: 'APIServerErrorBudgetBurns',
        expr: burns(errors, threshold.errorBudget, slow),
        for: '1h',
        severity: 'warning',
        subject: 'apiserver-errors',
        summary: 'The API server fails too many requests.',
        description:
          '{{ $value | humanizePercentage }} of the requests to the API server failed in the last days. At this rate, the error budget of 30 days is exceeded.',
      },
      {
        alert: 'APIServerLatencyBudgetBurnsFast',
        expr: burns(slowness, threshold.latencyBudget, fast),
        for: '2m',
        keepFiringFor: '5m',
        severity: 'critical',
        subject: 'apiserver-latency',
        summary: 'The API server is slow.',
        description:
          '{{ $value | humanizePercentage }} of the requests to the API server were slow in the last hours. At this rate, the latency budget of 30 days is used up within days.',
      },
      {
        alert: 'APIServerLatencyBudgetBurns',
        expr: burns(slowness, threshold.latencyBudget, slow),
        for: '1h',
        severity: 'warning',
        subject: 'apiserver-latency',
        summary: 'The API server is slow too often.',
        description:
          '{{ $value | humanizePercentage }} of the requests to the API server were slow in the last days. At this rate, the latency budget of 30 days is exceeded.',
      },
      {
        alert: 'APIServerDown',
        expr: jobDown('apiserver'),
        for: '5m',
        severity: 'critical',
        subject: 'targets',
        summary: 'Prometheus cannot reach any API server.',
        description: 'Prometheus has reached no API server for 5 minutes.',
      },
      {
        alert: 'APIServerTerminatesRequests',
        expr: `sum(rate(apiserver_request_terminations_total{job="apiserver"}[10m])) / (sum(rate(apiserver_request_total{job="apiserver"}[10m])) + sum(rate(apiserver_request_terminations_total{job="apiserver"}[10m]))) > ${threshold.terminated}`,
        for: '5m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'apiserver-errors',
        summary: 'The API server rejects requests to protect itself.',
        description:
          'The API server ended {{ $value | humanizePercentage }} of the requests before it served them.',
      },
      {
        alert: 'AggregatedAPIUnavailable',
        expr: `max by (name) (avg_over_time(aggregator_unavailable_apiservice[10m])) > ${threshold.aggregatedUnavailable}`,
        for: '5m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'apiservice {{ $labels.name }}',
        summary: 'Aggregated API {{ $labels.name }} is unavailable.',
        description:
          'The API server behind APIService {{ $labels.name }} was unavailable for {{ $value | humanizePercentage }} of the last 10 minutes.',
      },
      {
        alert: 'AdmissionWebhookFailing',
        expr: `sum by (name) (rate(apiserver_admission_webhook_rejection_count{job="apiserver",error_type="calling_webhook_error"}[10m])) / sum by (name) (rate(apiserver_admission_webhook_admission_duration_seconds_count{job="apiserver"}[10m])) > ${threshold.webhookFailures}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'webhook {{ $labels.name }}',
        summary: 'Admission webhook {{ $labels.name }} does not answer.',
        description:
          'The API server rejected {{ $value | humanizePercentage }} of the requests for admission webhook {{ $labels.name }} because the webhook did not answer.',
      },
      {
        alert: 'AdmissionWebhookFailsOpen',
        expr: `sum by (name) (rate(apiserver_admission_webhook_fail_open_count{job="apiserver"}[10m])) / sum by (name) (rate(apiserver_admission_webhook_admission_duration_seconds_count{job="apiserver"}[10m])) > ${threshold.webhookFailures}`,
        for: '10m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'webhook {{ $labels.name }}',
        summary: 'Requests bypass admission webhook {{ $labels.name }}.',
        description:
          'The API server accepted {{ $value | humanizePercentage }} of the requests for admission webhook {{ $labels.name }} without its answer: the webhook does not answer, and its failure policy is Ignore.',
      },
      {
        alert: 'APIClientErrors',
        expr: `sum by (job, instance) (rate(rest_client_requests_total{code=~"5..|<error>"}[5m])) / sum by (job, instance) (rate(rest_client_requests_total[5m])) > ${threshold.clientErrors}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'apiserver-client',
        summary: '{{ $labels.job }} at {{ $labels.instance }} gets errors from the API server.',
        description:
          '{{ $value | humanizePercentage }} of the requests of {{ $labels.job }} at {{ $labels.instance }} to the API server fail.',
      },
      {
        alert: 'ClientCertificateExpiring',
        // If there is no record of short-lived certificates, all certificates count.
        expr: `${certificatesUnder(threshold.clientCertificateSeconds)} - (${shortLivedCertificates} or vector(0)) > ${threshold.clientCertificates}`,
        for: '5m',
        keepFiringFor: '1h',
        severity: 'warning',
        subject: 'client-certificate',
        summary: 'A client certificate expires within a week.',
        description:
          '{{ $value | humanizePercentage }} of the requests with a client certificate use one that expires within a week.',
      },
      {
        alert: 'ClientCertificateExpiresSoon',
        expr: `apiserver:client_certificate_expiring:ratio_rate15m - ${shortLivedCertificates} > ${threshold.clientCertificates}`,
        for: '5m',
        keepFiringFor: '1h',
        severity: 'critical',
        subject: 'client-certificate',
        summary: 'A client certificate expires within a day.',
        description:
          '{{ $value | humanizePercentage }} of the requests with a client certificate use one that expires within a day. Then these clients lose access.',
      },
    ],
  }),
});
