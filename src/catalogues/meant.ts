import { distance } from 'fastest-levenshtein';
import { memoizeText } from '../model/memoize.js';
import { catalogueNames, findCatalogue } from './catalogue.js';
import { hasSeries } from './series.js';

/** Whether any engine that was captured has the metric. */
export const isOfAnEngine = memoizeText((metric): boolean =>
  catalogueNames().some((name) => hasSeries(findCatalogue(name)?.metrics ?? {}, metric)),
);

/**
 * The metric of an engine that is surely meant by one that nothing has: a letter or two differ, or the unit at
 * its end is missing. Undefined if an engine has the metric.
 */
export const meantBy = memoizeText((metric): string | undefined => {
  if (metric.includes(':') || isOfAnEngine(metric)) return undefined;
  const near = [...seriesByWord()].flatMap(([word, names]) =>
    isSameWord(word, firstWord(metric)) ? names : [],
  );
  const withUnit = near.filter((name) =>
    /^(_(seconds|bytes|ratio|total))+$/.test(restOf(name, metric)),
  );
  if (withUnit.length === 1) return withUnit[0];
  const most = metric.length < 12 ? 1 : Math.max(2, Math.floor(metric.length / 12));
  return nearest(metric, near, most);
});

/** The job that is surely meant by a name that no job has. */
export const jobMeantBy = (name: string, jobs: readonly string[]): string | undefined =>
  nearest(name, jobs, name.length < 8 ? 1 : 2);

const nearest = (value: string, known: readonly string[], most: number): string | undefined => {
  const [first] = known
    .filter((name) => differInLength(name, value) <= most)
    .map((name) => ({ name, away: distance(name, value) }))
    .sort((a, b) => a.away - b.away);
  return first && first.away <= most && value.length > 3 ? first.name : undefined;
};

const restOf = (name: string, start: string): string =>
  name.startsWith(start) ? name.slice(start.length) : '';

let series: ReadonlyMap<string, readonly string[]> | undefined;

/** The names of all series of all engines, by their first word. */
const seriesByWord = (): ReadonlyMap<string, readonly string[]> => {
  if (series) return series;
  const byWord = new Map<string, string[]>();
  for (const engine of catalogueNames()) {
    for (const [name, { type }] of Object.entries(findCatalogue(engine)?.metrics ?? {})) {
      const parts = type === 'histogram' ? ['', '_bucket', '_sum', '_count'] : [''];
      const word = firstWord(name);
      byWord.set(word, [...(byWord.get(word) ?? []), ...parts.map((part) => `${name}${part}`)]);
    }
  }
  series = byWord;
  return byWord;
};

export const isSameWord = (known: string, word: string): boolean =>
  known === word ||
  (word.length > 2 && differInLength(known, word) <= 1 && distance(known, word) === 1);

// A distance is at least this, and takes long for thousands of names.
const differInLength = (one: string, other: string): number => Math.abs(one.length - other.length);

/** The first word of a metric: that of its program. */
export const firstWord = (metric: string): string => metric.replace(/_.*/, '');
