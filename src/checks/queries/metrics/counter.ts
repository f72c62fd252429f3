import {
  type Binary,
  bare,
  type Expression,
  type Selector,
  type Span,
  walk,
} from '../../../promql/expression.js';

/** An operation that has no meaning for the type of its metric. */
export interface Misuse extends Span {
  readonly selector: Selector;
  /** The operator or function. */
  readonly by: string;
  readonly kind: 'raw counter' | 'rate of a gauge' | 'delta of a counter';
}

const comparisons = new Set(['==', '!=', '<', '<=', '>', '>=']);
const ofCounters = new Set(['rate', 'irate', 'increase', 'resets']);
const ofGauges = new Set(['delta', 'idelta']);
// The results of these are not counter values.
const otherResult = new Set(['count', 'group', 'count_values', 'stddev', 'stdvar']);
const sameResult = new Set([
  'abs',
  'ceil',
  'floor',
  'round',
  'clamp',
  'clamp_min',
  'clamp_max',
  'sort',
  'sort_desc',
  'label_replace',
  'label_join',
  'max_over_time',
  'min_over_time',
  'avg_over_time',
  'last_over_time',
]);

/** Comparisons of counters, rates of gauges and differences of counters. */
export const misuses = (
  expression: Expression,
  isOfType: (selector: Selector, type: 'counter' | 'gauge') => boolean,
): Misuse[] => {
  const counterIn = (one: Expression): Selector | undefined =>
    rawSelectors(one).find((selector) => isOfType(selector, 'counter'));
  return walk(expression).flatMap((one): Misuse[] => {
    if (one.kind === 'binary' && comparisons.has(one.operator)) {
      // Whether anything was ever counted is a useful filter of other series.
      if (isWithZero(one) && !conditionsIn(expression).includes(one)) return [];
      const [left, right] = [counterIn(one.left), counterIn(one.right)];
      // A comparison of two counters is allowed, for example with an earlier value.
      const raw = left && right ? undefined : (left ?? right);
      return raw ? [{ ...place(raw), selector: raw, by: one.operator, kind: 'raw counter' }] : [];
    }
    if (one.kind !== 'call') return [];
    const [parameter] = one.parameters;
    const selector = parameter && bare(parameter);
    if (selector?.kind !== 'selector') return [];
    const found = { ...place(selector), selector, by: one.name };
    if (ofCounters.has(one.name) && isOfType(selector, 'gauge')) {
      return [{ ...found, kind: 'rate of a gauge' }];
    }
    if (ofGauges.has(one.name) && isOfType(selector, 'counter')) {
      return [{ ...found, kind: 'delta of a counter' }];
    }
    return [];
  });
};

/** The parts of an expression that decide alone whether it has results: not those that only filter others. */
const conditionsIn = (expression: Expression): Expression[] => {
  const one = bare(expression);
  if (one.kind === 'aggregation' || one.kind === 'call') {
    return [one, ...one.parameters.flatMap(conditionsIn)];
  }
  if (one.kind !== 'binary') return [one];
  if (one.operator === 'or') return [one.left, one.right].flatMap(conditionsIn);
  if (one.operator === 'unless') return conditionsIn(one.left);
  if (isNumber(one.left) || isNumber(one.right)) {
    return [one, ...conditionsIn(one.left), ...conditionsIn(one.right)];
  }
  return [one];
};

const isWithZero = ({ left, right }: Binary): boolean =>
  [left, right].map(bare).some((one) => one.kind === 'number' && Number(one.value) === 0);

const place = ({ from, to }: Span): Span => ({ from, to });

/** The selectors whose values are the result of the expression, or a sum, a product or a selection of them. */
const rawSelectors = (expression: Expression): Selector[] => {
  const one = bare(expression);
  switch (one.kind) {
    case 'selector':
      return [one];
    case 'subquery':
      return rawSelectors(one.of);
    case 'aggregation':
      return otherResult.has(one.operator) ? [] : rawSelectors(one.parameters.at(-1)!);
    case 'call':
      return sameResult.has(one.name) && one.parameters[0] ? rawSelectors(one.parameters[0]) : [];
    case 'binary':
      return one.operator === '+' || one.operator === '*' || isNumber(one.right)
        ? [...rawSelectors(one.left), ...rawSelectors(one.right)]
        : [];
    default:
      return [];
  }
};

const isNumber = (expression: Expression): boolean => bare(expression).kind === 'number';
