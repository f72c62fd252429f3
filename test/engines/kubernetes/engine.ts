import type { EngineDescription } from '../engine.js';

export default {
  // The newest minor. https://kubernetes.io/releases/
  version: '1.37.2',
  module: 'k8s.io/kubernetes',
  binaries: {
    'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
    'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
    'kube-proxy': 'k8s.io/kubernetes/cmd/kube-proxy',
    'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
    kubectl: 'k8s.io/kubernetes/cmd/kubectl',
    kubelet: 'k8s.io/kubernetes/cmd/kubelet',
  },
  versionVariable: 'k8s.io/component-base/version.gitVersion',
  // Without it every start panics, because component-base parses the variable.
  versionPrefix: 'v',
  versionArguments: { kubectl: ['version', '--client'] },
} satisfies EngineDescription;
