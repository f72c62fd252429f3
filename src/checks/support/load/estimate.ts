import { seriesCounts } from '../../../catalogues/catalogue.js';
import { ofEachScrape } from '../../../catalogues/series.js';
import type { CheckInput } from '../../../model/check.js';
import { isAt, templatesIn } from '../pod/template.js';
import { type Job, jobsIn, pageOf } from '../query/job.js';
import { named } from '../untyped.js';
import { seriesOfObjects } from './entity.js';

/** The series that Prometheus is expected to store for one job. */
export interface JobEstimate {
  readonly job: string;
  readonly targets: number;
  readonly series: number;
  /** Exposed series that are not stored. */
  readonly dropped: number;
  /** Seconds between two samples. */
  readonly interval: number;
}

/**
 * Series of the jobs, derived from nodes, cores, pods, catalogues and relabelling. Pages that are not
 * captured count as empty.
 */
export const estimateJobs = (input: CheckInput): JobEstimate[] =>
  jobsIn(input).map((job) => {
    const targets = targetsOf(job, input);
    const { kept, dropped } = isAboutObjects(job)
      ? objectSeries(job, input)
      : pageSeries(job, targets, input.scale);
    return {
      job: job.name,
      targets,
      series: Math.round(kept + targets * ofEachScrape.size),
      dropped: Math.round(dropped),
      interval: job.interval,
    };
  });

// The size of these pages depends on the cluster, and not on the number of targets.
const isAboutObjects = ({ catalogue = '' }: Job): boolean =>
  ['kube-state-metrics', 'cadvisor', 'kubelet-cadvisor'].includes(catalogue);

/** Number of exposed series: those that are stored, and those that are dropped. */
interface SeriesCount {
  kept: number;
  dropped: number;
}

const pageSeries = (
  { catalogue = '', keeps, limit }: Job,
  targets: number,
  { cores }: CheckInput['scale'],
): SeriesCount => {
  // The page is unknown: the sample limit of the job counts.
  if (limit !== undefined) return { kept: targets * limit, dropped: 0 };
  const total: SeriesCount = { kept: 0, dropped: 0 };
  for (const [name, count] of Object.entries(seriesCounts(catalogue, cores) ?? {})) {
    total[keeps(name) ? 'kept' : 'dropped'] += targets * count;
  }
  return total;
};

const objectSeries = ({ metrics, keeps }: Job, { scale }: CheckInput): SeriesCount => {
  const total: SeriesCount = { kept: 0, dropped: 0 };
  for (const [name, { labels = [] }] of Object.entries(metrics ?? {})) {
    total[keeps(name) ? 'kept' : 'dropped'] += seriesOfObjects(name, labels, scale);
  }
  return total;
};

/** The number of targets of a job: nodes, replicas or addresses. */
const targetsOf = (job: Job, { connections, manifests, scale }: CheckInput): number => {
  const page = pageOf(job.scrapeJob, connections);
  if (!page) return job.staticTargets;
  const { location, own } = page.provider;
  if (location.kind === 'nodes') return scale.nodes;
  if (location.kind === 'addresses') return location.cidrs.length;
  // The number of replicas of a foreign workload is unknown: two are usual.
  if (!own) return 2;
  const template = templatesIn(named(manifests)).find((one) => isAt(one, location));
  return template ? (template.replicas ?? scale.nodes) : 1;
};
