import type { EngineDescription } from '../engine.js';

/** Our command that decodes dashboards with the types of Grafana's foundation SDK. */
export default {
  version: '0.0.22',
  module: 'github.com/grafana/grafana-foundation-sdk/go',
  binaries: { 'foundation-sdk': '.' },
  versionVariable: 'main.version',
} satisfies EngineDescription;
