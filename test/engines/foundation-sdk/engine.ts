import type { EngineDescription } from '../engine.js';

/** A command of ours that decodes dashboards as the types of Grafana's foundation SDK say. */
export default {
  version: '0.0.22',
  module: 'github.com/grafana/grafana-foundation-sdk/go',
  binaries: { 'foundation-sdk': '.' },
  versionVariable: 'main.version',
} satisfies EngineDescription;
