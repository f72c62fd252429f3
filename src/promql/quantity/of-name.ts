import { memoizeText } from '../../model/memoize.js';
import { type Quantity, things } from './quantity.js';

type Suffix = readonly [words: string, quantity: Quantity];

const one = (base: string, scale = 1): Quantity => ({ of: { [base]: 1 }, scale });

// https://prometheus.io/docs/practices/naming/#base-units, and units that exporters use besides these. A percentage
// is not in the list: some exporters count it to 1, such as kafka_server_…_idle_percent.
const suffixes: readonly Suffix[] = [
  ['bytes', one('bytes')],
  ['kilobytes', one('bytes', 1e-3)],
  ['megabytes', one('bytes', 1e-6)],
  ['gigabytes', one('bytes', 1e-9)],
  ['bits', one('bytes', 8)],
  ['seconds', one('seconds')],
  ['milliseconds ms', one('seconds', 1e3)],
  ['microseconds us', one('seconds', 1e6)],
  ['nanoseconds ns', one('seconds', 1e9)],
  ['ratio', { of: {}, scale: 1, share: 'sure' }],
  ['celsius', one('celsius')],
  ['volts', one('volts')],
  ['amperes', one('amperes')],
  ['joules', one('joules')],
  ['watts', { of: { joules: 1, seconds: -1 }, scale: 1 }],
  ['meters', one('metres')],
  ['grams', one('grams')],
  ['pascals', one('pascals')],
];

const byWord: ReadonlyMap<string, Quantity> = new Map(
  suffixes.flatMap(([words, quantity]) =>
    words.split(' ').map((word): [string, Quantity] => [word, quantity]),
  ),
);

/** What the values of a metric measure, as its name states; undefined if it does not. */
export const quantityOfName = memoizeText((name): Quantity | undefined => {
  // The bytes of node_network_speed_bytes are per second.
  if (name.includes(':') || /_(?:speed|rate|bandwidth|throughput)_/.test(name)) return undefined;
  if (/_(?:bucket|count)$/.test(name)) return things;
  const unit = unitOfName(name);
  if (unit) return unit;
  return name.endsWith('_total') ? things : undefined;
});

/** What a histogram or a summary observes, as its name states. */
export const unitOfName = memoizeText((name): Quantity | undefined => {
  const base = name.replace(/_(?:total|sum|bucket|count|max|min|avg|mean)$/, '');
  const rate = /^(.*)_per_sec(?:ond)?$/.exec(base);
  const found = byWord.get(/(?<=_)[a-z]+$/.exec(rate ? rate[1]! : base)?.[0] ?? '');
  if (!found || !rate) return found;
  return { ...found, of: { ...found.of, seconds: (found.of.seconds ?? 0) - 1 } };
});
