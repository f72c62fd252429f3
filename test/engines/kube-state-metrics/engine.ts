import type { EngineDescription } from '../engine.js';

export default {
  version: '2.20.0',
  module: 'k8s.io/kube-state-metrics/v2',
  binaries: { 'kube-state-metrics': 'k8s.io/kube-state-metrics/v2' },
  versionVariable: 'github.com/prometheus/common/version.Version',
  versionPrefix: 'v',
  versionArguments: ['version'],
} satisfies EngineDescription;
