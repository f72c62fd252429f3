import type { Binary, Expression, Matcher } from './expression.js';
import { isScalar } from './labels.js';

/**
 * An expression whose selectors have one more matcher, where its label stays that of the series; any other part
 * is unchanged.
 */
export const narrowed = (
  expression: Expression,
  matcher: Pick<Matcher, 'label' | 'operator' | 'value'>,
): Expression => {
  const narrow = (one: Expression): Expression => narrowed(one, matcher);
  switch (expression.kind) {
    case 'selector': {
      const { matchers, to } = expression;
      return { ...expression, matchers: [...matchers, { ...matcher, from: to, to }] };
    }
    case 'number':
    case 'string':
      return expression;
    case 'aggregation': {
      const { grouping, operator, parameters } = expression;
      const named = grouping?.labels.some(({ name }) => name === matcher.label) === true;
      const keeps = grouping && named === (grouping.kind === 'by');
      return keeps && operator !== 'count_values'
        ? { ...expression, parameters: parameters.map(narrow) }
        : expression;
    }
    case 'call':
      return /^(?:label_|absent|vector|scalar|info)/.test(expression.name)
        ? expression
        : { ...expression, parameters: expression.parameters.map(narrow) };
    case 'binary': {
      const [isLeft, isRight] = keptSides(expression, matcher.label);
      return {
        ...expression,
        ...(isLeft && { left: narrow(expression.left) }),
        ...(isRight && { right: narrow(expression.right) }),
      };
    }
    default:
      return { ...expression, of: narrow(expression.of) };
  }
};

/** The sides of an operator from which each series of the result has the label. */
const keptSides = (
  { operator, left, right, matching }: Binary,
  label: string,
): readonly boolean[] => {
  if (isScalar(right)) return [true, false];
  if (isScalar(left)) return [false, true];
  if (operator === 'or') return [true, true];
  const named = matching?.labels.some(({ name }) => name === label) === true;
  if (!matching || named === (matching.kind === 'on')) return [true, true];
  if (operator === 'and' || operator === 'unless') return [true, false];
  const isIncluded = matching.include.some(({ name }) => name === label);
  return [matching.many === 'left' && !isIncluded, matching.many === 'right' && !isIncluded];
};
