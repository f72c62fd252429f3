import { seconds } from '../../promql/duration.js';
import type { Report, Unvalidated } from '../definition.js';

interface ScrapeConfig {
  readonly job_name?: string;
  readonly scrape_interval?: string;
  readonly scrape_timeout?: string;
}

/** Names of remote writes and scrape jobs are unique, and the timeout of a scrape is at most its interval. */
export const validate = (options: Unvalidated, report: Report): void => {
  remoteWrites(options, report);
  scrapeConfigs(options, report);
};

const remoteWrites = ({ remoteWrite: list }: Unvalidated, report: Report): void => {
  const names = Array.isArray(list) ? list.map((one) => one?.name) : [];
  for (const [index, name] of names.entries()) {
    if (name === undefined || names.indexOf(name) === index) continue;
    report(['remoteWrite', index, 'name'], 'a name that no other remote write has');
  }
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
    const interval = one.scrape_interval ?? scrapeInterval;
    if (secondsOf(timeout) > secondsOf(interval)) {
      report(at('scrape_timeout'), `at most ${interval}, its scrape interval`);
    }
  }
};

const secondsOf = (duration: unknown): number =>
  (typeof duration === 'string' ? seconds(duration) : undefined) ?? 0;
