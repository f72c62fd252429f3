import { type RunningEngine, startEngine } from '../engines/process.js';
import type { Cluster } from './cluster.js';

const administrator = { namespace: 'kube-system', name: 'administrator' };

/** The scheduler and the controller manager of a cluster. */
export interface ControlPlane {
  readonly scheduler: RunningEngine;
  readonly controllerManager: RunningEngine;
  /** The token of the administrator, which their pages require. */
  readonly token: string;
  stop(): Promise<void>;
}

/**
 * Starts both with the rights of an administrator, and the controller manager with additional
 * flags.
 */
export const startControlPlane = async (
  cluster: Cluster,
  folder: string,
  flags: readonly string[] = [],
): Promise<ControlPlane> => {
  const token = await makeAdministrator(cluster);
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
    ...flags,
  );
  return {
    scheduler,
    controllerManager,
    token,
    stop: async () => {
      await scheduler.kill();
      await controllerManager.kill();
    },
  };
};

const makeAdministrator = async (cluster: Cluster): Promise<string> => {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: administrator };
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: administrator.name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', ...administrator }],
  };
  for (const object of [account, binding]) {
    const { failed, stderr } = await cluster.kubectl(['create', '-f', '-'], JSON.stringify(object));
    if (failed) throw new Error(stderr);
  }
  return cluster.token(administrator.namespace, administrator.name);
};
