import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { startEngine } from '../../engines/process.js';
import { engineRelease } from '../../engines/release.js';
import { listeningOn } from '../../live/listen.js';
import { startPage } from '../../live/page.js';
import { layOutPod } from '../../live/pod.js';
import { prometheusConfiguration } from '../../live/scrape-job.js';
import { shipped } from '../../live/shipped.js';
import { eventually } from '../../live/wait.js';
import type { Capture } from '../capture.js';
import type { Family } from '../exposition.js';
import { asItIs, provoked } from '../observation.js';
import { readPage } from '../page.js';

const workload = { kind: 'StatefulSet', name: 'crowsnest-prometheus' };

/** Series that Prometheus adds for each target and for its alerts; they have no metadata. */
const madeByPrometheus: Readonly<Record<string, string>> = {
  ALERTS: 'One for each alert that is pending or firing, with the labels of the alert.',
  ALERTS_FOR_STATE: 'When the alert became pending, in Unix seconds, with the labels of the alert.',
  scrape_body_size_bytes:
    'Uncompressed size of the last page; 0 after a failure, -1 beyond the limit.',
  scrape_duration_seconds: 'Duration of the scrape.',
  scrape_sample_limit: 'Maximum number of samples in a scrape.',
  scrape_samples_post_metric_relabeling: 'Samples left after relabelling.',
  scrape_samples_scraped: 'Samples that the target exposed.',
  scrape_series_added: 'Approximate number of new series in this scrape.',
  scrape_timeout_seconds: 'The time limit of a scrape.',
  up: '1 if the last scrape succeeded, 0 if it failed.',
};

// In addition, alerts have the labels of their rule.
const ownLabels = new Set(['alertname', 'alertstate']);

/** The generated series that the federation endpoint shows. */
const ownSeries = async (url: string): Promise<Family[]> => {
  const names = Object.keys(madeByPrometheus).join('|');
  const query = new URLSearchParams({ 'match[]': `{__name__=~"${names}"}` });
  const families = await readPage({ url: `${url}/federate?${query}` });
  return families.map((family) => ({
    ...family,
    type: 'gauge',
    help: madeByPrometheus[family.name] ?? '',
    labels: new Set([...family.labels].filter((label) => ownLabels.has(label))),
  }));
};

export default {
  engine: 'prometheus',
  releases: async () => [await engineRelease('prometheus')],
  run: async (folder) => {
    const objects = shipped('production');
    // Remote storage that accepts samples, one that rejects them, and an API server that forbids
    // requests.
    const accepted = new Set(['/takes', '/api/v2/alerts']);
    const page = await startPage(({ path }) => ({ status: accepted.has(path) ? 200 : 403 }));
    const pod = layOutPod(objects, workload, 'prometheus', join(folder, 'pod'));
    const { global, ...rest } = prometheusConfiguration(objects);
    const target = (port: number) => ({ static_configs: [{ targets: [`127.0.0.1:${port}`] }] });
    const configuration = (port: number) => ({
      ...rest,
      global: { ...global, scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
      alerting: {
        alertmanagers: [{ static_configs: [{ targets: [new URL(page.url).host] }] }],
      },
      remote_write: [
        { url: `${page.url}/takes`, send_exemplars: true, send_native_histograms: true },
        { url: `${page.url}/refuses`, name: 'refuses' },
      ],
      remote_read: [{ url: `${page.url}/read`, read_recent: true }],
      scrape_configs: [
        {
          job_name: 'itself',
          scrape_native_histograms: true,
          always_scrape_classic_histograms: true,
          extra_scrape_metrics: true,
          ...target(port),
        },
        { job_name: 'limited', sample_limit: 1, ...target(port) },
        { job_name: 'long', body_size_limit: '1KB', ...target(port) },
        { job_name: 'crowded', target_limit: 1, static_configs: [{ targets: ['a', 'b'] }] },
        {
          job_name: 'discovered',
          kubernetes_sd_configs: [{ role: 'pod', api_server: page.url }],
        },
      ],
    });
    const engine = await startEngine({
      binary: 'prometheus',
      args: ({ port }) => {
        pod.update('/etc/prometheus/config', { 'prometheus.yml': stringify(configuration(port)) });
        return listeningOn(pod.args, port);
      },
      env: { POD_NAME: 'crowsnest-prometheus-0' },
      readyPath: '/-/ready',
    });
    try {
      const own = { url: `${engine.url}/metrics` };
      const before = await asItIs(own);
      pod.update('/etc/prometheus/rules/0', {
        'provoked.yaml': stringify({
          groups: [
            {
              name: 'provoked',
              rules: [
                { alert: 'Provoked', expr: 'vector(1)' },
                {
                  record: 'broken',
                  expr: 'up * on () group_left () prometheus_build_info * on () up',
                },
              ],
            },
          ],
        }),
      });
      for (const query of ['up', 'nonsense{', 'rate(up[1m])', 'up / on () up']) {
        await fetch(`${engine.url}/api/v1/query?${new URLSearchParams({ query })}`);
      }
      await eventually('the alert fires', async () => {
        const text = await (await fetch(`${engine.url}/federate?match[]=ALERTS`)).text();
        return text.includes('Provoked') || undefined;
      });
      await sleep(45_000);
      pod.update('/etc/prometheus/config', { 'prometheus.yml': 'global: 1\n' });
      await sleep(25_000);
      const made = { seen: 'live', families: await ownSeries(engine.url) } as const;
      return { prometheus: { seen: [before, made, await provoked(own)] } };
    } finally {
      await engine.stop();
      await page.stop();
    }
  },
} satisfies Capture;
