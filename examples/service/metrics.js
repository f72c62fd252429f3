import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The metrics of the service, in the format that has exemplars. */
export const createMetrics = () => {
  const registry = new Registry();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  collectDefaultMetrics({ register: registry });
  // The name and the labels are those of OpenTelemetry, so objectives and dashboards know them.
  const durations = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Duration of HTTP requests.',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
    // The threshold of an objective must be one of these bounds.
    buckets: [0.01, 0.05, 0.1, 0.3, 1, 3],
    registers: [registry],
    enableExemplars: true,
  });
  return {
    registry,
    /** Counts a request. Its bucket has its trace as exemplar, if the trace is sampled. */
    count: ({ method, route, status, seconds, trace }) =>
      durations.observe({
        labels: {
          http_request_method: method,
          http_route: route,
          http_response_status_code: `${status}`,
        },
        value: seconds,
        ...(trace && { exemplarLabels: { trace_id: trace.traceId, span_id: trace.spanId } }),
      }),
  };
};
