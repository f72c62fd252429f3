import type { EngineDescription } from '../engine.js';

export default {
  version: '1.12.1',
  module: 'github.com/prometheus/node_exporter',
  binaries: { node_exporter: 'github.com/prometheus/node_exporter' },
  versionVariable: 'github.com/prometheus/common/version.Version',
} satisfies EngineDescription;
