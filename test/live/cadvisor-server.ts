import type { KubernetesObject } from '../../src/model/manifest.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { find } from './shipped.js';

/** The container of cAdvisor, from the manifests. */
export const cadvisorContainer = (objects: readonly KubernetesObject[]) =>
  find(objects, 'DaemonSet', 'crowsnest-cadvisor').spec.template.spec.containers[0] as {
    readonly args: readonly string[];
    readonly livenessProbe: { readonly httpGet: { readonly path: string } };
    readonly readinessProbe: { readonly httpGet: { readonly path: string } };
  };

/** Starts it with the shipped flags, with the socket of another containerd. */
export const startCadvisor = (
  objects: readonly KubernetesObject[],
  socket: string,
): Promise<RunningEngine> => {
  const { args, readinessProbe } = cadvisorContainer(objects);
  return startEngine({
    binary: 'cadvisor',
    args: ({ port }) => [
      ...args.map((arg) =>
        arg
          .replace(/^--containerd=.*/, `--containerd=${socket}`)
          .replace(/^(--port=)\d+$/, `$1${port}`),
      ),
      '--listen_ip=127.0.0.1',
    ],
    readyPath: readinessProbe.httpGet.path,
  });
};
