import type { EngineDescription } from '../engine.js';

export default {
  version: '0.18.1',
  module: 'github.com/restic/restic',
  binaries: { restic: 'github.com/restic/restic/cmd/restic' },
  versionVariable: 'main.version',
  versionArguments: ['version'],
} satisfies EngineDescription;
