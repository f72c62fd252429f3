import { type Aggregation, bare, type Expression } from './expression.js';

/** Whether an expression returns at most one series, for any input series. */
export const isSingle = (expression: Expression): boolean => {
  const one = bare(expression);
  switch (one.kind) {
    case 'number':
    case 'string':
      return true;
    case 'aggregation':
      return isWhole(one);
    case 'call':
      return isSingleCall(one.name, one.parameters);
    case 'subquery':
      return isSingle(one.of);
    case 'binary':
      if (one.operator === 'or') return isSingle(one.left) && isSingle(one.right);
      if (one.operator === 'and' || one.operator === 'unless') return isSingle(one.left);
      if (one.matching?.many === 'left') return isSingle(one.left);
      if (one.matching?.many === 'right') return isSingle(one.right);
      // A number does not change the number of series on the other side.
      if (isNumber(one.left)) return isSingle(one.right);
      if (isNumber(one.right)) return isSingle(one.left);
      return isSingle(one.left) || isSingle(one.right);
    default:
      return false;
  }
};

const isWhole = ({ operator, grouping, parameters }: Aggregation): boolean => {
  if (operator === 'count_values') return false;
  if (/^(topk|bottomk|limitk)$/.test(operator)) {
    const [count] = parameters;
    return count?.kind === 'number' && Number(count.value) === 1 && !grouping?.labels.length;
  }
  return grouping === undefined || (grouping.kind === 'by' && grouping.labels.length === 0);
};

const isSingleCall = (name: string, parameters: readonly Expression[]): boolean => {
  if (/^(vector|scalar|time|absent|absent_over_time|pi)$/.test(name)) return true;
  if (name === 'histogram_quantile') {
    const of = parameters[1] && bare(parameters[1]);
    const labels = of?.kind === 'aggregation' && of.grouping?.kind === 'by' && of.grouping.labels;
    return labels ? labels.every((label) => label.name === 'le') : !!of && isSingle(of);
  }
  return parameters.some((one) => !isNumber(one) && isSingle(one));
};

const isNumber = (expression: Expression): boolean => {
  const one = bare(expression);
  return (
    one.kind === 'number' ||
    one.kind === 'string' ||
    (one.kind === 'call' && /^(scalar|time|pi)$/.test(one.name))
  );
};
