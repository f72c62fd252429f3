/** A change of Jaeger's configuration file. */
type Change = readonly [from: RegExp, to: string];

/** Changes after which the Monitor tab queries other names than those of the span metrics, each with the reported field. */
export const otherNames: readonly (readonly [...Change, field: string])[] = [
  [/latency_unit: ms/, 'latency_unit: s', 'latency_unit'],
  [/unit: ms/, 'unit: s', 'latency_unit'],
  [/normalize_calls: true/, 'normalize_calls: false', 'normalize_calls'],
  [/normalize_duration: true/, 'normalize_duration: false', 'normalize_duration'],
  [/(\n +)latency_unit: ms/, '$1latency_unit: ms$1metric_namespace: spans', 'metric_namespace'],
  [/(\n +)metrics_flush_interval/, '$1namespace: spans$1metrics_flush_interval', 'namespace'],
  [
    /(\n +)enable_open_metrics/,
    '$1add_metric_suffixes: false$1enable_open_metrics',
    'add_metric_suffixes',
  ],
];

/** Changes after which it queries the same names. */
export const sameNames: readonly Change[] = [
  [/(\n +)metrics_flush_interval/, '$1namespace: traces.span.metrics$1metrics_flush_interval'],
  [/unit: ms([\s\S]*?)unit: ms/, 'unit: s$1unit: s'],
];
