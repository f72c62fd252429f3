import type { EngineDescription } from '../engine.js';

export default {
  version: '1.88.0',
  module: 'github.com/oliver006/redis_exporter',
  binaries: { redis_exporter: 'github.com/oliver006/redis_exporter' },
  versionVariable: 'main.BuildVersion',
  versionPrefix: 'v',
  versionArguments: ['--version'],
} satisfies EngineDescription;
