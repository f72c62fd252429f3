import { expect, test } from 'vitest';
import configuration from '../../src/checks/files/configuration.js';
import { build, minimal } from '../environment.js';
import { changed } from './input.js';

const stack = build(minimal);

const found = (from: RegExp, to: string) =>
  configuration
    .run(
      changed(stack, 'ConfigMap crowsnest/crowsnest-jaeger-config', ({ data }) => {
        const text = data['config.yaml'].replace(from, to);
        if (text === data['config.yaml']) throw new Error(`There is no ${from}.`);
        data['config.yaml'] = text;
      }),
    )
    .map(({ fault, place, severity }) => [severity, fault, `${place.path}`.split('.').at(-1)]);

test.each([
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
])('the Monitor tab of Jaeger queries other names after %s is %s', (from, to, field) => {
  expect(found(from, to)).toEqual([['error', 'invalid-value', field]]);
});

test.each([
  [/(\n +)metrics_flush_interval/, '$1namespace: traces.span.metrics$1metrics_flush_interval'],
  [/unit: ms([\s\S]*)unit: ms/, 'unit: s$1unit: s'],
])('it queries the names that the defaults or two equal units create: %s', (from, to) => {
  expect(found(from, to)).toEqual([]);
});
