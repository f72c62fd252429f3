import type { KubernetesObject } from '../../src/model/manifest.js';
import { find } from './shipped.js';

/** A server that answers on one port. */
export const bystanderImage = {
  reference: 'example.com/bystander:1',
  entrypoint: '/busybox',
  user: '65534:65534',
};

/** A namespace outside the stack. */
export const elsewhere = 'elsewhere';

/**
 * Pods in addition to those of the stack: one with the labels of Grafana, which the policies treat
 * as Grafana; one with the labels of Prometheus in another namespace; and one without labels in the
 * namespace of the stack.
 */
export const bystanders = (objects: readonly KubernetesObject[]): KubernetesObject[] => {
  const labelsOf = (name: string) =>
    find(objects, 'StatefulSet', name).spec.template.metadata.labels;
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: elsewhere } },
    // The controller that creates them can take longer than the first pod.
    ...[elsewhere, 'crowsnest'].map((namespace) => ({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { namespace, name: 'default' },
    })),
    bystander('crowsnest', 'grafana-stand-in', labelsOf('crowsnest-grafana'), 3000),
    bystander(elsewhere, 'prometheus-elsewhere', labelsOf('crowsnest-prometheus'), 9090),
    bystander('crowsnest', 'unlabelled', {}, 8080),
  ];
};

/** A pod that answers on these ports. */
export const bystander = (
  namespace: string,
  name: string,
  labels: Record<string, string>,
  ...ports: readonly number[]
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace, name, labels },
  spec: {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: ports.map((port) => ({
      name: `server-${port}`,
      image: bystanderImage.reference,
      args: ['httpd', '-f', '-p', String(port)],
      ports: [{ containerPort: port, protocol: 'TCP' }],
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    })),
  },
});
