import { type CheckInput, defineCheck } from '../../model/check.js';
import { connectionsFor } from '../../model/connection.js';
import type { FaultKinds, FoundFault } from '../../model/fault.js';
import type { Place } from '../../model/finding.js';
import { titleOf } from '../../model/manifest.js';
import { probeSettingsOf } from '../../model/probe-module.js';
import { seconds } from '../../promql/duration.js';
import {
  type PrometheusConfig,
  prometheusFilesIn,
  type ScrapeConfig,
} from '../support/prometheus-file.js';
import { pageOf } from '../support/query/job.js';

const faults = {
  'sparse-samples': {
    what: 'A job is scraped so rarely that its series are sometimes absent.',
    why: 'A query returns samples of the last 5 minutes. Alerts with for start again after each gap, panels have gaps, and rates over short ranges are empty.',
    example: 'scrape_configs:\n  - { job_name: db, scrape_interval: 10m }',
    fix: 'Use an interval of at most 2 minutes, or query the job with functions over longer ranges, such as last_over_time(metric[30m]).',
    severity: 'warning',
  },
} satisfies FaultKinds;

interface Result extends Omit<FoundFault<keyof typeof faults>, 'place'> {
  readonly path: string;
  /** The name of the job. @default - it is about all jobs */
  readonly job?: string;
}

const check = defineCheck({
  faults,
  summary:
    'Every job is scraped so often that a query finds its series, also after one failed scrape: https://prometheus.io/docs/prometheus/latest/querying/basics/#staleness',
  run: (input) =>
    prometheusFilesIn(input).flatMap(
      ({ manifest: { object, construct, patched = false }, config }) =>
        [...ofGlobal(config), ...(config.scrape_configs ?? []).flatMap(ofJob)].map(
          ({ path, job, ...fault }) => ({
            ...fault,
            place: (!patched && job !== undefined && intervalOf(input, job, `${fault.value}`)) || {
              object: titleOf(object),
              construct,
              path: `data['prometheus.yml']: ${path}`,
            },
          }),
        ),
    ),
});

export default check;

/** How long a sample is the value of its series, in seconds. */
const lookback = 300;

const sparse = (interval: string | undefined, subject: string, path: string): Result[] => {
  const every = seconds(interval ?? '') ?? 0;
  if (2 * every <= lookback) return [];
  const gap = every > lookback ? 'between two scrapes' : 'after one failed scrape';
  return [
    {
      path,
      fault: 'sparse-samples',
      message: `${subject} every ${interval}: a series is absent ${gap}.`,
      value: interval,
    },
  ];
};

const ofGlobal = ({ global }: PrometheusConfig): Result[] =>
  sparse(global?.scrape_interval, 'Jobs are scraped', 'global.scrape_interval');

const ofJob = (job: ScrapeConfig, index: number): Result[] => {
  const path = `scrape_configs[${index}]`;
  const subject = `The job '${job.job_name}' is scraped`;
  const labelled = (job.static_configs ?? []).map(({ labels }) => labels?.__scrape_interval__);
  const longest = labelled.reduce(
    (a, b) => ((seconds(b ?? '') ?? 0) > (seconds(a ?? '') ?? 0) ? b : a),
    undefined,
  );
  const found = [
    ...sparse(job.scrape_interval, subject, `${path}.scrape_interval`),
    ...sparse(
      longest,
      `The job '${job.job_name}' has targets that are scraped`,
      `${path}.static_configs`,
    ),
  ];
  return found.map((one) => ({ ...one, ...(job.job_name && { job: job.job_name }) }));
};

/** Where an application sets the interval of its own job, or of its pages in a job of probes. */
const intervalOf = (
  { connections, declarations }: CheckInput,
  job: string,
  interval: string,
): Place | undefined => {
  const page = pageOf(job, connections);
  const pages = page
    ? [page]
    : connectionsFor(connections, 'health').filter(
        ({ endpoint }) => probeSettingsOf(endpoint).interval === interval,
      );
  const places = pages.flatMap(({ provider, endpointName }): Place[] => {
    const { file, line, path, options } = declarations[provider.party] ?? {};
    const option = options?.[`${endpointName}.interval`];
    if (option === undefined) return [];
    return [{ file, ...(line && { line }), path: [path, option].filter(Boolean).join('.') }];
  });
  return places[0];
};
