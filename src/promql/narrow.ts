import type { Expression, Matcher } from './expression.js';
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
      const { left, right } = expression;
      if (isScalar(right)) return { ...expression, left: narrow(left) };
      return isScalar(left) ? { ...expression, right: narrow(right) } : expression;
    }
    default:
      return { ...expression, of: narrow(expression.of) };
  }
};
