import { type Binary, bare, type Expression, walk } from '../../../promql/expression.js';
import { faultAt, type Query } from '../../support/query/query.js';
import type { Result } from './faults.js';

/** Names of metrics whose values are times, as seconds or milliseconds since 1970. */
const times =
  /_timestamp(?:_(?:milli)?seconds)?$|^kube_\w+_(?:created|time)$|_(?:boot|start|creation)_time_seconds$/;

/** Those that are never 0. */
const neverZero = /^kube_|_(?:boot|start|creation)_time_seconds$/;

// Three years: no time is so early, and no duration of operation so long.
const longest = 1e8;

/** Comparisons of a time with a number that can only be a duration. */
export const timesAsDurations = (query: Query): Result[] => {
  const { expression, varies } = query.analysis;
  return (expression ? walk(expression) : []).flatMap((one): Result[] => {
    if (one.kind !== 'binary' || varies(one)) return [];
    const found = comparisonOf(one);
    if (!found) return [];
    const { metric, isBelow } = found;
    const certain = isBelow && neverZero.test(metric);
    return [
      faultAt(query, one, {
        fault: 'timestamp-as-duration',
        ...(!certain && { severity: 'warning' }),
        message: `The value of ${metric} is a time in seconds since 1970, so that the comparison is ${isBelow ? (certain ? 'never true' : 'true only for 0') : 'always true'}.`,
        remedy: `Compare the time that has passed since then: time() - ${metric}.`,
      }),
    ];
  });
};

const mirrored: Readonly<Record<string, boolean>> = {
  '<': false,
  '<=': false,
  '>': true,
  '>=': true,
};

const comparisonOf = ({
  left,
  right,
  operator,
}: Binary): { readonly metric: string; readonly isBelow: boolean } | undefined => {
  const isAbove = mirrored[operator];
  if (isAbove === undefined) return undefined;
  const [limit, side] = [left, right].map(bare);
  const [number, other, swapped] =
    side?.kind === 'number' ? [side, left, false] : [limit, right, true];
  if (number?.kind !== 'number') return undefined;
  const value = Number(number.value);
  const metric = timeIn(other);
  // A comparison with 0 or 1 selects what has a time.
  return metric !== undefined && value > 1 && value < longest
    ? { metric, isBelow: isAbove === swapped }
    : undefined;
};

const same =
  /^(?:abs|ceil|floor|round|sort|sort_desc|label_replace|label_join|(?:max|min|avg|last)_over_time)$/;

/** The metric whose values the expression has, unchanged. */
const timeIn = (expression: Expression): string | undefined => {
  const one = bare(expression);
  switch (one.kind) {
    case 'selector':
      return one.metric !== undefined && times.test(one.metric) ? one.metric : undefined;
    case 'subquery':
      return timeIn(one.of);
    case 'aggregation':
      return /^(?:max|min|avg|topk|bottomk)$/.test(one.operator)
        ? timeIn(one.parameters.at(-1)!)
        : undefined;
    case 'call':
      return same.test(one.name) && one.parameters[0] ? timeIn(one.parameters[0]) : undefined;
    default:
      return undefined;
  }
};
