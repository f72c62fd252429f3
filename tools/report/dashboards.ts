import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadContent } from '../../src/content/load.js';
import { toJson } from '../../src/model/json.js';
import { dashboardQueries } from '../../src/promql/dashboard.js';
import type { Section } from './section.js';

const root = resolve(import.meta.dirname, '../..');

interface Panel {
  readonly type: string;
  readonly description?: string;
  readonly panels?: readonly Panel[];
}

/**
 * Figures about dashboards and their parts, and about the results of their queries in the live
 * test.
 */
export const dashboards: Section = async () => {
  const { content } = await loadContent([root]);
  const all = Object.entries(content.dashboards);
  const jobs = new Set(everyJob);
  const titles = new Map(
    all.map(([uid, { title, variables }]) => [uid, { title, variables, ships: true }]),
  );
  const rendered = all.map(([uid, { render }]) => render({ uid, jobs, titles }));
  const panels = rendered
    .flatMap((one) => one.panels as unknown as readonly Panel[])
    .flatMap((panel) => [panel, ...(panel.panels ?? [])])
    .filter(({ type }) => type !== 'row');
  const lines = all
    .map(([uid]) => readFileSync(content.sources[`dashboards/${uid}`]!.file, 'utf8'))
    .reduce((sum, text) => sum + text.split('\n').length, 0);
  const evidence = readFileSync(resolve(root, 'docs/evidence.md'), 'utf8');
  const [, asked, withData] =
    /(\d+) queries of \d+ dashboards: (\d+) with data/.exec(evidence) ?? [];
  const [, shown, alarming] =
    /(\d+) panels of \d+ dashboards\b.*: (\d+) look alarming/.exec(evidence) ?? [];
  return {
    title: 'Dashboards',
    figures: {
      dashboards: all.length,
      panels: panels.length,
      described: panels.filter(({ description }) => description).length,
      queries: rendered.flatMap((one) => dashboardQueries(one)).filter(({ label }) => !label)
        .length,
      'queries with data, in the live test': asked ? `${withData} of ${asked}` : 'not shown yet',
      'panels that look alarming while all is well, in the live test': shown
        ? `${alarming} of ${shown}`
        : 'not shown yet',
      'bytes a dashboard': Math.round(
        rendered.reduce((sum, one) => sum + Buffer.byteLength(toJson(one)), 0) / all.length,
      ),
      'lines of TypeScript a panel': (lines / panels.length).toFixed(1),
    },
  };
};

// Jobs that parts of the shipped dashboards need.
const everyJob = [
  ...['prometheus', 'alertmanager', 'grafana', 'jaeger', 'span-metrics', 'probe'],
  ...['kube-state-metrics', 'node-exporter', 'kubelet', 'cadvisor', 'apiserver', 'coredns'],
  ...['kube-scheduler', 'kube-controller-manager', 'etcd', 'kube-proxy', 'blackbox-exporter'],
];
