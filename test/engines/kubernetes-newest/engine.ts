import type { EngineDescription } from '../engine.js';

export default {
  // The newest minor: beside the one in CI, of which the kubelet and the catalogues are too.
  // https://kubernetes.io/releases/
  version: '1.37.2',
  module: 'k8s.io/kubernetes',
  onDemand: 'KUBERNETES=newest',
  binaries: {
    'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
    'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
    'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
    kubectl: 'k8s.io/kubernetes/cmd/kubectl',
  },
  versionVariable: 'k8s.io/component-base/version.gitVersion',
  // Without it every start panics: component-base parses the variable.
  versionPrefix: 'v',
  versionArguments: { kubectl: ['version', '--client'] },
} satisfies EngineDescription;
