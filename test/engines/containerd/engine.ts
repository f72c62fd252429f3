import type { EngineDescription } from '../engine.js';

export default {
  version: '2.4.2',
  module: 'github.com/containerd/containerd/v2',
  binaries: {
    containerd: 'github.com/containerd/containerd/v2/cmd/containerd',
    'containerd-shim-runc-v2': 'github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2',
    ctr: 'github.com/containerd/containerd/v2/cmd/ctr',
  },
  versionVariable: 'github.com/containerd/containerd/v2/version.Version',
  versionPrefix: 'v',
  versionArguments: { 'containerd-shim-runc-v2': ['-v'] },
} satisfies EngineDescription;
