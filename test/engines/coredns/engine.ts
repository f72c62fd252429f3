import type { EngineDescription } from '../engine.js';

export default {
  // The release that kubeadm 1.36.3 deploys.
  // https://github.com/kubernetes/kubernetes/blob/v1.36.3/cmd/kubeadm/app/constants/constants.go
  version: '1.14.2',
  module: 'github.com/coredns/coredns',
  binaries: { coredns: 'github.com/coredns/coredns' },
  // The release is a constant in the code.
  versionVariable: 'github.com/coredns/coredns/coremain.GitCommit',
  versionArguments: ['-version'],
} satisfies EngineDescription;
