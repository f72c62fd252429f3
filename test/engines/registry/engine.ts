import type { EngineDescription } from '../engine.js';

export default {
  version: '3.1.2',
  module: 'github.com/distribution/distribution/v3',
  binaries: { registry: 'github.com/distribution/distribution/v3/cmd/registry' },
  versionVariable: 'github.com/distribution/distribution/v3/version.version',
  versionArguments: ['--version'],
} satisfies EngineDescription;
