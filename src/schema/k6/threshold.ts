import { ownValue } from '../../model/own-value.js';
import { suggest } from '../../model/suggestion.js';

/** The aggregations of each type of metric: https://grafana.com/docs/k6/latest/using-k6/thresholds/#threshold-syntax */
const aggregations = {
  counter: ['count', 'rate'],
  gauge: ['value'],
  rate: ['rate'],
  trend: ['avg', 'min', 'max', 'med', 'p(N)'],
} as const;

type MetricType = keyof typeof aggregations;

/** The tags of the samples: without `url`, whose values can be many. */
export const systemTags = [
  'check',
  'error_code',
  'expected_response',
  'method',
  'name',
  'scenario',
  'status',
] as const;

type Tag = (typeof systemTags)[number];

interface Metric {
  readonly type: MetricType;
  /** The tags that its samples have. */
  readonly tags: readonly Tag[];
}

const ofRequest = (type: MetricType): Metric => ({
  type,
  tags: ['error_code', 'expected_response', 'method', 'name', 'scenario', 'status'],
});
const ofScenario = (type: MetricType): Metric => ({ type, tags: ['scenario'] });
const ofRun = (type: MetricType): Metric => ({ type, tags: [] });

/**
 * The metrics of requests over HTTP. Those of other protocols would never have a value.
 * https://github.com/grafana/k6/blob/v2.2.0/metrics/builtin.go
 */
export const metrics: Readonly<Record<string, Metric>> = {
  checks: { type: 'rate', tags: ['check', 'scenario'] },
  data_received: ofScenario('counter'),
  data_sent: ofScenario('counter'),
  dropped_iterations: ofScenario('counter'),
  http_req_blocked: ofRequest('trend'),
  http_req_connecting: ofRequest('trend'),
  http_req_duration: ofRequest('trend'),
  http_req_failed: ofRequest('rate'),
  http_req_receiving: ofRequest('trend'),
  http_req_sending: ofRequest('trend'),
  http_req_tls_handshaking: ofRequest('trend'),
  http_req_waiting: ofRequest('trend'),
  http_reqs: ofRequest('counter'),
  iteration_duration: ofScenario('trend'),
  iterations: ofScenario('counter'),
  vus: ofRun('gauge'),
  vus_max: ofRun('gauge'),
};

/** A reason why k6 rejects a threshold, or never evaluates it. */
export interface ThresholdFault {
  readonly message: string;
  readonly remedy: string;
  readonly suggestion?: string;
}

/** The key of a threshold: a metric, and the tags of the samples that count. */
interface Key {
  readonly metric: string;
  readonly tags: readonly { readonly tag: string; readonly value: string }[];
}

/**
 * The key of a threshold as k6 reads it; undefined if k6 rejects it. Braces can be in the value of a tag, and around a
 * tag and its value quotes and spaces.
 * https://github.com/grafana/k6/blob/v2.2.0/metrics/metric.go
 */
const readKey = (key: string): Key | undefined => {
  const [, metric, selector] = /^([^{}]*)(?:\{(.*)\})?$/.exec(key) ?? [];
  if (metric === undefined) return undefined;
  const tags = (selector?.split(',') ?? []).map((one) => {
    const [, tag = '', value = ''] = /^([^:]*):(.*)$/.exec(one) ?? [];
    return { tag: withoutQuotes(tag), value: withoutQuotes(value) };
  });
  return tags.some(({ value }) => value === '') ? undefined : { metric, tags };
};

