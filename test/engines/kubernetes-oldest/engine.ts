import type { EngineDescription } from '../engine.js';

export default {
  // The newest patch release in the module proxy of the oldest minor that Kubernetes still
  // supports.
  // https://kubernetes.io/releases/
  version: '1.35.4',
  module: 'k8s.io/kubernetes',
  onDemand: 'KUBERNETES=oldest',
  binaries: {
    'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
    'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
    'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
    kubectl: 'k8s.io/kubernetes/cmd/kubectl',
  },
  versionVariable: 'k8s.io/component-base/version.gitVersion',
  // Without it every start panics, because component-base parses the variable.
  versionPrefix: 'v',
  versionArguments: { kubectl: ['version', '--client'] },
} satisfies EngineDescription;
