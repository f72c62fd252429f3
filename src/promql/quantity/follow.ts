import {
  type Aggregation,
  type Binary,
  bare,
  type Call,
  type Expression,
  type Selector,
  type Span,
  selectorsOf,
  walk,
} from '../expression.js';
import { unitOfName } from './of-name.js';
import {
  type Constant,
  combine,
  isConversion,
  isSame,
  perSecond,
  pure,
  type Quantity,
} from './quantity.js';

/** What an expression depends on. */
export interface Facts {
  readonly quantityOf: (selector: Selector) => Quantity | undefined;
  /** Whether the value of a variable is at this place. */
  readonly varies: (span: Span) => boolean;
}

/** What the values of an expression measure; undefined if it is not known. */
export const followQuantity = (expression: Expression, facts: Facts): Quantity | undefined => {
  const found = follow(expression, facts);
  return found && 'of' in found ? found : undefined;
};

type Found = Quantity | Constant | undefined;

const follow = (expression: Expression, facts: Facts): Found => {
  switch (expression.kind) {
    case 'selector':
      return facts.quantityOf(expression);
    case 'number': {
      const number = Number(expression.value);
      return facts.varies(expression) || !Number.isFinite(number) ? undefined : { number };
    }
    case 'string':
      return undefined;
    case 'aggregation':
      return aggregated(expression, facts);
    case 'call':
      return called(expression, facts);
    case 'binary':
      return calculated(expression, facts);
    default:
      return follow(expression.of, facts);
  }
};

const aggregated = ({ operator, parameters }: Aggregation, facts: Facts): Found => {
  if (['count', 'group', 'count_values'].includes(operator)) return pure;
  const found = operator === 'stdvar' ? undefined : follow(parameters.at(-1)!, facts);
  // A sum of ones is a number of series.
  return operator === 'sum' && found && !('of' in found) ? pure : found;
};

const kept = new Set(
  `abs ceil floor round clamp clamp_max clamp_min sort sort_desc sort_by_label sort_by_label_desc scalar vector
   label_replace label_join increase delta idelta avg_over_time min_over_time max_over_time last_over_time
   first_over_time stddev_over_time mad_over_time predict_linear double_exponential_smoothing holt_winters
   quantile_over_time histogram_sum`.split(/\s+/),
);
const counted = new Set(['changes', 'resets', 'count_over_time', 'present_over_time']);
const observed = ['histogram_quantile', 'histogram_avg', 'histogram_stddev'];

const called = ({ name, parameters }: Call, facts: Facts): Found => {
  if (name === 'time' || name === 'timestamp') return seconds;
  if (name === 'histogram_fraction') return { of: {}, scale: 1, share: 'sure' };
  if (counted.has(name)) return pure;
  if (observed.includes(name)) return observedBy(parameters.at(-1));
  const inner = parameters[name === 'quantile_over_time' ? 1 : 0];
  const found = inner && follow(inner, facts);
  if (kept.has(name)) return found;
  if (!['rate', 'irate', 'deriv'].includes(name) || !found || !('of' in found)) return undefined;
  return perSecond(found);
};

/** What the histogram of an expression observes: a quantile is in this unit, whatever the rate is. */
export const observedBy = (histogram: Expression | undefined): Quantity | undefined => {
  if (!histogram || walk(histogram).some(({ kind }) => kind === 'binary')) return undefined;
  const found = selectorsOf(histogram).map(({ metric = '' }) => unitOfName(metric));
  const [first] = found;
  return first && found.every((one) => one && isSame(one, first)) ? first : undefined;
};

const calculated = (binary: Binary, facts: Facts): Found => {
  const { operator, bool, left, right } = binary;
  if (bool) return pure;
  const ours = follow(left, facts);
  if (operator === '==' && right.kind === 'number') return follow(right, facts);
  if (['==', '!=', '<', '<=', '>', '>=', 'and', 'unless'].includes(operator)) return ours;
  const theirs = follow(right, facts);
  if (operator === '*' || operator === '/') return scaled(binary, ours, theirs);
  // What is subtracted from the time is a time.
  if (operator === '-' && (isNow(left) || isNow(right))) return seconds;
  if (!ours || !theirs) return undefined;
  if (!('of' in ours)) {
    return 'of' in theirs ? theirs : folded(operator, ours.number, theirs.number);
  }
  if (!('of' in theirs) || isSame(ours, theirs)) {
    return ['+', '-', '%', 'or'].includes(operator) ? ours : undefined;
  }
  return undefined;
};

const seconds: Quantity = { of: { seconds: 1 }, scale: 1 };

const isNow = (expression: Expression): boolean => {
  const one = bare(expression);
  return one.kind === 'call' && one.name === 'time';
};

const scaled = (binary: Binary, ours: Found, theirs: Found): Found => {
  const sign = binary.operator === '*' ? 1 : -1;
  if (sign === 1 && [ours, theirs].some(isZero)) return { number: 0 };
  if (!ours || !theirs) return isPart(binary) ? { of: {}, scale: 1, share: 'likely' } : undefined;
  if ('of' in ours) {
    return 'of' in theirs ? combine(ours, theirs, sign) : times(ours, theirs.number ** sign);
  }
  if (!('of' in theirs)) return folded(binary.operator, ours.number, theirs.number);
  return sign === 1 ? times(theirs, ours.number) : undefined;
};

const isZero = (found: Found): boolean =>
  found !== undefined && !('of' in found) && found.number === 0;

/** A share keeps being one: a factor of 100 makes it a percentage. */
const times = (quantity: Quantity, factor: number): Found =>
  isConversion(factor) ? { ...quantity, scale: quantity.scale * factor } : undefined;

const folded = (operator: string, a: number, b: number): Constant | undefined => {
  const number = { '*': a * b, '/': a / b, '+': a + b, '-': a - b, '^': a ** b }[operator];
  return number === undefined ? undefined : { number };
};

/** Whether both sides of a quotient are the same expression of the same metric, with other matchers. */
const isPart = ({ operator, left, right }: Binary): boolean =>
  operator === '/' && shapeOf(left) !== '' && shapeOf(left) === shapeOf(right);

const shapeOf = (expression: Expression): string => {
  const one = bare(expression);
  switch (one.kind) {
    case 'selector':
      return one.metric === undefined ? '' : one.metric;
    case 'aggregation':
      return `${one.operator}(${one.parameters.map(shapeOf).join()})`;
    case 'call':
      return `${one.name}(${one.parameters.map(shapeOf).join()})`;
    case 'binary':
      // A divisor is often compared with zero.
      return /^[<>=!]/.test(one.operator) && one.right.kind === 'number' ? shapeOf(one.left) : '';
    default:
      return '';
  }
};
