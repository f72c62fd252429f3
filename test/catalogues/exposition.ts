import type { MetricType } from '../../src/catalogues/catalogue.js';

/** A metric family on a metrics page. */
export interface Family {
  readonly name: string;
  type: MetricType;
  unit: string;
  help: string;
  readonly labels: Set<string>;
  /** The number of series of each name. */
  readonly series: Map<string, number>;
  /** The finite bounds of all buckets of a histogram. */
  readonly bounds: Set<number>;
}

const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+\S+/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)",?/g;
const comment = /^# (HELP|TYPE|UNIT) (\S+) ?(.*)$/;
const types = new Set(['counter', 'gauge', 'histogram', 'summary']);
// A type of OpenMetrics, which is a gauge in the text format of Prometheus.
const gauges = new Set(['info', 'stateset']);

/**
 * The families of a page in the text format or in OpenMetrics; throws on a line in neither format.
 */
export const parseExposition = (text: string): Family[] => {
  const families = new Map<string, Family>();
  const at = (name: string): Family => {
    const known = families.get(name);
    if (known) return known;
    const fresh: Family = {
      name,
      type: 'unknown',
      unit: '',
      help: '',
      labels: new Set(),
      series: new Map(),
      bounds: new Set(),
    };
    families.set(name, fresh);
    return fresh;
  };
  let open: Family | undefined;
  for (const line of text.split('\n')) {
    if (line === '' || line === '# EOF') continue;
    const [, keyword, name = '', rest = ''] = comment.exec(line) ?? [];
    if (keyword) {
      open = at(name);
      if (keyword === 'HELP') open.help = unescaped(rest);
      if (keyword === 'UNIT') open.unit = rest;
      if (keyword === 'TYPE') open.type = typeOf(rest);
    } else if (!line.startsWith('#')) {
      const [, series, labels = ''] = sample.exec(line) ?? [];
      if (!series) throw new Error(`This is no sample: ${line}`);
      const family = open && belongs(series, open) ? open : at(series);
      family.series.set(series, (family.series.get(series) ?? 0) + 1);
      for (const [, key = '', value = ''] of labels.matchAll(label)) {
        if (key === 'le' && family.type === 'histogram') {
          if (Number.isFinite(Number(value))) family.bounds.add(Number(value));
        } else if (!isQuantile(key, family)) family.labels.add(key);
      }
    }
  }
  return [...families.values()];
};

const typeOf = (word: string): MetricType => {
  if (gauges.has(word)) return 'gauge';
  return types.has(word) ? (word as MetricType) : 'unknown';
};

const isQuantile = (key: string, { type }: Family): boolean =>
  key === 'quantile' && type === 'summary';

const suffixes: Readonly<Record<MetricType, readonly string[]>> = {
  counter: ['', '_total', '_created'],
  gauge: ['', '_info'],
  histogram: ['_bucket', '_sum', '_count', '_created'],
  summary: ['', '_sum', '_count', '_created'],
  unknown: [''],
};

const belongs = (series: string, { name, type }: Family): boolean =>
  suffixes[type].some((suffix) => series === `${name}${suffix}`);

const unescaped = (text: string): string =>
  text.replace(/\\([\\n"])/g, (_, character) => (character === 'n' ? '\n' : character));
