/**
 * Measures the evaluation of the rules in a real Prometheus, with the series of a cluster with 50
 * nodes and 2,000 pods; with `--against <folder>`, compares it with the PrometheusRule objects there.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { startEngine } from '../test/engines/process.js';
import { metricsIn, ownRules, type RuleSet, rulesOf } from './bench/rules/rule-set.js';
import { type Series, seriesOf, size } from './bench/rules/series.js';

const interval = 30;
const pages = 8;

const argument = (name: string): string | undefined =>
  process.argv[process.argv.indexOf(name) + 1 || Number.POSITIVE_INFINITY];
const against = argument('--against');
// The ranges of most rules are five minutes.
const minutes = Number(argument('--minutes') ?? 10);

/** Serves the series in pages, with values that increase from the start. */
const serve = async (all: readonly Series[]): Promise<{ url: string; stop: () => void }> => {
  const start = Date.now();
  const lines = all.map(({ name, labels, valueAt }) => ({
    text: `${name}{${Object.entries(labels)
      .map(([label, value]) => `${label}="${value}"`)
      .join(',')}} `,
    valueAt,
  }));
  const server = createServer((request, response) => {
    const page = Number(request.url?.slice(1));
    const seconds = 3600 + (Date.now() - start) / 1000;
    const own = lines.slice(
      Math.floor((page * lines.length) / pages),
      Math.floor(((page + 1) * lines.length) / pages),
    );
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(own.map(({ text, valueAt }) => `${text}${valueAt(seconds)}\n`).join(''));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

interface Evaluated {
  readonly name: string;
  readonly evaluationTime: number;
  readonly rules: readonly {
    readonly health: string;
    readonly name: string;
    readonly lastError?: string;
    readonly alerts?: readonly object[];
  }[];
}

const own = await ownRules();
const rules: RuleSet = { ...own, ...(against ? rulesOf(against) : {}) };
const series = seriesOf(metricsIn(rules));
const server = await serve(series);
console.log(
  `${series.length} series of the metrics that the rules query: ${size.nodes} nodes, ${size.pods} pods with ${size.containersPerPod} containers each, ${size.apiServers} API servers.`,
  `\nScraped and evaluated every ${interval} s, for ${minutes} minutes; the last third of the evaluations counts.`,
);
const prometheus = await startEngine({
  binary: 'prometheus',
  args: ({ port, folder }) => {
    mkdirSync(join(folder, 'rules'));
    for (const [name, text] of Object.entries(rules)) {
      writeFileSync(join(folder, 'rules', name), text);
    }
    const config = {
      global: { scrape_interval: `${interval}s`, evaluation_interval: `${interval}s` },
      rule_files: [join(folder, 'rules', '*.yaml')],
      scrape_configs: Array.from({ length: pages }, (_, page) => ({
        job_name: `page-${page}`,
        honor_labels: true,
        metrics_path: `/${page}`,
        static_configs: [{ targets: [server.url] }],
      })),
    };
    writeFileSync(join(folder, 'prometheus.yml'), stringify(config));
    return [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
  },
  readyPath: '/-/ready',
});
const samples: Record<string, number[]> = {};
const failing = new Set<string>();
let active: Record<string, number> = {};
try {
  const rounds = Math.floor((minutes * 60) / interval);
  for (let round = 0; round < rounds; round += 1) {
    await sleep(interval * 1000);
    if (round < (2 * rounds) / 3) continue;
    const response = await fetch(`${prometheus.url}/api/v1/rules`);
    const { data } = (await response.json()) as { data: { groups: Evaluated[] } };
    active = {};
    for (const { name, evaluationTime, rules: evaluated } of data.groups) {
      const [whose = ''] = name.split('-');
      const firing = evaluated.reduce((sum, { alerts = [] }) => sum + alerts.length, 0);
      active[whose] = (active[whose] ?? 0) + firing;
      samples[name] = [...(samples[name] ?? []), evaluationTime];
      for (const one of evaluated) {
        if (one.health === 'err') failing.add(`${name} ${one.name}: ${one.lastError}`);
      }
    }
  }
} finally {
  await prometheus.stop();
  server.stop();
}

const median = (all: readonly number[]): number =>
  [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
const rows = Object.entries(samples)
  .map(([name, all]) => ({ name, milliseconds: median(all) * 1000 }))
  .sort((a, b) => b.milliseconds - a.milliseconds);
const total = (prefix: string): number =>
  rows
    .filter(({ name }) => name.startsWith(prefix))
    .reduce((sum, { milliseconds }) => sum + milliseconds, 0);
for (const { name, milliseconds } of rows) {
  console.log(`${milliseconds.toFixed(1).padStart(9)} ms  ${name}`);
}
const named = (whose: string): string => `${active[whose] ?? 0} alerts pending or firing`;
for (const one of failing) console.log(`fails: ${one}`);
console.log(`${total('own-').toFixed(0).padStart(9)} ms  total of our rules (${named('own')})`);
if (against) {
  console.log(
    `${total('peer-').toFixed(0).padStart(9)} ms  total of the other rules (${named('peer')})`,
  );
  console.log(`Ratio of our rules to the others: ${(total('own-') / total('peer-')).toFixed(2)}.`);
}
