import type { EngineDescription } from '../engine.js';

export default {
  // The only release in module proxies.
  version: '2.1.0',
  module: 'github.com/cloudnativelabs/kube-router/v2',
  binaries: { 'kube-router': 'github.com/cloudnativelabs/kube-router/v2/cmd/kube-router' },
  versionVariable: 'github.com/cloudnativelabs/kube-router/v2/pkg/version.Version',
  versionPrefix: 'v',
} satisfies EngineDescription;
