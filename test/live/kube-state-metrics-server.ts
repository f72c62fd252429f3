import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { freePort } from '../engines/port.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import type { Cluster } from './cluster.js';
import { find } from './shipped.js';

const name = 'crowsnest-kube-state-metrics';

/** The shipped arguments. */
export const shippedArguments = (objects: readonly KubernetesObject[]): readonly string[] =>
  containerIn(objects).args;

/**
 * Starts kube-state-metrics with the shipped flags, its own token and the shipped file about custom
 * resources, and returns the URL of its own metrics.
 */
export const startKubeStateMetrics = async (
  objects: readonly KubernetesObject[],
  cluster: Cluster,
  folder: string,
): Promise<{ readonly engine: RunningEngine; readonly telemetry: string }> => {
  const token = await cluster.token('crowsnest', name);
  const telemetry = await freePort();
  const file = join(folder, 'custom-resources.yml');
  for (const { data } of objects.filter(({ kind }) => kind === 'ConfigMap')) {
    const text = (data as Record<string, string> | undefined)?.['custom-resources.yml'];
    if (text) writeFileSync(file, text);
  }
  const engine = await startEngine({
    binary: 'kube-state-metrics',
    args: ({ port }) => [
      ...shippedArguments(objects).map((arg) =>
        arg
          .replace(/^(--port=)\d+$/, `$1${port}`)
          .replace(/^(--telemetry-port=)\d+$/, `$1${telemetry}`)
          .replace(/^(--custom-resource-state-config-file=).+$/, `$1${file}`),
      ),
      `--kubeconfig=${cluster.kubeconfig(folder, token)}`,
      '--host=127.0.0.1',
      '--telemetry-host=127.0.0.1',
    ],
    readyPath: containerIn(objects).readinessProbe.httpGet.path,
  });
  return { engine, telemetry: `http://127.0.0.1:${telemetry}` };
};

const containerIn = (objects: readonly KubernetesObject[]) =>
  find(objects, 'Deployment', name).spec.template.spec.containers[0];
