import { parse, stringify } from 'yaml';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { layOutPod, type Pod, type SecretTexts } from './pod.js';

const workload = { kind: 'StatefulSet', name: 'crowsnest-alertmanager' };
const configFolder = '/etc/alertmanager';

/** Alertmanager's pod as it ships. */
export const alertmanagerPod = (
  objects: readonly KubernetesObject[],
  folder: string,
  secrets?: SecretTexts,
): Pod => layOutPod(objects, workload, 'alertmanager', folder, secrets);

/** The path of its configuration file. */
export const configurationPath = (pod: Pod): string => pod.path(`${configFolder}/alertmanager.yml`);

/** Changes its configuration file as the kubelet does. */
export const changeConfiguration = (pod: Pod, text: string, change: object): void => {
  pod.update(configFolder, { 'alertmanager.yml': stringify({ ...parse(text), ...change }) });
};

/**
 * Starts it with the shipped flags. What only a cluster has is replaced: the names of the peers and
 * the address of the pod by ports of the loopback address, of which the first is its own.
 */
export const startAlertmanager = (
  pod: Pod,
  [own, ...others]: readonly number[] = [],
): Promise<RunningEngine> => {
  const ports = own === undefined ? [] : [own, ...others];
  const args = pod.args
    .filter((arg) => !arg.startsWith('--cluster.peer='))
    .map((arg) => arg.replace(/0\.0\.0\.0|\$\(POD_IP\)/, '127.0.0.1').replace(/:9094$/, `:${own}`));
  const peers = pod.args.filter((arg) => arg.startsWith('--cluster.peer='));
  if (peers.length !== ports.length) throw new Error(`It ships with ${peers.length} peers.`);
  return startEngine({
    binary: 'alertmanager',
    args: ({ port }) => [
      ...args,
      ...ports.map((peer) => `--cluster.peer=127.0.0.1:${peer}`),
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    readyPath: '/-/ready',
  });
};
