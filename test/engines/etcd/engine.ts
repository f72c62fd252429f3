import type { EngineDescription } from '../engine.js';

export default {
  version: '3.6.16',
  module: 'go.etcd.io/etcd/server/v3',
  binaries: { etcd: 'go.etcd.io/etcd/server/v3' },
  versionVariable: 'go.etcd.io/etcd/api/v3/version.Version',
} satisfies EngineDescription;
