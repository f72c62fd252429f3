import { stringify } from 'yaml';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { layOutPod } from './pod.js';
import { prometheusConfiguration } from './scrape-job.js';

interface PrometheusOptions {
  /** @default 0 */
  readonly replica?: number;
  /** @default - any that is free */
  readonly port?: number;
}

/** Starts Prometheus with the shipped flags and rules, and with its configuration as changed. */
export const startPrometheus = (
  objects: readonly KubernetesObject[],
  folder: string,
  change: (shipped: ReturnType<typeof prometheusConfiguration>) => object,
  { replica = 0, port: wanted }: PrometheusOptions = {},
): Promise<RunningEngine> => {
  const workload = { kind: 'StatefulSet', name: 'crowsnest-prometheus' };
  const pod = layOutPod(objects, workload, 'prometheus', folder);
  pod.update('/etc/prometheus/config', {
    'prometheus.yml': stringify(change(prometheusConfiguration(objects))),
  });
  return startEngine({
    binary: 'prometheus',
    args: ({ port }) => [...pod.args, `--web.listen-address=127.0.0.1:${port}`],
    env: { POD_NAME: `crowsnest-prometheus-${replica}` },
    readyPath: '/-/ready',
    ...(wanted !== undefined && { port: wanted }),
  });
};
