import {
  cluster,
  cores,
  count,
  dashboard,
  labelVariable,
  stat,
  table,
} from '../src/content/grafana.js';

const here = 'cluster=~"$cluster", namespace=~"$namespace"';
const workload = 'namespace, workload';
const release = `${workload}, release`;
const current = `workload:release:current{${here}}`;
const deployments = `workload:release:current{${here}, workload=~"deployment/.+"}`;
/** Each point of the shown time counts once: the points are as far apart as the range of a rate. */
const over = (operation: string, expr: string) =>
  `${operation}((${expr})[$__range:$__rate_interval])`;
const lastSeen = over('max_over_time', `timestamp(${current})`);
/** Only releases of workloads that were rolled out in the shown time. */
const ofRollouts = (expr: string) =>
  `(${expr}) and on (${workload}) count by (${workload}) (${lastSeen}) > 1`;

/** The values of a workload while each of its releases was the current one. */
const during = (operation: string, metric: string) => `${operation}(${metric}{${here}}[$__range])`;
const means = (metric: string) => during('avg_over_time', metric);
const ratios = (part: string, whole: string) =>
  `${during('sum_over_time', part)} / (${during('sum_over_time', whole)} > 0)`;

/** Compares the current release of each workload with the one before it. */
const compared = (operator: '/' | '-', values: string) =>
  `((${values}) and on (${release}) ${current}) ${operator} on (${workload}) group_left () max by (${workload}) ((${values}) and on (${release}) topk by (${workload}) (1, ${lastSeen} unless on (${release}) ${current}))`;
const growthOf = (values: string) => `${compared('/', values)} - 1`;

const cpu = means('workload:pod_cpu_usage_seconds:avg_rate5m');
const memory = means('workload:pod_memory_working_set_bytes:avg');
const errors = ratios('workload:span_errors:rate5m', 'workload:span_requests:rate5m');
const duration = means('workload:span_duration_milliseconds:p95');
const events = (kind: string) =>
  over(
    'sum_over_time',
    `slo:sli_${kind}:rate5m{${here}} * on (namespace, service) group_left (workload, release) label_replace(${deployments}, "service", "$1", "workload", "deployment/(.+)")`,
  );

const labels = {
  namespace: { title: 'Namespace', width: 140 },
  workload: { title: 'Workload', opens: 'workload' },
  release: 'Release',
};
const share = { unit: 'percentunit', decimals: 2 } as const;
const growth = { ...share, decimals: 0, thresholds: { warning: 0.25, critical: 1 } };
const empty = 'no rollout in this time range';
const sorted = { sortBy: 'Workload', ascending: true };
const grown = (values: string) => `count(${growthOf(values)} > 0.25) or 0 * count(${current})`;

export default dashboard({
  title: 'Releases',
  description:
    'The last rollouts of each workload: what its pods used, and how its requests went, under each release. A release that is used again has the mean of all its time.',
  folder: 'Kubernetes',
  needs: ['kube-state-metrics', 'cadvisor'],
  links: ['namespace', 'traces'],
  period: '24h',
  variables: [cluster, labelVariable('namespace', 'workload:release:current{cluster=~"$cluster"}')],
  rows: [
    {
      title: 'Last rollouts',
      panels: [
        stat({
          title: 'Workloads with a rollout',
          description: 'Workloads whose release changed in the shown time.',
          ...count,
          queries: `count(count by (${workload}) (${lastSeen}) > 1) or 0 * count(${current})`,
        }),
        stat({
          title: 'More CPU per pod',
          description:
            'Workloads that use over 25 % more CPU per pod than under the release before. Bad: unexpected ones.',
          ...count,
          thresholds: { warning: 1, critical: 20 },
          queries: grown(cpu),
        }),
        stat({
          title: 'More memory per pod',
          description:
            'Workloads that use over 25 % more memory per pod than under the release before. Bad: unexpected ones.',
          ...count,
          thresholds: { warning: 1, critical: 20 },
          queries: grown(memory),
        }),
      ],
    },
    {
      title: 'Pods',
      panels: [
        table({
          title: 'Pods by release',
          description:
            'Means for each pod under each release, and the growth since the release before. Bad: growth without more requests, more restarts.',
          width: 24,
          height: 12,
          labels,
          empty,
          columns: {
            'Last seen': { unit: 'dateTimeFromNow', query: ofRollouts(`1000 * ${lastSeen}`) },
            CPU: { ...cores, decimals: 3, query: ofRollouts(cpu) },
            'CPU growth': { ...growth, query: growthOf(cpu) },
            Memory: { unit: 'bytes', query: ofRollouts(memory) },
            'Memory growth': { ...growth, query: growthOf(memory) },
            'Restarts per hour': {
              unit: 'short',
              decimals: 2,
              thresholds: { warning: 0.01, critical: 1 },
              query: ofRollouts(`12 * ${means('workload:pod_restarts:avg_increase5m')}`),
            },
          },
          ...sorted,
        }),
      ],
    },
    {
      title: 'Requests (spans)',
      needs: ['span-metrics'],
      panels: [
        table({
          title: 'Requests by release',
          description:
            'Failed requests and the mean of the 95th percentile, of workloads with the name of their service. Bad: more than under the release before.',
          width: 24,
          labels,
          empty: 'no rollout of a workload with spans of its name',
          columns: {
            Errors: { ...share, query: ofRollouts(errors) },
            'More errors': {
              ...share,
              thresholds: { warning: 0.01, critical: 0.05 },
              query: compared('-', errors),
            },
            '95th percentile': { unit: 'ms', query: ofRollouts(duration) },
            Growth: { ...growth, query: growthOf(duration) },
          },
          ...sorted,
        }),
      ],
    },
    {
      title: 'Objectives',
      needs: ['configured:objectives'],
      panels: [
        table({
          title: 'Missed events by release',
          description:
            'Share of the events that miss each objective, of Deployments with the name of their application. Bad: more than under the release before.',
          width: 24,
          labels: { ...labels, slo: 'Objective' },
          empty: 'no rollout of a Deployment with objectives of its name',
          columns: {
            Missed: {
              ...share,
              query: ofRollouts(
                `sum by (${release}, slo) (${events('errors')}) / (sum by (${release}, slo) (${events('total')}) > 0)`,
              ),
            },
          },
          ...sorted,
        }),
      ],
    },
  ],
});
