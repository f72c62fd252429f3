import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Metric, MetricType } from '../../src/catalogues/catalogue.js';
import { runGo } from '../engines/go.js';
import { newestKubernetes } from './kubernetes-releases.js';

interface Entry {
  readonly name: string;
  readonly namespace?: string;
  readonly subsystem?: string;
  readonly help?: string;
  readonly type: string;
  readonly labels?: readonly string[];
  readonly constLabels?: Readonly<Record<string, string>>;
  readonly componentEndpoints: readonly { readonly component: string; readonly endpoint: string }[];
}

const list = 'test/instrumentation/documentation/documentation-list.yaml';
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

/** What Kubernetes says that a page of a component tells; only its newest list says of which page. */
export const kubernetesDocumentation = async (
  release: string,
  component: string,
  endpoint = '/metrics',
): Promise<Record<string, Metric>> => {
  const newest = await listOf(await newestKubernetes());
  const told = newest.filter(({ componentEndpoints }) =>
    componentEndpoints.some((one) => one.component === component && one.endpoint === endpoint),
  );
  const names = new Set(told.map(({ fullName }) => fullName));
  return Object.fromEntries(
    (await listOf(release))
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