const withoutQuotes = (text: string): string => text.trim().replace(/^["']+|["']+$/g, '');

/** The key about the samples of a scenario alone, of a metric that k6 also measures before and after it. */
export const inScenario = (key: string, scenario: string): string => {
  const { metric, tags } = readKey(key)!;
  if (!/^(http|data)_/.test(metric) || tags.some(({ tag }) => tag === 'scenario')) return key;
  const [, selector] = /\{(.*)\}$/.exec(key) ?? [];
  return `${metric}{scenario:${scenario}${selector === undefined ? '' : `,${selector}`}}`;
};

/** The values of the tags of a load test, as far as they are known. */
export interface KnownValues {
  /** Names of the requests. */
  readonly names: readonly string[];
  /** Names of the scenarios to which the threshold applies. */
  readonly scenarios: readonly string[];
}

/** What is wrong with the key of a threshold. */
export const metricFault = (key: string, known: KnownValues): ThresholdFault | undefined => {
  const read = readKey(key);
  if (!read) {
    return {
      message: `'${key}' is no metric with tags.`,
      remedy: 'Write a metric, or a metric with the values of tags: http_reqs{name:GET /orders}.',
    };
  }
  const { metric, tags } = read;
  const found = ownValue(metrics, metric);
  if (!found) {
    return unknown(`The load test has no metric '${metric}'.`, metric, Object.keys(metrics));
  }
  return tags.map((one) => tagFault(one, metric, found, known)).find(Boolean);
};

const unknown = (message: string, given: string, known: readonly string[]): ThresholdFault => {
  const suggestion = suggest(given, known);
  return {
    message,
    remedy: known.length > 0 ? `Use one of ${known.join(', ')}.` : 'Use the metric without a tag.',
    ...(suggestion && { suggestion }),
  };
};

const tagFault = (
  { tag, value }: Key['tags'][number],
  metric: string,
  { tags }: Metric,
  { names, scenarios }: KnownValues,
): ThresholdFault | undefined => {
  const never = 'so that the threshold never fails';
  if (!(tags as readonly string[]).includes(tag)) {
    return unknown(`No sample of ${metric} has the tag '${tag}', ${never}.`, tag, tags);
  }
  const values: Partial<Record<string, readonly string[]>> = {
    name: names,
    check: names,
    scenario: scenarios,
    expected_response: ['true', 'false'],
  };
  const known = values[tag];
  if (!known || known.includes(value)) return undefined;
  return unknown(`No sample has the ${tag} '${value}', ${never}.`, value, known);
};

/** A number as Go parses it; infinity and NaN are no thresholds. */
const number = /^[-+]?(\d(_?\d)*\.?(\d(_?\d)*)?|\.\d(_?\d)*)(e[-+]?\d+)?$/i;

// k6 checks the range since 2.0.
const isPercentile = (value: number): boolean => value >= 0 && value <= 100;

/**
 * What is wrong with the expression of a threshold of a known metric.
 * https://github.com/grafana/k6/blob/v2.2.0/metrics/thresholds_parser.go
 */
export const expressionFault = (key: string, expression: string): ThresholdFault | undefined => {
  const type = ownValue(metrics, key.replace(/\{.*$/, ''))?.type;
  if (type === undefined) return undefined;
  const allowed: readonly string[] = aggregations[type];
  const example = `${type === 'trend' ? 'p(95)' : allowed[0]}${type === 'trend' ? '<400' : type === 'rate' ? '<0.01' : '<100'}`;
  const found = /^\s*(\S.*?)\s*(<=|<|>=|>|===|==|!=)\s*(\S+)\s*$/.exec(expression);
  const [, method = '', , value = ''] = found ?? [];
  if (!found || !number.test(value)) {
    return {
      message: `'${expression}' is no threshold.`,
      remedy: `Write an aggregation, an operator and a number, such as '${example}'.`,
    };
  }
  const [, percentile] = /^p\((.*)\)$/.exec(method) ?? [];
  const isKnown =
    percentile === undefined
      ? allowed.includes(method)
      : type === 'trend' &&
        number.test(percentile) &&
        isPercentile(Number(percentile.replaceAll('_', '')));
  return isKnown
    ? undefined
    : {
        message: `The metric has no aggregation '${method}'.`,
        remedy: `Use ${allowed.join(', ')}, such as '${example}'.`,
      };
};

/**
 * What is probably wrong with the threshold of a duration: k6 measures milliseconds, and its number is that of an
 * objective in seconds or in microseconds. `objectives` are in milliseconds.
 */
export const unitFault = (
  key: string,
  expression: string,
  objectives: readonly number[],
): ThresholdFault | undefined => {
  if (ownValue(metrics, key.replace(/\{.*$/, ''))?.type !== 'trend') return undefined;
  const [, start = '', value = ''] = /^(.*[<>=]\s*)([\d._]+)\s*$/.exec(expression) ?? [];
  const stated = Number(value.replaceAll('_', ''));
  const meant = objectives.find(
    (one) => !objectives.includes(stated) && [one / 1000, one * 1000].includes(stated),
  );
  return meant === undefined
    ? undefined
    : {
        message: `k6 measures durations in milliseconds: ${value} is ${stated} ms, and an objective has ${meant} ms.`,
        remedy: `Write the milliseconds: '${start}${meant}'.`,
        suggestion: `${start}${meant}`,
      };
};
