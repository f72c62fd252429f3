import { suggest } from '../../model/suggestion.js';

/** The aggregations of each type of metric: https://grafana.com/docs/k6/latest/using-k6/thresholds/#threshold-syntax */
const aggregations = {
  counter: ['count', 'rate'],
  gauge: ['value'],
  rate: ['rate'],
  trend: ['avg', 'min', 'max', 'med', 'p(N)'],
} as const;

/**
 * The metrics of requests over HTTP. Those of other protocols would never have a value.
 * https://github.com/grafana/k6/blob/v2.2.0/metrics/builtin.go
 */
const metrics: Readonly<Record<string, keyof typeof aggregations>> = {
  checks: 'rate',
  data_received: 'counter',
  data_sent: 'counter',
  dropped_iterations: 'counter',
  http_req_blocked: 'trend',
  http_req_connecting: 'trend',
  http_req_duration: 'trend',
  http_req_failed: 'rate',
  http_req_receiving: 'trend',
  http_req_sending: 'trend',
  http_req_tls_handshaking: 'trend',
  http_req_waiting: 'trend',
  http_reqs: 'counter',
  iteration_duration: 'trend',
  iterations: 'counter',
  vus: 'gauge',
  vus_max: 'gauge',
};

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

/** A reason why k6 rejects a threshold, or never evaluates it. */
export interface ThresholdFault {
  readonly message: string;
  readonly remedy: string;
  readonly suggestion?: string;
}

/** What is wrong with the metric of a threshold; `names` are those of the requests. */
export const metricFault = (key: string, names: readonly string[]): ThresholdFault | undefined => {
  const [, name = '', selector] = /^([^{}]*)(?:\{([^{}]*)\})?$/.exec(key) ?? [];
  if (name === '') return { message: `'${key}' is no metric.`, remedy: `Use ${listOfMetrics}.` };
  if (!(name in metrics)) {
    const suggestion = suggest(name, Object.keys(metrics));
    return {
      message: `The load test has no metric '${name}'.`,
      remedy: `Use ${listOfMetrics}.`,
      ...(suggestion && { suggestion }),
    };
  }
  return (selector?.split(',') ?? []).map((one) => tagFault(one.trim(), names)).find(Boolean);
};

const listOfMetrics = `one of ${Object.keys(metrics).join(', ')}`;

const tagFault = (text: string, names: readonly string[]): ThresholdFault | undefined => {
  const [, tag = '', value = ''] = /^([^:]*):(.*)$/.exec(text) ?? [];
  if (value === '') {
    return { message: `'${text}' is no tag with a value.`, remedy: 'Write {name:GET /orders}.' };
  }
  const unknown = (what: string, given: string, known: readonly string[]): ThresholdFault => {
    const suggestion = suggest(given, known);
    return {
      message: `No sample has ${what} '${given}', so that the threshold never fails.`,
      remedy: `Use one of ${known.join(', ')}.`,
      ...(suggestion && { suggestion }),
    };
  };
  if (!(systemTags as readonly string[]).includes(tag)) return unknown('the tag', tag, systemTags);
  if (tag === 'name' && !names.includes(value)) return unknown('the name', value, names);
  return undefined;
};

/** A number as Go parses it; infinity and NaN are no thresholds. */
const number = /^[-+]?(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(e[-+]?\d+)?$/i;

// k6 checks the range since 2.0.
const isPercentile = (value: number): boolean => value >= 0 && value <= 100;

/**
 * What is wrong with the expression of a threshold of a known metric.
 * https://github.com/grafana/k6/blob/v2.2.0/metrics/thresholds_parser.go
 */
export const expressionFault = (key: string, expression: string): ThresholdFault | undefined => {
  const type = metrics[key.replace(/\{.*$/, '')];
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
      : type === 'trend' && number.test(percentile) && isPercentile(Number(percentile));
  return isKnown
    ? undefined
    : {
        message: `The metric has no aggregation '${method}'.`,
        remedy: `Use ${allowed.join(', ')}, such as '${example}'.`,
      };
};
