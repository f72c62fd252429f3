import { seriesCounts } from '../../catalogues/catalogue.js';
import type { CheckInput } from '../../model/check.js';
import { connectionsFor } from '../../model/connection.js';
import { type Job, jobsIn, ofEachScrape } from '../query/job.js';
import { seriesOfObjects } from './entity.js';

/** What one job is expected to store. */
export interface JobEstimate {
  readonly job: string;
  readonly targets: number;
  readonly series: number;
  /** Series that its pages tell and nothing stores. */
  readonly dropped: number;
  /** Seconds between two samples. */
  readonly interval: number;
}

/** Series of the jobs, from nodes, pods, catalogues and what is kept; nothing of pages that nobody has captured. */
export const estimateJobs = (input: CheckInput): JobEstimate[] =>
  jobsIn(input).map((job) => {
    const targets = targetsOf(job, input);
    const told = (one: Job): number =>
      isAboutObjects(one) ? objectSeries(one, input) : targets * pageSeries(one);
    const kept = told(job);
    return {
      job: job.name,
      targets,
      series: Math.round(kept + targets * ofEachScrape.size),
      dropped: Math.round(told({ ...job, keeps: () => true }) - kept),
      interval: job.interval,
    };
  });

// Their pages grow with the cluster, and not with the number of those who tell of it.
const isAboutObjects = ({ catalogue = '' }: Job): boolean =>
  ['kube-state-metrics', 'cadvisor', 'kubelet-cadvisor'].includes(catalogue);

const pageSeries = ({ catalogue = '', keeps }: Job): number =>
  Object.entries(seriesCounts(catalogue) ?? {})
    .filter(([name]) => keeps(name))
    .reduce((sum, [, count]) => sum + count, 0);

const objectSeries = (job: Job, { scale }: CheckInput): number =>
  Object.entries(job.metrics ?? {})
    .filter(([name]) => job.keeps(name))
    .reduce((sum, [name, { labels = [] }]) => sum + seriesOfObjects(name, labels, scale), 0);

/** How many targets a job has: a node each, a replica each, an address each. */
const targetsOf = (job: Job, { connections, manifests, scale }: CheckInput): number => {
  const page = connectionsFor(connections, 'metrics').find(
    ({ offer, provider }) => (offer.job ?? provider.party) === job.name,
  );
  if (!page) return job.staticTargets;
  const { location, own, workload } = page.provider;
  if (location.kind === 'nodes') return scale.nodes;
  if (location.kind === 'addresses') return location.cidrs.length;
  // Of others it is not known how many there are: mostly two.
  if (!own) return 2;
  const object = manifests
    .map((one) => one.object)
    .find(
      ({ kind, metadata }) =>
        ['StatefulSet', 'Deployment', 'DaemonSet'].includes(kind) &&
        metadata?.labels?.['app.kubernetes.io/component'] === workload,
    );
  return object?.kind === 'DaemonSet' ? scale.nodes : (object?.spec?.replicas ?? 1);
};
