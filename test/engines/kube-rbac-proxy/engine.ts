import type { EngineDescription } from '../engine.js';

export default {
  version: '0.22.1',
  module: 'github.com/brancz/kube-rbac-proxy',
  binaries: { 'kube-rbac-proxy': 'github.com/brancz/kube-rbac-proxy/cmd/kube-rbac-proxy' },
  versionVariable: 'k8s.io/component-base/version.gitVersion',
  // Without it every start panics, because component-base parses the variable.
  versionPrefix: 'v',
} satisfies EngineDescription;
