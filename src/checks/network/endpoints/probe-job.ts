import { type Connection, connectionsFor } from '../../../model/connection.js';
import { clientPort } from '../../../model/endpoint.js';
import type { ScrapeConfig } from '../../support/prometheus-file.js';
import { selects } from '../../support/selector.js';
import { different } from './declared.js';
import { targetsOf } from './discovery.js';
import type { EndpointsFault } from './faults.js';
import { type Directory, resolve } from './resolve.js';

/** Whether a job sends its targets to a prober, and gives each one its labels. */
export const probeFaults = (
  job: ScrapeConfig,
  path: string,
  probes: readonly Connection[],
  directory: Directory,
): EndpointsFault[] => {
  const targets = staticTargetsOf(job);
  const found = targetsOf(job, []);
  const isProbed = (target: string): boolean => {
    const host = pagesOf(probes, directory).find((page) => isPage(target, page, directory))
      ?.endpoint.virtualHost;
    return found.some(
      ({ __param_target, __param_hostname, __address__, instance }) =>
        __param_target === target &&
        __param_hostname === host &&
        instance === (host === undefined ? target : `https://${host}`) &&
        probes.some((one) => leadsTo(`${__address__}`, one, directory)),
    );
  };
  const lost = targets.filter((target) => !isProbed(target));
  return [
    ...lost.map((target) => ({
      path: `${path}.relabel_configs`,
      fault: 'target-not-probed' as const,
      message: `The relabelling does not send this target to ${probes.map(({ provider }) => provider.party).join(' or ')}.`,
      value: target,
    })),
    ...found
      .filter(({ service }) => !service)
      .map(({ __param_target }) => ({
        path: `${path}.static_configs`,
        fault: 'no-service-label' as const,
        value: __param_target,
      })),
    ...probes
      .slice(0, 1)
      .flatMap(({ offer }) =>
        different(job, path, { metrics_path: 'path' in offer ? offer.path : undefined }),
      ),
  ];
};

/** Declared health pages that no job probes. */
export const unprobed = (
  jobs: readonly ScrapeConfig[],
  probes: readonly Connection[],
  directory: Directory,
): EndpointsFault[] => {
  const targets = jobs.flatMap(staticTargetsOf);
  return pagesOf(probes, directory)
    .filter((page) => !targets.some((target) => isPage(target, page, directory)))
    .map(({ provider, endpoint, offer }) => ({
      path: 'scrape_configs',
      fault: 'page-not-probed',
      message: `No job probes the health page of ${provider.party}.`,
      value: `port ${endpoint.port}, ${offer.ready ?? offer.live}`,
    }));
};

const staticTargetsOf = ({ static_configs = [] }: ScrapeConfig): string[] =>
  static_configs.flatMap(({ targets = [] }) => targets);

type Page = ReturnType<typeof connectionsFor<'health', Connection>>[number];

/** The health pages that the probers are declared to request. */
const pagesOf = (probes: readonly Connection[], { connections }: Directory): Page[] =>
  connectionsFor(connections, 'health').filter(({ consumer }) =>
    probes.some(({ provider }) => provider.party === consumer.party),
  );

const isPage = (target: string, page: Page, directory: Directory): boolean => {
  const { native } = page.offer.probe ?? {};
  if (native && page.endpoint.icmp !== undefined) return target === native.target;
  if (native) return leadsTo(target, page, directory);
  const [, address = '', rest = ''] = /^https?:\/\/([^/]+)(\/.*)?$/.exec(target) ?? [];
  return rest === (page.offer.ready ?? page.offer.live) && leadsTo(address, page, directory);
};

const leadsTo = (address: string, { provider, endpoint }: Connection, directory: Directory) => {
  const [, host = '', port] = /^(.*):(\d+)$/.exec(address) ?? [];
  const target = resolve(
    { path: '', value: address, host, port: Number(port), listens: false },
    directory,
  );
  if ('fault' in target) return false;
  if (target.port !== (target.template ? endpoint.port : clientPort(endpoint))) return false;
  const { location } = provider;
  return target.template && location.kind === 'pods'
    ? selects({ matchLabels: location.labels }, target.template.labels)
    : endpoint.host === host;
};
