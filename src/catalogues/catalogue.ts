import { readdirSync, readFileSync } from 'node:fs';
import { sourceFolder } from '../model/source-folder.js';

/** A histogram's series are its name with `_bucket`, `_sum` and `_count`; a summary's likewise. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'unknown';

/** A family of series that an engine tells. */
export interface Metric {
  readonly type: MetricType;
  /** @default - the engine names none */
  readonly unit?: string;
  /** Those of the engine itself, without `le` and `quantile`, sorted. */
  readonly labels: readonly string[];
  readonly help: string;
  /** By itself, after something was done to bring it about, or where its source says so. */
  readonly seen: 'live' | 'provoked' | `https://${string}`;
  /** The minor release that alone has it. @default - all that the catalogue is of */
  readonly only?: string;
}

/** What a metrics page tells, in the releases that were asked. */
export interface Catalogue {
  readonly engine: string;
  /** The release; of Kubernetes there are `versions` instead. */
  readonly version?: string;
  /** The oldest and the newest release. */
  readonly versions?: readonly string[];
  /** By the name of the family: a counter's as in its series, with `_total`. */
  readonly metrics: Readonly<Record<string, Metric>>;
}

const folder = new URL('catalogues/', sourceFolder);

/** The names of all catalogues, sorted. */
export const catalogueNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();

/** Reads a catalogue; throws if there is none of that name. */
export const loadCatalogue = (name: string): Catalogue =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));

type Counts = Readonly<Record<string, number>>;

const readCounts = (file: string): Readonly<Record<string, Counts>> =>
  JSON.parse(readFileSync(new URL(`series/${file}`, folder), 'utf8'));

let counts: Readonly<Record<string, Counts>> | undefined;
let perCpu: typeof counts;

/**
 * How many series of each name a page has on a machine with so many CPUs: those of the captured
 * page, and for each CPU those that a machine of its own hardware has. None of a page that was not
 * captured.
 */
export const seriesCounts = (catalogue: string, cpus: number): Counts | undefined => {
  counts ??= readCounts('counts.json');
  perCpu ??= readCounts('per-cpu.json');
  const captured = counts[catalogue];
  const each = perCpu[catalogue];
  if (!captured || !each) return captured;
  return {
    ...captured,
    ...Object.fromEntries(Object.entries(each).map(([name, count]) => [name, count * cpus])),
  };
};

/** The finite bounds of the buckets of histograms, which are named by their catalogue. */
export interface BoundList {
  readonly bounds: readonly number[];
  readonly of: Readonly<Record<string, readonly string[]>>;
}

let bounds: ReadonlyMap<string, readonly number[]> | undefined;

/** The finite bounds of a histogram on the captured page, sorted; none of what was not captured. */
export const bucketBoundsOf = (
  catalogue: string,
  histogram: string,
): readonly number[] | undefined => {
  bounds ??= new Map(
    (
      JSON.parse(
        readFileSync(new URL('series/bounds.json', folder), 'utf8'),
      ) as readonly BoundList[]
    ).flatMap((list) =>
      Object.entries(list.of).flatMap(([of, names]) =>
        names.map((name) => [`${of} ${name}`, list.bounds] as const),
      ),
    ),
  );
  return bounds.get(`${catalogue} ${histogram}`);
};

/** The first and the last finite bucket of a histogram: its bound, and the share of all observations up to it. */
export interface BucketEdges {
  readonly first: readonly [bound: number, share: number];
  readonly last: readonly [bound: number, share: number];
}

let buckets: Readonly<Record<string, BucketEdges>> | undefined;

/** Where a histogram had its observations on a live cluster of one small node; none of what observed nothing there. */
export const bucketEdgesOf = (histogram: string): BucketEdges | undefined => {
  buckets ??= JSON.parse(
    readFileSync(new URL('series/buckets.json', folder), 'utf8'),
  ) as typeof buckets;
  return buckets?.[histogram];
};

const found = new Map<string, Catalogue | undefined>();

/** The catalogue of that name, read once; none if there is none. */
export const findCatalogue = (name: string): Catalogue | undefined => {
  if (!found.has(name)) {
    found.set(name, catalogueNames().includes(name) ? loadCatalogue(name) : undefined);
  }
  return found.get(name);
};
