import { z } from 'zod';
import { analyse } from '../../promql/analyse.js';
import type { Selector } from '../../promql/expression.js';
import { oneOf } from '../../schema/allowed.js';

/**
 * Metrics of HTTP servers, as common libraries name them. `bounds` are those of the buckets that the library
 * has by default, in seconds.
 */
export const libraries = {
  /** https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpserverrequestduration */
  opentelemetry: {
    histogram: 'http_server_request_duration_seconds',
    status: 'http_response_status_code',
    bounds: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
  },
  /** https://github.com/jochen-schweizer/express-prom-bundle/blob/master/src/index.js */
  'express-prom-bundle': {
    histogram: 'http_request_duration_seconds',
    status: 'status_code',
    bounds: [0.003, 0.03, 0.1, 0.3, 1.5, 10],
  },
  /** https://pkg.go.dev/github.com/prometheus/client_golang/prometheus/promhttp: the program names its metrics. */
  promhttp: {
    histogram: 'http_request_duration_seconds',
    counter: 'http_requests_total',
    status: 'code',
    bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  },
  /** https://docs.spring.io/spring-boot/reference/actuator/metrics.html#actuator.metrics.supported.spring-mvc */
  micrometer: {
    histogram: 'http_server_requests_seconds',
    status: 'status',
    // The application must publish buckets: `management.metrics.distribution.slo.http.server.requests`.
    bounds: [],
  },
  /** https://github.com/trallnag/prometheus-fastapi-instrumentator/blob/master/src/prometheus_fastapi_instrumentator/metrics.py: statuses are `5xx`, and only this histogram has many buckets. */
  'prometheus-fastapi-instrumentator': {
    histogram: 'http_request_duration_highr_seconds',
    counter: 'http_requests_total',
    status: 'status',
    bounds: [
      0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 7.5, 10,
      30, 60,
    ],
  },
  /** https://github.com/rycus86/prometheus_flask_exporter/blob/master/prometheus_flask_exporter/__init__.py */
  'prometheus-flask-exporter': {
    histogram: 'flask_http_request_duration_seconds',
    counter: 'flask_http_request_total',
    status: 'status',
    bounds: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
  },
  /** https://github.com/korfuri/django-prometheus/blob/master/django_prometheus/middleware.py */
  'django-prometheus': {
    histogram: 'django_http_requests_latency_including_middlewares_seconds',
    // The library's name, and the suffix of all counters of the Python client.
    counter: 'django_http_responses_total_by_status_total',
    status: 'status',
    bounds: [0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 25, 50, 75],
  },
  /** https://github.com/prometheus-net/prometheus-net/tree/master/Prometheus.AspNetCore/HttpMetrics */
  'prometheus-net': {
    histogram: 'http_request_duration_seconds',
    counter: 'http_requests_received_total',
    status: 'code',
    bounds: Array.from({ length: 16 }, (_, index) => 2 ** index / 1000),
  },
} as const;

const libraryNames = Object.keys(libraries) as [Library, ...Library[]];

const libraryText = `${oneOf(libraryNames.map((name) => `'${name}'`))}; for another library, leave http out, and state what each objective counts in its option of: docs/objectives.md has a table of client libraries`;

/** The name of a library with HTTP metrics. */
export const library = z.enum(libraryNames, { error: libraryText });

export type Library = keyof typeof libraries;

/** The bounds of Jaeger's span metrics, in seconds: the stack does not configure others. */
export const spanBounds = [
  // https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/connector/spanmetricsconnector/v0.140.1/connector/spanmetricsconnector/config.go
  0.002,
  0.004, 0.006, 0.008, 0.01, 0.05, 0.1, 0.2, 0.4, 0.8, 1, 1.4, 2, 5, 10, 15,
];

const selectorText = 'a PromQL selector of a counter such as \'orders_total{queue="new"}\'';

/** The instant selector with a metric name in a text; undefined if the text is anything else. */
export const selectorIn = (text: string): Selector | undefined => {
  const { expression, faults } = analyse(text);
  return faults.length === 0 &&
    expression?.kind === 'selector' &&
    expression.metric !== undefined &&
    expression.range === undefined
    ? expression
    : undefined;
};

const counter = z
  .string({ error: selectorText })
  .refine((text) => selectorIn(text) !== undefined, { error: selectorText });

const counters = z.union([counter, z.array(counter).min(1)], {
  error: `${selectorText}, or a list of these, which are added`,
});

/** How the events of an objective are counted: by their status, by a counter of failures, by probes. */
export const indicator = z.union(
  [
    z.enum([...libraryNames, 'spans', 'probes']),
    z.strictObject({
      /** Counters of the failed events. */
      errors: counters,
      /** Counters of all events. */
      total: counters,
    }),
  ],
  {
    error: `'${libraryNames.join("', '")}', 'spans', 'probes', or { errors: '…', total: '…' } with selectors of counters, as docs/objectives.md has for more libraries`,
  },
);

export type Indicator = z.input<typeof indicator>;

/** The histogram of the durations of an objective. */
export const histogram = z.union(
  [
    z.enum([...libraryNames, 'spans']),
    z.strictObject({
      /** A selector of the histogram, without `_bucket`: `'orders_duration_seconds{queue="new"}'`. */
      histogram: counter,
      /** The unit of its bounds. @default - that in its name, such as `_milliseconds` or `_ms`; otherwise seconds */
      unit: z.enum(['seconds', 'milliseconds']).optional(),
    }),
  ],
  {
    error: `'${libraryNames.join("', '")}', 'spans', or { histogram: 'orders_duration_seconds' }, as docs/objectives.md has for more libraries`,
  },
);

export type DurationIndicator = z.input<typeof histogram>;

/** The unit that the name of a histogram states; undefined if it states none. */
export const unitInName = (selector: string): 'seconds' | 'milliseconds' | undefined => {
  const name = selectorIn(selector)?.metric ?? '';
  if (/_(milliseconds|millis|ms)$/.test(name)) return 'milliseconds';
  return /_seconds$/.test(name) ? 'seconds' : undefined;
};

/** Whether the bounds of a histogram are in milliseconds. */
export const isInMilliseconds = (of: z.output<typeof histogram>): boolean =>
  typeof of === 'object'
    ? (of.unit ?? unitInName(of.histogram)) === 'milliseconds'
    : of === 'spans';
