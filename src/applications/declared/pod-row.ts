import { cores, count, type Row, stat, timeSeries } from '../../content/grafana.js';
import type { Application } from './application.js';

/** The pods of an application: those that are targets of its scrape job. */
export const podRow = ({ name, namespace }: Application): Row => {
  const targets = `up{job="${name}", cluster=~"$cluster"}`;
  const here = `namespace="${namespace}", cluster=~"$cluster"`;
  const containers = `${here}, container!=""`;
  const ofPods = (expr: string): string =>
    `sum by (pod) (${expr} and on (namespace, pod) ${targets})`;
  return {
    title: 'Pods',
    panels: [
      stat({
        title: 'Pods',
        width: 8,
        description: 'Running pods whose metrics page Prometheus knows. Bad: fewer than expected.',
        ...count,
        queries: `count(${targets})`,
      }),
      stat({
        title: 'Unreachable pods',
        width: 8,
        description: 'Pods whose metrics page does not answer. Bad: any.',
        ...count,
        thresholds: { critical: 1 },
        queries: `count(${targets} == 0) or vector(0)`,
      }),
      stat({
        title: 'Restarts in one hour',
        width: 8,
        needs: ['kube-state-metrics'],
        description: 'Restarts of the containers of these pods. Bad: any.',
        ...count,
        thresholds: { warning: 1, critical: 5 },
        queries: `round(sum(increase(kube_pod_container_status_restarts_total{${here}}[1h]) and on (namespace, pod) ${targets}))`,
      }),
      timeSeries({
        title: 'CPU usage by pod',
        width: 12,
        needs: ['cadvisor'],
        description: 'CPU cores. Bad: constantly at the request.',
        ...cores,
        queries: {
          '{{pod}}': ofPods(
            `rate(container_cpu_usage_seconds_total{${containers}}[$__rate_interval])`,
          ),
        },
      }),
      timeSeries({
        title: 'Memory by pod',
        width: 12,
        needs: ['cadvisor'],
        description: 'Working set of the containers. Bad: constant growth until a restart.',
        unit: 'bytes',
        queries: {
          '{{pod}}': ofPods(`container_memory_working_set_bytes{${containers}}`),
        },
      }),
    ],
  };
};
