import type { ValueType } from './expression.js';

/** The parameters and the result of a function. */
export interface Signature {
  readonly takes: readonly ValueType[];
  /** 1: the last parameter is optional; more: it may be repeated up to so many times; -1: any number of times. */
  readonly variadic: number;
  readonly gives: ValueType;
  /** Whether Prometheus rejects it without a feature flag. */
  readonly experimental: boolean;
}

const instant = 'instant vector';
const range = 'range vector';

// https://github.com/prometheus/prometheus/blob/v3.14.0/promql/parser/functions.go
const shapes: [names: string, takes: ValueType[], gives?: ValueType, variadic?: number][] = [
  ['pi time', [], 'scalar'],
  ['scalar', [instant], 'scalar'],
  ['vector', ['scalar']],
  [
    `abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg
     histogram_count histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad sgn sin sinh
     sort sort_desc sqrt tan tanh timestamp`,
    [instant],
  ],
  [
    'day_of_month day_of_week day_of_year days_in_month hour minute month year',
    [instant],
    instant,
    1,
  ],
  ['clamp_max clamp_min', [instant, 'scalar']],
  ['round', [instant, 'scalar'], instant, 1],
  ['clamp', [instant, 'scalar', 'scalar']],
  ['histogram_quantile', ['scalar', instant]],
  ['histogram_fraction', ['scalar', 'scalar', instant]],
  ['label_replace', [instant, 'string', 'string', 'string', 'string']],
  ['label_join', [instant, 'string', 'string', 'string'], instant, -1],
  [
    `absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta
     increase irate last_over_time max_over_time min_over_time present_over_time rate resets
     stddev_over_time stdvar_over_time sum_over_time`,
    [range],
  ],
  ['predict_linear', [range, 'scalar']],
  ['quantile_over_time', ['scalar', range]],
];

const experimental: typeof shapes = [
  ['end range start step', [], 'scalar'],
  ['max_of min_of', ['scalar', 'scalar'], 'scalar'],
  ['start_timestamp', [instant]],
  ['info', [instant, instant], instant, 1],
  ['sort_by_label sort_by_label_desc', [instant, 'string'], instant, -1],
  ['histogram_quantiles', [instant, 'string', 'scalar', 'scalar'], instant, 9],
  [
    'mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time',
    [range],
  ],
  ['double_exponential_smoothing', [range, 'scalar', 'scalar']],
];

const signaturesOf = (table: typeof shapes, isExperimental: boolean): [string, Signature][] =>
  table.flatMap(([names, takes, gives = instant, variadic = 0]) =>
    names
      .split(/\s+/)
      .map((name): [string, Signature] => [
        name,
        { takes, variadic, gives, experimental: isExperimental },
      ]),
  );

/** PromQL functions by name. */
export const functions: ReadonlyMap<string, Signature> = new Map([
  ...signaturesOf(shapes, false),
  ...signaturesOf(experimental, true),
]);

/** Aggregation operators, with the type of the parameter if they have one. */
export const aggregations: ReadonlyMap<string, { readonly parameter?: ValueType }> = new Map([
  ...['avg', 'count', 'group', 'max', 'min', 'stddev', 'stdvar', 'sum'].map(
    (name): [string, { parameter?: ValueType }] => [name, {}],
  ),
  ...['topk', 'bottomk', 'quantile'].map((name): [string, { parameter?: ValueType }] => [
    name,
    { parameter: 'scalar' },
  ]),
  ['count_values', { parameter: 'string' }],
]);
