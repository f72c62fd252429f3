import { stringify } from 'yaml';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { type RunningEngine, startEngine } from '../engines/process.js';
import { listeningOn } from './listen.js';
import { layOutPod } from './pod.js';
import { prometheusConfiguration } from './scrape-job.js';

interface PrometheusOptions {
  /** @default 0 */
  readonly replica?: number;
  /** @default - any free port */
  readonly port?: number;
  /** Changes each rule file. @default - unchanged */
  readonly rules?: (text: string) => string;
}

const isRules = ({ kind, metadata }: KubernetesObject): boolean =>
  kind === 'ConfigMap' && /^crowsnest-prometheus-rules-\d+$/.test(metadata.name);

/** Starts Prometheus with the shipped flags and rules, and a changed configuration. */
export const startPrometheus = (
  objects: readonly KubernetesObject[],
  folder: string,
  change: (shipped: ReturnType<typeof prometheusConfiguration>) => object,
  { replica = 0, port: wanted, rules }: PrometheusOptions = {},
): Promise<RunningEngine> => {
  const workload = { kind: 'StatefulSet', name: 'crowsnest-prometheus' };
  const pod = layOutPod(objects, workload, 'prometheus', folder);
  pod.update('/etc/prometheus/config', {
    'prometheus.yml': stringify(change(prometheusConfiguration(objects))),
  });
  if (rules) {
    for (const { metadata, data = {} } of objects.filter(isRules)) {
      const shard = metadata.name.split('-').at(-1);
      const files = Object.entries(data as Record<string, string>);
      pod.update(
        `/etc/prometheus/rules/${shard}`,
        Object.fromEntries(files.map(([name, text]) => [name, rules(text)])),
      );
    }
  }
  return startEngine({
    binary: 'prometheus',
    args: ({ port }) => listeningOn(pod.args, port),
    env: { POD_NAME: `crowsnest-prometheus-${replica}` },
    readyPath: '/-/ready',
    ...(wanted !== undefined && { port: wanted }),
  });
};
