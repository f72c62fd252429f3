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
    const { kept, dropped } = isAboutObjects(job)
      ? objectSeries(job, input)
      : pageSeries(job, targets);
    return {
      job: job.name,
      targets,
      series: Math.round(kept + targets * ofEachScrape.size),
      dropped: Math.round(dropped),
      interval: job.interval,
    };
  });

// Their pages grow with the cluster, and not with the number of those who tell of it.
const isAboutObjects = ({ catalogue = '' }: Job): boolean =>
  ['kube-state-metrics', 'cadvisor', 'kubelet-cadvisor'].includes(catalogue);

/** Series that pages tell, by what becomes of them. */
interface Told {
  kept: number;
  dropped: number;
}

const pageSeries = ({ catalogue = '', keeps, limit }: Job, targets: number): Told => {
  // Nobody knows the page: what it may tell at most is counted.
  if (limit !== undefined) return { kept: targets * limit, dropped: 0 };
  const told: Told = { kept: 0, dropped: 0 };
  for (const [name, count] of Object.entries(seriesCounts(catalogue) ?? {})) {
    told[keeps(name) ? 'kept' : 'dropped'] += targets * count;
  }
  return told;
};

const objectSeries = ({ metrics, keeps }: Job, { scale }: CheckInput): Told => {
  const told: Told = { kept: 0, dropped: 0 };
  for (const [name, { labels = [] }] of Object.entries(metrics ?? {})) {
    told[keeps(name) ? 'kept' : 'dropped'] += seriesOfObjects(name, labels, scale);
  }
  return told;
};

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
