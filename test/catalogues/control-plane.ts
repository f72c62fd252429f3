import { type RunningEngine, startEngine } from '../engines/process.js';
import type { Cluster } from '../live/cluster.js';

/** The scheduler and the controller-manager of a cluster, whose pages want the administrator's token. */
export interface ControlPlane {
  readonly scheduler: RunningEngine;
  readonly controllerManager: RunningEngine;
  stop(): Promise<void>;
}

/** Starts both with the rights of an administrator. */
export const startControlPlane = async (
  cluster: Cluster,
  folder: string,
  token: string,
): Promise<ControlPlane> => {
  const kubeconfig = cluster.kubeconfig(folder, token);
  const start = (binary: string, ...args: string[]) =>
    startEngine({
      binary,
      args: ({ port, folder: own }) => [
        ...['', 'authentication-', 'authorization-'].map(
          (use) => `--${use}kubeconfig=${kubeconfig}`,
        ),
        ...['--bind-address=127.0.0.1', `--secure-port=${port}`, `--cert-dir=${own}`],
        ...args,
      ],
      readyPath: '/healthz',
      scheme: 'https',
    });
  const scheduler = await start('kube-scheduler');
  const controllerManager = await start(
    'kube-controller-manager',
    '--allocate-node-cidrs',
    '--cluster-cidr=10.244.0.0/16',
    '--service-cluster-ip-range=10.96.0.0/16',
    // Soon enough that a node which says nothing counts as lost.
    '--node-monitor-grace-period=10s',
    '--horizontal-pod-autoscaler-sync-period=5s',
  );
  return {
    scheduler,
    controllerManager,
    stop: async () => {
      await scheduler.kill();
      await controllerManager.kill();
    },
  };
};
