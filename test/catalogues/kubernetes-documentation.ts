import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Metric, MetricType } from '../../src/catalogues/catalogue.js';
import { runGo } from '../engines/go.js';

interface Entry {
  readonly name: string;
  readonly namespace?: string;
  readonly subsystem?: string;
  readonly help?: string;
  readonly type: string;
  readonly labels?: readonly string[];
  readonly constLabels?: Readonly<Record<string, string>>;
  readonly buckets?: readonly number[];
  readonly componentEndpoints: readonly { readonly component: string; readonly endpoint: string }[];
}

const list = 'test/instrumentation/documentation/documentation-list.yaml';

/**
 * The last release whose module contains the list: 1.37 moved it to a module that the Go proxy does
 * not have.
 */
const lastListed = '1.36.3';

/** Metrics in this list that 1.37 does not expose: they are removed, or hidden as deprecated. */
const gone = [
  'apiserver_cache_list_fetched_objects_total',
  'apiserver_cache_list_returned_objects_total',
  'apiserver_cache_list_total',
  'apiserver_flowcontrol_request_concurrency_in_use',
  'apiserver_flowcontrol_request_concurrency_limit',
  'apiserver_request_slo_duration_seconds',
  'apiserver_storage_db_total_size_in_bytes',
  'apiserver_storage_objects',
  'etcd_bookmark_counts',
  'kube_apiserver_pod_logs_pods_logs_backend_tls_failure_total',
  'kube_apiserver_pod_logs_pods_logs_insecure_backend_total',
  'resourceclaim_controller_creates_total',
  'scheduler_preemption_goroutines_duration_seconds',
  'volume_operation_total_errors',
];

const types: Readonly<Record<string, MetricType>> = {
  Counter: 'counter',
  Gauge: 'gauge',
  Histogram: 'histogram',
  TimingRatioHistogram: 'histogram',
  Summary: 'summary',
};

interface Listed extends Entry {
  readonly fullName: string;
  readonly link: Metric['seen'];
}

/** The list in the module of a release. */
const listOf = async (release: string): Promise<Listed[]> => {
  const module = `k8s.io/kubernetes@v${release}`;
  const { Dir: folder }: { Dir: string } = JSON.parse(
    await runGo('.', ['mod', 'download', '-json', module]),
  );
  const text = readFileSync(join(folder, list), 'utf8');
  const entries: Entry[] = parse(text);
  const lines = text
    .split('\n')
    .flatMap((line, index) => (line.startsWith('- ') ? [index + 1] : []));
  if (lines.length !== entries.length) throw new Error(`${list} is not written as expected.`);
  const page = `https://github.com/kubernetes/kubernetes/blob/v${release}/${list}` as const;
  return entries.map((entry, index) => ({
    ...entry,
    fullName: [entry.namespace, entry.subsystem, entry.name].filter(Boolean).join('_'),
    link: `${page}#L${lines[index] ?? 0}`,
  }));
};

/**
 * The metrics of a release; later releases have those of the last list, without the removed ones.
 */
const has = async (release: string): Promise<Listed[]> => {
  const isListed = release.localeCompare(lastListed, 'en', { numeric: true }) <= 0;
  if (isListed) return listOf(release);
  return (await listOf(lastListed)).filter(({ fullName }) => !gone.includes(fullName));
};

/** The documented metrics of a component's page; only the last list has the pages. */
export const kubernetesDocumentation = async (
  release: string,
  component: string,
  endpoint = '/metrics',
): Promise<Record<string, Metric>> => {
  const told = (await listOf(lastListed)).filter(({ componentEndpoints }) =>
    componentEndpoints.some((one) => one.component === component && one.endpoint === endpoint),
  );
  const names = new Set(told.map(({ fullName }) => fullName));
  return Object.fromEntries(
    (await has(release))
      .filter(({ fullName }) => names.has(fullName))
      .map((entry) => [entry.fullName, metricOf(entry)]),
  );
};

const metricOf = ({ type, labels, constLabels, help, link }: Listed): Metric => ({
  type: types[type] ?? 'unknown',
  labels: [...(labels ?? []), ...Object.keys(constLabels ?? {})].sort(),
  help: help ?? '',
  seen: link,
});

/** The finite bounds of each documented histogram. */
export const documentedBounds = async (): Promise<ReadonlyMap<string, readonly number[]>> =>
  new Map(
    (await listOf(lastListed)).flatMap(({ fullName, buckets = [] }) =>
      buckets.length > 0 ? [[fullName, [...buckets].sort((a, b) => a - b)] as const] : [],
    ),
  );
