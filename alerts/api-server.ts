import { alertGroup } from '../src/content/alert-group.js';

// What a client waits for; other requests are open for as long as it likes.
const single = 'verb=~"APPLY|DELETE|DELETECOLLECTION|GET|PATCH|POST|PUT"';
const short = 'subresource!~"attach|exec|log|portforward|proxy"';
const latency = 'apiserver_request_sli_duration_seconds';

/** Windows over which a budget is watched; the long ones are averages of the shortest, which cost little. */
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

// One in a hundred requests comes with less time left than this.
const certificateAge =
  'histogram_quantile(0.01, sum by (le) (rate(apiserver_client_certificate_expiration_seconds_bucket{job="apiserver"}[15m])))';

const day = 86400;

export default alertGroup({
  needs: ['apiserver'],
  dashboard: 'api-server',
  thresholds: {
    /** Share of the requests that may fail in 30 days. */
    errorBudget: 0.01,
    /** Share of the requests that may take longer than they should in 30 days. */
    latencyBudget: 0.01,
    /** Share of the requests. */
    terminated: 0.2,
    /** Share of the time. */
    aggregatedUnavailable: 0.15,
    /** Share of the calls. */
    webhookFailures: 0.1,
    /** Share of the requests that a client sends. */
    clientErrors: 0.05,
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
        // Kubernetes' own objectives: a second, and half a minute for a list.
        record: 'apiserver:request_slow:rate5m',
        expr: `apiserver:request_short:rate5m - (sum(rate(${latency}_bucket{job="apiserver",${single},${short},le="1.0"}[5m])) or vector(0)) - (sum(rate(${latency}_bucket{job="apiserver",verb="LIST",le="30.0"}[5m])) or vector(0))`,
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
          '{{ $value | humanizePercentage }} of the requests to the API server have failed in the last hours: what may fail in a month is used up within days.',
      },
      {
        alert: 'APIServerErrorBudgetBurns',
        expr: burns(errors, threshold.errorBudget, slow),
        for: '1h',
        severity: 'warning',
        subject: 'apiserver-errors',
        summary: 'The API server fails more requests than it may.',
        description:
          '{{ $value | humanizePercentage }} of the requests to the API server have failed in the last days: more than may fail in a month, if it goes on.',
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
          '{{ $value | humanizePercentage }} of the requests to the API server took too long in the last hours: what may be slow in a month is used up within days.',
      },
      {
        alert: 'APIServerLatencyBudgetBurns',
        expr: burns(slowness, threshold.latencyBudget, slow),
        for: '1h',
        severity: 'warning',
        subject: 'apiserver-latency',
        summary: 'The API server is slow more often than it may be.',
        description:
          '{{ $value | humanizePercentage }} of the requests to the API server took too long in the last days: more than may in a month, if it goes on.',
      },
      {
        alert: 'APIServerDown',
        // A critical alert silences TargetsDown of the same job.
        expr: 'label_replace(absent(up{job="apiserver"} == 1), "job", "apiserver", "", "")',
        for: '5m',
        severity: 'critical',
        subject: 'targets',
        summary: 'No API server answers.',
        description: 'Prometheus has reached no API server for 5 minutes.',
      },
      {
        alert: 'APIServerTerminatesRequests',
        expr: `sum(rate(apiserver_request_terminations_total{job="apiserver"}[10m])) / (sum(rate(apiserver_request_total{job="apiserver"}[10m])) + sum(rate(apiserver_request_terminations_total{job="apiserver"}[10m]))) > ${threshold.terminated}`,
        for: '5m',
        keepFiringFor: '5m',
        severity: 'warning',
        subject: 'apiserver-errors',
        summary: 'The API server refuses requests to protect itself.',
        description:
          'The API server has ended {{ $value | humanizePercentage }} of the requests before it served them.',
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
          'The API server has refused {{ $value | humanizePercentage }} of the requests that webhook {{ $labels.name }} should have judged, because it did not answer.',
      },
      {
        alert: 'APIClientErrors',
        expr: `sum by (job, instance) (rate(rest_client_requests_total{code=~"5..|<error>"}[5m])) / sum by (job, instance) (rate(rest_client_requests_total[5m])) > ${threshold.clientErrors}`,
        for: '15m',
        keepFiringFor: '10m',
        severity: 'warning',
        subject: 'apiserver-client',
        summary: '{{ $labels.job }} at {{ $labels.instance }} has trouble with the API server.',
        description:
          '{{ $value | humanizePercentage }} of the requests of {{ $labels.job }} at {{ $labels.instance }} to the API server fail.',
      },
      {
        alert: 'ClientCertificateExpiring',
        expr: `${certificateAge} < ${threshold.clientCertificateSeconds}`,
        for: '5m',
        keepFiringFor: '1h',
        severity: 'warning',
        subject: 'client-certificate',
        summary: 'A client certificate expires within a week.',
        description:
          'A client logs in to the API server with a certificate that expires in {{ $value | humanizeDuration }} or less.',
      },
      {
        alert: 'ClientCertificateExpiresSoon',
        expr: `${certificateAge} < ${threshold.clientCertificateSecondsCritical}`,
        for: '5m',
        keepFiringFor: '1h',
        severity: 'critical',
        subject: 'client-certificate',
        summary: 'A client certificate expires within a day.',
        description:
          'A client logs in to the API server with a certificate that expires in {{ $value | humanizeDuration }} or less; then it is locked out.',
      },
    ],
  }),
});
