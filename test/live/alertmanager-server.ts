import { parse, stringify } from 'yaml';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { listeningOn } from './listen.js';
import { layOutPod, type Pod, type SecretTexts } from './pod.js';

const workload = { kind: 'StatefulSet', name: 'crowsnest-alertmanager' };
const configFolder = '/etc/alertmanager';

/** The pod of Alertmanager, from the manifests. */
export const alertmanagerPod = (
  objects: readonly KubernetesObject[],
  folder: string,
  secrets?: SecretTexts,
): Pod => layOutPod(objects, workload, 'alertmanager', folder, secrets);

/** The path of its configuration file. */
export const configurationPath = (pod: Pod): string => pod.path(`${configFolder}/alertmanager.yml`);

/** Changes its configuration file in the same way as the kubelet. */
export const changeConfiguration = (pod: Pod, text: string, change: object): void => {
  pod.update(configFolder, { 'alertmanager.yml': stringify({ ...parse(text), ...change }) });
};

/**
 * Starts it with the shipped flags. Values that only a cluster has are replaced: the names of the
 * peers and the address of the pod become ports of the loopback address, and the first port is its
 * own.
 */
export const startAlertmanager = (
  pod: Pod,
  [own, ...others]: readonly number[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<RunningEngine> => {
  const ports = own === undefined ? [] : [own, ...others];
  const args = pod.args
    .filter((arg) => !arg.startsWith('--cluster.peer='))
    .map((arg) =>
      arg.replace(/^(--cluster\.(?:listen|advertise)-address=).*:9094$/, `$1127.0.0.1:${own}`),
    );
  const peers = pod.args.filter((arg) => arg.startsWith('--cluster.peer='));
  if (peers.length !== ports.length) throw new Error(`It ships with ${peers.length} peers.`);
  return startEngine({
    binary: 'alertmanager',
    args: ({ port }) => [
      ...listeningOn(args, port),
      ...ports.map((peer) => `--cluster.peer=127.0.0.1:${peer}`),
    ],
    env,
    readyPath: '/-/ready',
  });
};
