import type { EngineDescription } from '../engine.js';

export default {
  version: '3.14.0',
  module: 'github.com/prometheus/prometheus',
  // Prometheus 3.x is published as the Go module v0.3xx, because its path has no /v3.
  moduleVersion: 'v0.314.0',
  binaries: {
    prometheus: 'github.com/prometheus/prometheus/cmd/prometheus',
    promtool: 'github.com/prometheus/prometheus/cmd/promtool',
  },
  versionVariable: 'github.com/prometheus/common/version.Version',
  // Service discovery for clouds takes most of the build time, and no manifest uses it.
  tags: ['remove_all_sd', 'enable_kubernetes_sd', 'enable_dns_sd'],
} satisfies EngineDescription;
