import type { Answers } from './answers.js';
import type { ClusterFacts } from './facts.js';

/** Answers if nobody is asked: nobody is notified, and nothing is exposed. */
export const defaultAnswers = (facts: ClusterFacts, name: string): Answers => ({
  name,
  stage: ['kind', 'minikube'].includes(facts.platform.value) ? 'development' : 'staging',
  size: facts.size.value,
  alerts: { kind: 'nobody' },
  grafana: { kind: 'port-forward' },
  asked: false,
});

/**
 * A name for the environment from the name of a context: its last part that names a cluster, for
 * contexts of kind, eksctl, AWS and Google Cloud.
 */
export const environmentName = (context: string): string => {
  const [, eksctl] = /@([^@]+)\.[a-z0-9-]+\.eksctl\.io$/.exec(context) ?? [];
  const [, gke] = /^gke_[^_]+_[^_]+_(.+)$/.exec(context) ?? [];
  const [, arn] = /^arn:aws[^:]*:eks:.*:cluster\/(.+)$/.exec(context) ?? [];
  const [, kind] = /^kind-(.+)$/.exec(context) ?? [];
  // kubeadm and OpenShift write user@cluster and namespace/server:port/user.
  const [, openshift] = /^[^/]+\/([^/:]+):\d+\/[^/]+$/.exec(context) ?? [];
  const [, kubeadm] = /^[^@]+@(.+)$/.exec(context) ?? [];
  const text = eksctl ?? gke ?? arn ?? kind ?? openshift ?? kubeadm ?? context;
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^[^a-z]+|-+$/g, '');
  return name || 'cluster';
};
