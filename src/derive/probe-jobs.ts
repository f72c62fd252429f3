import { connectionsFor } from '../model/connection.js';
import { probeModuleOf, probeModules, probeSettingsOf } from '../model/probe-module.js';
import type { ScrapeJob } from '../model/scrape-job.js';
import type { Outgoing } from '../model/wiring.js';
import { limitsFor } from './limit.js';

/**
 * The scrape jobs of a consumer of `probes`: a job for each prober and module, and a target for each
 * page whose health that prober consumes.
 */
export const probeJobs = (outgoing: readonly Outgoing[], all: readonly Outgoing[]): ScrapeJob[] =>
  connectionsFor(outgoing, 'probes').flatMap(({ provider, url }) => {
    const pages = connectionsFor(all, 'health')
      .filter((page) => page.consumer.party === provider.party && targetOf(page) !== undefined)
      .map((page) => ({ page, module: probeModuleOf(page.endpoint).base }));
    const prober = url === undefined ? undefined : new URL(url);
    if (!prober) return [];
    return [...new Set(pages.map(jobOf))].map((job): ScrapeJob => {
      const mine = pages.filter((one) => jobOf(one) === job);
      return {
        job_name: job,
        scheme: 'http',
        metrics_path: prober.pathname,
        params: { module: [...new Set(mine.map(({ module }) => module))] },
        ...limitsFor(500),
        static_configs: mine.map(({ page }) => ({
          targets: [targetOf(page) ?? ''],
          labels: {
            service: page.provider.workload,
            ...(page.endpoint.virtualHost && { __param_hostname: page.endpoint.virtualHost }),
            ...ownSettings(page),
          },
        })),
        relabel_configs: [
          { source_labels: ['__address__'], target_label: '__param_target' },
          mine.some(isOfHost)
            ? {
                source_labels: ['__param_hostname'],
                target_label: 'instance',
                replacement: 'https://$1',
              }
            : { source_labels: ['__param_target'], target_label: 'instance' },
          { target_label: '__address__', replacement: prober.host },
        ],
      };
    });
  });

/** What the prober requests: the URL of a page, or the target of a native module. */
const targetOf = ({ endpoint, url }: Outgoing): string | undefined =>
  probeSettingsOf(endpoint).native?.target ?? url;

/** Labels that override the module and the interval of the job for one page. */
const ownSettings = ({ endpoint }: Outgoing): Readonly<Record<string, string>> => {
  const { name, base } = probeModuleOf(endpoint);
  const { interval } = probeSettingsOf(endpoint);
  return {
    ...(name !== base && { __param_module: name }),
    ...(interval && { __scrape_interval__: interval }),
  };
};

interface ProbedPage {
  readonly page: Outgoing;
  readonly module: string;
}

const isOfHost = ({ page }: ProbedPage): boolean => page.endpoint.virtualHost !== undefined;

/** Hosts behind an ingress controller have their own jobs: the prober must also send the host name. */
const jobOf = (one: ProbedPage): string =>
  jobNameOf(one.module, isOfHost(one) ? 'probe-public' : 'probe');

const jobNameOf = (module: string, kind: string): string =>
  module.replace('http_200', kind).replaceAll('_', '-');

/** The names of all scrape jobs that a prober can have. */
export const possibleProbeJobs: readonly string[] = probeModules.flatMap((name) =>
  ['probe', 'probe-public'].map((kind) => jobNameOf(name, kind)),
);
