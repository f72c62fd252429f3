import type { EngineDescription } from '../engine.js';

export default {
  version: '0.28.0',
  module: 'github.com/prometheus/blackbox_exporter',
  binaries: { blackbox_exporter: 'github.com/prometheus/blackbox_exporter' },
  versionVariable: 'github.com/prometheus/common/version.Version',
} satisfies EngineDescription;
