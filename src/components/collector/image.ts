import type { Image } from '../../config/image.js';

/** The image of the OpenTelemetry Collector, of the distribution k8s. */
export const collectorImage: Required<Image> = {
  repository: 'docker.io/otel/opentelemetry-collector-k8s',
  tag: '0.159.0',
  user: 10001,
  group: 10001,
  entrypoint: '/otelcol-k8s',
  shell: false,
  dockerfile:
    'https://github.com/open-telemetry/opentelemetry-collector-releases/blob/v0.159.0/distributions/otelcol-k8s/Dockerfile',
};
