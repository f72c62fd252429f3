import type { KubernetesObject } from '../../src/model/manifest.js';
import { freePort } from '../engines/port.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import type { Cluster } from './cluster.js';
import { find } from './shipped.js';

const name = 'crowsnest-kube-state-metrics';

/** The arguments with which it ships. */
export const shippedArguments = (objects: readonly KubernetesObject[]): readonly string[] =>
  containerIn(objects).args;

/** Starts kube-state-metrics with the shipped flags and its own token, and tells where it speaks of itself. */
export const startKubeStateMetrics = async (
  objects: readonly KubernetesObject[],
  cluster: Cluster,
  folder: string,
): Promise<{ readonly engine: RunningEngine; readonly telemetry: string }> => {
  const token = await cluster.token('crowsnest', name);
  const telemetry = await freePort();
  const engine = await startEngine({
    binary: 'kube-state-metrics',
    args: ({ port }) => [
      ...shippedArguments(objects),
      `--kubeconfig=${cluster.kubeconfig(folder, token)}`,
      '--host=127.0.0.1',
      `--port=${port}`,
      '--telemetry-host=127.0.0.1',
      `--telemetry-port=${telemetry}`,
    ],
    readyPath: containerIn(objects).readinessProbe.httpGet.path,
  });
  return { engine, telemetry: `http://127.0.0.1:${telemetry}` };
};

const containerIn = (objects: readonly KubernetesObject[]) =>
  find(objects, 'Deployment', name).spec.template.spec.containers[0];
