import { connectionsFor } from '../model/connection.js';
import { probeModuleOf } from '../model/probe-module.js';
import type { ScrapeJob } from '../model/scrape-job.js';
import type { Outgoing } from '../model/wiring.js';
import { limitsFor } from './limit.js';

/**
 * The scrape jobs by which a consumer of `probes` has pages asked: a job for each prober and module,
 * a target for each page whose health that prober consumes.
 */
export const probeJobs = (outgoing: readonly Outgoing[], all: readonly Outgoing[]): ScrapeJob[] =>
  connectionsFor(outgoing, 'probes').flatMap(({ provider, url }) => {
    const pages = connectionsFor(all, 'health')
      .filter(({ consumer, url: page }) => consumer.party === provider.party && page !== undefined)
      .map((page) => ({ page, module: probeModuleOf(page.endpoint).name }));
    const prober = url === undefined ? undefined : new URL(url);
    if (!prober) return [];
    return [...new Set(pages.map(({ module }) => module))].map(
      (module): ScrapeJob => ({
        job_name: module.replace('http_200', 'probe').replaceAll('_', '-'),
        scheme: 'http',
        metrics_path: prober.pathname,
        params: { module: [module] },
        ...limitsFor(500),
        static_configs: pages
          .filter((one) => one.module === module)
          .map(({ page }) => ({
            targets: [page.url ?? ''],
            labels: { service: page.provider.workload },
          })),
        relabel_configs: [
          { source_labels: ['__address__'], target_label: '__param_target' },
          { source_labels: ['__param_target'], target_label: 'instance' },
          { target_label: '__address__', replacement: prober.host },
        ],
      }),
    );
  });
