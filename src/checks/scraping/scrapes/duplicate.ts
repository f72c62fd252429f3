import type { CheckInput } from '../../../model/check.js';
import type { Connection } from '../../../model/connection.js';
import type { Location, PodLocation } from '../../../model/location.js';
import type { MetricsOffer } from '../../../model/offer.js';
import { contains } from '../../support/address.js';
import { type ListedTarget, listedTargets } from '../../support/query/target.js';
import type { Result } from './faults.js';
import type { ShippedJob } from './job.js';

interface Scraped extends ListedTarget {
  readonly job: ShippedJob;
}

/** Targets with the labels of another one, and pages that two jobs request. */
export const duplicates = (jobs: readonly ShippedJob[], input: CheckInput): Result[] => {
  const targets = jobs.flatMap((job) =>
    (listedTargets(job.config) ?? []).map((target): Scraped => ({ ...target, job })),
  );
  const listed = [
    ...pairs(targets, ({ labels }) => keyOf(labels)).flatMap(([one, other]) => mixed(one, other)),
    ...pairs(targets, ({ page }) => keyOf(page)).flatMap(([one, other]) => repeated(one, other)),
  ];
  return firstOf([...listed, ...alsoDeclared(jobs, input)]);
};

const keyOf = (record: object): string =>
  JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Each item with the first one that has the same key. */
const pairs = <T>(all: readonly T[], key: (one: T) => string): [T, T][] => {
  const first = new Map<string, T>();
  return all.flatMap((one): [T, T][] => {
    const same = first.get(key(one));
    if (same) return [[same, one]];
    first.set(key(one), one);
    return [];
  });
};

/** One finding for each place and fault. */
const firstOf = (results: readonly Result[]): Result[] => [
  ...new Map(
    [...results].reverse().map((one) => [`${one.fault} ${JSON.stringify(one.place)}`, one]),
  ).values(),
];

const hostOf = (address: string): string => address.replace(/^\w+:\/\//, '').replace(/:\d+$/, '');

/**
 * Two pages with one set of labels. Pages of one host can have different metrics, and an exporter of others can
 * have their names as labels: only `up` is then mixed.
 */
const mixed = (one: Scraped, other: Scraped): Result[] => {
  if (keyOf(one.page) === keyOf(other.page)) return [];
  const samePage = one.page.path === other.page.path && one.page.query === other.page.query;
  const sameHost = hostOf(one.page.address) === hostOf(other.page.address);
  const certain = samePage && !sameHost && !other.job.config.honor_labels;
  return [
    {
      place: other.job.at(other.job.config.relabel_configs ? 'relabel_configs' : 'static_configs'),
      fault: 'same-labels',
      message: `${nameOf(other)} has the same labels as ${nameOf(one)}.`,
      value: textOf(other.labels),
      ...(!certain && {
        severity: 'warning' as const,
        why: 'Series that both expose are mixed; up is that of either one.',
      }),
    },
  ];
};

const nameOf = ({ page: { address, path, query } }: Scraped): string =>
  query === '[]' ? `${address}${path}` : `${address}${path} with ${query}`;

const textOf = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ');

const repeated = (one: Scraped, other: Scraped): Result[] => {
  // Prometheus merges targets of one job with the same labels.
  if (one.job === other.job && keyOf(one.labels) === keyOf(other.labels)) return [];
  return twice(one.job, other.job, nameOf(other));
};

const twice = (one: ShippedJob, other: ShippedJob, value: string): Result[] => {
  if (differ(one, other)) return [];
  const message =
    one === other
      ? 'The job has this target twice, with different labels.'
      : `The job '${one.config.job_name}' requests the same page.`;
  return [{ place: other.at('static_configs'), fault: 'duplicate-target', message, value }];
};

/** Whether both jobs keep only some series, and not the same ones. */
const differ = (one: ShippedJob, other: ShippedJob): boolean => {
  const [first, second] = [one, other].map(({ config }) =>
    (config.metric_relabel_configs ?? []).filter(
      ({ action }) => action === 'keep' || action === 'drop',
    ),
  );
  return (
    first!.length > 0 && second!.length > 0 && JSON.stringify(first) !== JSON.stringify(second)
  );
};

/** Pages of declared parties that two jobs request, at least one of them by a user. */
const alsoDeclared = (jobs: readonly ShippedJob[], { nodeCidrs }: CheckInput): Result[] =>
  jobs.flatMap((one, index) =>
    jobs.slice(index + 1).flatMap((other) => {
      // The targets that native jobs list are compared by their addresses.
      if ((one.native && other.native) || (!isUsers(one) && !isUsers(other))) return [];
      const same = other.connections.find((mine) =>
        one.connections.some((theirs) => samePage(one, theirs, other, mine, nodeCidrs)),
      );
      if (!same) return [];
      const [first, second] = isUsers(other) ? [one, other] : [other, one];
      return twice(first, second, `port ${same.endpoint.port}`);
    }),
  );

const isUsers = ({ connections }: ShippedJob): boolean =>
  connections.some(({ provider }) => !provider.own);

const samePage = (
  one: ShippedJob,
  a: Connection,
  other: ShippedJob,
  b: Connection,
  nodeCidrs: readonly string[],
): boolean =>
  a.endpoint.port === b.endpoint.port &&
  pathOf(a) === pathOf(b) &&
  paramsOf(one) === paramsOf(other) &&
  // Targets of a proxy, and what it connects to, are not pages of this place.
  ![one, other].some(({ config }) => config.proxy_url) &&
  meet(a.provider.location, b.provider.location, nodeCidrs);

const pathOf = ({ offer }: Connection): string =>
  `${(offer as Partial<MetricsOffer>).path ?? '/metrics'}`;

const paramsOf = ({ config }: ShippedJob): string => keyOf(config.params ?? {});

/** Whether the one place contains the other. */
const meet = (a: Location, b: Location, nodeCidrs: readonly string[]): boolean => {
  if (a.kind === 'pods' && b.kind === 'pods') return within(a, b) || within(b, a);
  if (a.kind === 'nodes' && b.kind === 'nodes') return true;
  const [addresses, onNodes] = a.kind === 'addresses' ? [a, b] : [b, a];
  const isNode =
    onNodes.kind === 'nodes' ||
    (onNodes.kind === 'pods' && onNodes.onEachNode && onNodes.hostNetwork);
  return (
    addresses.kind === 'addresses' &&
    isNode === true &&
    addresses.cidrs.length > 0 &&
    addresses.cidrs.every((cidr) => nodeCidrs.some((nodes) => contains(nodes, cidr)))
  );
};

/** Whether the labels select only pods that the labels of `all` select. Without labels, other rules select the pods. */
const within = (all: PodLocation, some: PodLocation): boolean => {
  const labels = Object.entries(all.labels);
  return (
    all.namespace === some.namespace &&
    labels.length > 0 &&
    labels.every(([key, value]) => some.labels[key] === value)
  );
};
