import { kubeadmConfiguration, listening } from '../../config/control-plane.js';
import type { Environment } from '../../environment/environment.js';
import { code, table } from './markdown.js';

/** The settings with which the control plane can be scraped, and which other clients can then read its metrics. */
export const controlPlaneSettings = ({ cluster }: Environment): string[] =>
  cluster.controlPlane === 'loopback'
    ? []
    : [
        '### Settings of the control plane',
        `The environment sets \`controlPlane: 'exposed'\`. By default, kubeadm configures these components to listen on loopback only. Each needs its setting on every control plane node (kube-proxy on every node); without it, the alerts that its job is down fire.`,
        table(
          ['part', 'setting', 'port', 'answers'],
          listening.map(({ name, setting, port, answers }) => [
            name,
            code(setting),
            `${port}`,
            answers,
          ]),
        ),
        'In a new cluster, `kubeadm init --config` uses this configuration. In an existing one, add it to the ConfigMap `kube-system/kubeadm-config`, so that upgrades keep it, and on each control plane node run `kubeadm init phase control-plane scheduler --config`, the same for `controller-manager`, and `kubeadm init phase etcd local --config` ([source](https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-reconfigure/)). The setting of kube-proxy is in the ConfigMap `kube-system/kube-proxy`; restart its pods.',
        `\`\`\`yaml\n${kubeadmConfiguration}\n\`\`\``,
        "No policy covers pods on the host network: a firewall must keep other clients away from etcd's and kube-proxy's port.",
      ];
