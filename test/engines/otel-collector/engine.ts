import type { EngineDescription } from '../engine.js';

export default {
  version: '0.159.0',
  module: 'go.opentelemetry.io/collector/otelcol',
  binaries: { 'otelcol-k8s': 'crowsnest.test/otel-collector' },
  versionVariable: 'main.version',
} satisfies EngineDescription;
