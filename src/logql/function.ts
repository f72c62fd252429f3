// https://github.com/grafana/loki/blob/v3.7.6/pkg/logql/syntax/ast.go

/** Functions of the lines in a range, which need no number. */
export const ofLines = ['count_over_time', 'bytes_over_time', 'bytes_rate'];

/** Functions of lines, or of the numbers that `unwrap` selects. */
export const ofEither = ['rate', 'absent_over_time'];

/** Functions of the numbers that `unwrap` selects, which allow `by` and `without`. */
export const grouped = [
  'avg_over_time',
  'stddev_over_time',
  'stdvar_over_time',
  'quantile_over_time',
  'max_over_time',
  'min_over_time',
  'first_over_time',
  'last_over_time',
];

/** Functions of the numbers that `unwrap` selects. */
export const ofNumbers = [...grouped, 'sum_over_time', 'rate_counter'];

/** Functions of a range. */
export const ofRange = [...ofLines, ...ofEither, ...ofNumbers];

/** Aggregations whose first parameter is a number. */
export const ofCount = ['topk', 'bottomk', 'approx_topk'];

/** Aggregations of the series of a metric query. */
export const aggregations = [
  ...ofCount,
  'sum',
  'avg',
  'count',
  'max',
  'min',
  'stddev',
  'stdvar',
  'sort',
  'sort_desc',
];

/** All names that are followed by parameters. */
export const functions = [...ofRange, ...aggregations, 'vector', 'label_replace'];
