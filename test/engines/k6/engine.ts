import type { EngineDescription } from '../engine.js';

// The newest version that the Go module proxy has; the image that ships is newer.
export default {
  version: '1.8.1',
  module: 'go.k6.io/k6',
  binaries: { k6: 'go.k6.io/k6' },
  versionVariable: 'go.k6.io/k6/internal/build.Version',
  versionArguments: ['version'],
} satisfies EngineDescription;
