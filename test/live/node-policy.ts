import { engineBinary } from '../engines/installation.js';
import type { ControlPlane } from './node-control-plane.js';
import type { Machine } from './node-machine.js';
import { network } from './node-network.js';

/** Starts kube-router only to enforce NetworkPolicies. */
export const startPolicyController = async (
  machine: Machine,
  controlPlane: ControlPlane,
): Promise<void> => {
  machine.start([
    await engineBinary('kube-router'),
    ...['--run-firewall=true', '--run-router=false', '--run-service-proxy=false'],
    '--enable-cni=false',
    `--kubeconfig=${controlPlane.kubeconfig('administrator')}`,
    '--hostname-override=worker',
    `--service-cluster-ip-range=${network.services}`,
  ]);
};
