import { seconds } from '../../promql/duration.js';
import type { Report, Unvalidated } from '../definition.js';

interface ScrapeConfig {
  readonly job_name?: string;
  readonly scrape_interval?: string;
  readonly scrape_timeout?: string;
}

/** Names of remote servers and scrape jobs are unique, and the timeout of a scrape is at most its interval. */
export const validate = (options: Unvalidated, report: Report): void => {
  remoteServers('remoteWrite', options, report);
  remoteServers('remoteRead', options, report);
  commonTimeout(options, report);
  scrapeConfigs(options, report);
};

const remoteServers = (
  option: 'remoteWrite' | 'remoteRead',
  options: Unvalidated,
  report: Report,
): void => {
  const list: readonly RemoteServer[] = recordsIn(options[option]);
  const names = list.map((one) => one.name ?? one.url);
  for (const [index, name] of names.entries()) {
    if (name === undefined || names.indexOf(name) === index) continue;
    const other = option === 'remoteWrite' ? 'remote write' : 'remote read';
    report([option, index, 'name'], `a name that no other ${other} has`);
  }
  const files = list.map(({ awsCredentials }) => awsCredentials && JSON.stringify(awsCredentials));
  const [first] = files.filter(Boolean);
  for (const [index, file] of files.entries()) {
    if (!file || file === first) continue;
    const message = `${first}, as for the other: the variable of AWS applies to the whole process`;
    report([option, index, 'awsCredentials'], message);
  }
};

interface RemoteServer {
  readonly name?: string;
  readonly url?: string;
  readonly awsCredentials?: unknown;
}

const recordsIn = (list: unknown): readonly RemoteServer[] =>
  Array.isArray(list)
    ? list.map((one) => (typeof one === 'object' && one !== null ? one : {}))
    : [];

/** The common timeout of scrapes is at most their interval. */
const commonTimeout = ({ config, scrapeInterval = '30s' }: Unvalidated, report: Report): void => {
  const { global } = Object(config) as { global?: { scrape_timeout?: unknown } };
  const timeout = Object(global).scrape_timeout;
  if (secondsOf(timeout) <= secondsOf(scrapeInterval)) return;
  report(['config', 'global', 'scrape_timeout'], `at most ${scrapeInterval}, the scrape interval`);
};

const scrapeConfigs = (options: Unvalidated, report: Report): void => {
  const { scrapeConfigs: list, keep, scrapeInterval = '30s' } = options;
  const configs: ScrapeConfig[] = Array.isArray(list) ? list.map((one) => one?.config ?? {}) : [];
  const names = configs.map(({ job_name }) => job_name);
  for (const [index, one] of configs.entries()) {
    const at = (field: string) => ['scrapeConfigs', index, 'config', field];
    const { job_name: name, scrape_timeout: timeout } = one;
    if (name !== undefined && names.indexOf(name) < index) {
      report(at('job_name'), 'a name that no other job has');
    }
    if (typeof name === 'string' && name in Object(keep)) {
      report(['keep', name], 'nothing: use metric_relabel_configs of this job');
    }
    const interval = secondsOf(one.scrape_interval) > 0 ? one.scrape_interval : scrapeInterval;
    if (secondsOf(timeout) > secondsOf(interval)) {
      report(at('scrape_timeout'), `at most ${interval}, its scrape interval`);
    }
  }
};

const secondsOf = (duration: unknown): number =>
  (typeof duration === 'string' ? seconds(duration) : undefined) ?? 0;
