import { catalogueNames, loadCatalogue, type Metric } from '../../../src/catalogues/catalogue.js';

/** The size of the cluster. */
export const size = { nodes: 50, pods: 2000, containersPerPod: 2, namespaces: 40, apiServers: 3 };

type Labels = Readonly<Record<string, string>>;

/** A series of the cluster, and its value after some seconds. */
export interface Series {
  readonly name: string;
  readonly labels: Labels;
  readonly valueAt: (seconds: number) => number;
}

const times = (count: number, label: (index: number) => Labels): Labels[] =>
  Array.from({ length: count }, (_, index) => label(index));
const nodeOf = (index: number): string => `node-${index % size.nodes}`;
const podOf = (index: number): Labels => ({
  namespace: `namespace-${index % size.namespaces}`,
  pod: `workload-${Math.floor(index / 4)}-${index % 4}`,
});
const named = (label: string, count: number): Labels[] =>
  times(count, (index) => ({
    namespace: `namespace-${index % size.namespaces}`,
    [label]: `${label}-${index}`,
  }));

const nodes = times(size.nodes, (index) => ({
  node: nodeOf(index),
  instance: `10.0.0.${index}:9100`,
}));
const pods = times(size.pods, (index) => ({
  ...podOf(index),
  node: nodeOf(index),
  uid: `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
}));
const containers = pods.flatMap((pod) =>
  times(size.containersPerPod, (index) => ({ ...pod, container: `container-${index}` })),
);
const instances =
  (count: number) =>
  (job: string): Labels[] =>
    times(count, (index) => ({
      namespace: 'crowsnest',
      pod: `${job}-${index}`,
      instance: `10.1.0.${index}:80`,
      node: nodeOf(index),
    }));

/** For metrics of kube-state-metrics: the first of these labels that a metric has identifies its object. */
const objects: readonly (readonly [label: string, of: readonly Labels[]])[] = [
  ['container', containers],
  ['pod', pods],
  ['replicaset', named('replicaset', 600)],
  ['deployment', named('deployment', 300)],
  ['statefulset', named('statefulset', 50)],
  ['daemonset', named('daemonset', 10)],
  ['job_name', named('job_name', 50)],
  ['cronjob', named('cronjob', 10)],
  ['horizontalpodautoscaler', named('horizontalpodautoscaler', 50)],
  ['poddisruptionbudget', named('poddisruptionbudget', 50)],
  ['persistentvolumeclaim', named('persistentvolumeclaim', 200)],
  ['persistentvolume', named('persistentvolume', 200)],
  ['resourcequota', named('resourcequota', 40)],
  ['node', nodes],
  ['namespace', named('namespace', size.namespaces)],
];

/** Values of additional labels of a metric; a label that is not listed has one value. */
const values: Readonly<Record<string, readonly string[]>> = {
  cpu: ['0', '1', '2', '3', '4', '5', '6', '7'],
  mode: ['idle', 'user', 'system', 'iowait', 'irq', 'softirq', 'steal', 'nice'],
  device: ['sda', 'sdb', 'eth0', 'eth1'],
  mountpoint: ['/', '/boot', '/data'],
  phase: ['Running', 'Pending', 'Succeeded', 'Failed', 'Unknown'],
  condition: ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'],
  status: ['true', 'false', 'unknown'],
  reason: ['Completed', 'Error', 'OOMKilled'],
  resource: ['cpu', 'memory', 'pods', ...Array.from({ length: 37 }, (_, n) => `resource-${n}`)],
  verb: ['GET', 'LIST', 'WATCH', 'POST', 'PUT', 'PATCH', 'DELETE'],
  code: ['200', '201', '404', '409', '500'],
  scope: ['resource', 'namespace', 'cluster'],
  le: ['0.05', '0.1', '0.2', '0.4', '0.6', '0.8', '1', '1.5', '2', '3', '5', '10', '30', '+Inf'],
  alertmanager: ['a', 'b', 'c'],
  rule_group: Array.from({ length: 20 }, (_, n) => `group-${n}`),
  scrape_job: Array.from({ length: 16 }, (_, n) => `job-${n}`),
};

/** The objects of the series of a job. */
const subjects: Readonly<Record<string, (metric: Metric) => readonly Labels[]>> = {
  'node-exporter': () => nodes,
  kubelet: ({ labels }) =>
    labels.includes('persistentvolumeclaim')
      ? named('persistentvolumeclaim', 200).map((one, index) => ({ ...one, node: nodeOf(index) }))
      : nodes,
  'kubelet-probes': () => nodes,
  cadvisor: ({ labels }) =>
    labels.includes('container')
      ? containers.map((one, index) => ({
          ...one,
          id: `/kubepods/${index}`,
          image: 'image',
          name: `${index}`,
        }))
      : labels.includes('pod')
        ? pods
        : nodes,
  'kube-state-metrics': ({ labels }) =>
    objects.find(([label]) => labels.includes(label))?.[1] ?? [{}],
};

const counts: Readonly<Record<string, number>> = {
  apiserver: size.apiServers,
  alertmanager: 3,
  coredns: 2,
  etcd: 3,
  'kube-scheduler': 3,
  'kube-controller-manager': 3,
  prometheus: 2,
  probe: 10,
};

/** The job that scrapes the metrics of a catalogue. */
const jobs: Readonly<Record<string, string>> = {
  'kube-apiserver': 'apiserver',
  'kubelet-cadvisor': 'cadvisor',
  'jaeger-span-metrics': 'span-metrics',
};

/** The series of the queried metrics, in every job whose catalogue has them. */
export const seriesOf = (asked: ReadonlySet<string>): Series[] =>
  catalogueNames()
    .filter((name) => name !== 'cadvisor')
    .flatMap((catalogue) => {
      const job = jobs[catalogue] ?? catalogue;
      return Object.entries(loadCatalogue(catalogue).metrics).flatMap(([family, metric]) =>
        parts(family, metric)
          .filter((name) => asked.has(name) && name !== 'up' && !/^ALERTS/.test(name))
          .flatMap((name) => expand(name, job, metric)),
      );
    })
    .concat(ups());

const parts = (family: string, { type }: Metric): string[] =>
  type === 'histogram' || type === 'summary'
    ? [`${family}_bucket`, `${family}_sum`, `${family}_count`]
    : [family];

const subjectsOf = (job: string, metric: Metric): readonly Labels[] =>
  (subjects[job] ?? (() => instances(counts[job] ?? 1)(job)))(metric);

const expand = (name: string, job: string, metric: Metric): Series[] => {
  const of = subjectsOf(job, metric);
  const own = name.endsWith('_bucket') ? [...metric.labels, 'le'] : metric.labels;
  const rest = own.filter((label) => !(label in of[0]!));
  // Each object has a series for each possible state, and one of them is 1.
  const variants = rest.reduce<Labels[]>(
    (all, label) => {
      const wanted = job === 'kube-state-metrics' && label === 'resource' ? 2 : undefined;
      const options = (values[label] ?? ['some']).slice(0, wanted);
      return all.flatMap((one) => options.map((value) => ({ ...one, [label]: value })));
    },
    [{}],
  );
  return of.flatMap((subject, at) =>
    variants.map((variant, index) => ({
      name,
      labels: { job, ...subject, ...variant },
      valueAt: healthy(name, metric, at, rest.some((label) => label in values) ? index : undefined),
    })),
  );
};

const trouble =
  /restart|throttl|err|fail|drop|refus|miss|exceed|reject|evict|corrupt|duplicate|out_of|abort|timeout|waiting|terminated|unschedul|deletion|pressure|carrier|stalled|offset|conntrack_entries$|filefd_allocated/i;
const plenty = /avail|free|limit|capacity|size|total|allocatable|max|hard/i;

/**
 * The cluster is healthy, so that almost no alert fires: there are no errors, a tenth of all
 * resources is used, and each object is in the first of its states.
 */
const healthy = (
  name: string,
  { type }: Metric,
  at: number,
  state: number | undefined,
): ((seconds: number) => number) => {
  if (trouble.test(name)) return () => 0;
  if (/expir/.test(name)) return () => Date.now() / 1000 + 31_536_000;
  if (/_time(stamp)?(_|$)|created/.test(name)) return () => Date.now() / 1000 - 3600;
  if (type !== 'gauge' && type !== 'unknown') {
    return (seconds) => Math.floor((seconds * (1 + (at % 7))) / 10);
  }
  if (state !== undefined) return () => Number(state === 0);
  return plenty.test(name) ? () => 1000 + (at % 50) : () => 100 + (at % 50);
};

const ups = (): Series[] =>
  [...catalogueNames().map((name) => jobs[name] ?? name)].flatMap((job) =>
    subjectsOf(job, { type: 'gauge', labels: [], help: '', seen: 'live' })
      .slice(0, size.nodes)
      .map((labels) => ({ name: 'up', labels: { job, ...labels }, valueAt: () => 1 })),
  );
