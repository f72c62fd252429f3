import type { EngineDescription } from '../engine.js';

export default {
  version: '2.2.0',
  module: 'go.k6.io/k6/v2',
  binaries: { k6: 'go.k6.io/k6/v2' },
  versionVariable: 'go.k6.io/k6/v2/internal/build.Version',
  versionArguments: ['version'],
} satisfies EngineDescription;
