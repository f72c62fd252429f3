import type { EngineDescription } from '../engine.js';

export default {
  // The Go module proxy does not have the module of the release that ships, 0.20.1.
  version: '0.19.1',
  module: 'github.com/prometheus-community/postgres_exporter',
  binaries: {
    postgres_exporter: 'github.com/prometheus-community/postgres_exporter/cmd/postgres_exporter',
  },
  versionVariable: 'github.com/prometheus/common/version.Version',
} satisfies EngineDescription;
