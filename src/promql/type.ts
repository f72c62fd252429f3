import { suggest } from '../model/suggestion.js';
import type { Aggregation, Binary, Call, Expression, ValueType } from './expression.js';
import type { Report } from './fault.js';
import { aggregations, functions } from './function.js';

const comparisons = ['==', '!=', '<', '<=', '>', '>='];
const sets = ['and', 'or', 'unless'];

/** The type of an expression; reports where Prometheus expects another type inside it. */
export const typeOf = (expression: Expression, report: Report): ValueType => {
  switch (expression.kind) {
    case 'selector':
      return expression.range === undefined ? 'instant vector' : 'range vector';
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'subquery':
      expect(expression.of, 'instant vector', 'A subquery', report);
      return 'range vector';
    case 'aggregation':
      return aggregationType(expression, report);
    case 'call':
      return callType(expression, report);
    case 'binary':
      return binaryType(expression, report);
    case 'sign': {
      const type = typeOf(expression.of, report);
      if (!isNumeric(type)) report(expression, `A ${type} cannot have a sign.`);
      return type;
    }
    default:
      return typeOf(expression.of, report);
  }
};

const isNumeric = (type: ValueType): boolean => type === 'scalar' || type === 'instant vector';

const article = (type: ValueType): string => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;

const expect = (expression: Expression, wanted: ValueType, taker: string, report: Report): void => {
  const type = typeOf(expression, report);
  if (type === wanted) return;
  report(expression, `${taker} needs ${article(wanted)} here, but this is ${article(type)}.`);
};

const aggregationType = (
  { operator, parameters, ...span }: Aggregation,
  report: Report,
): ValueType => {
  const known = aggregations.get(operator);
  if (!known) {
    report(span, `'${operator}' is experimental: Prometheus rejects it without a feature flag.`);
    return 'instant vector';
  }
  const wanted: ValueType[] = [...(known.parameter ? [known.parameter] : []), 'instant vector'];
  if (parameters.length !== wanted.length) {
    report(span, `'${operator}' needs ${wanted.length} parameters, but has ${parameters.length}.`);
    for (const parameter of parameters) typeOf(parameter, report);
  } else {
    parameters.forEach((parameter, index) => {
      expect(parameter, wanted[index]!, `'${operator}'`, report);
    });
  }
  return 'instant vector';
};

const callType = ({ name, parameters, ...span }: Call, report: Report): ValueType => {
  const signature = functions.get(name);
  if (!signature) {
    report(span, `Unknown function '${name}'.`, suggest(name, [...functions.keys()]));
    return 'instant vector';
  }
  const { takes, variadic, gives, experimental } = signature;
  if (experimental)
    report(span, `'${name}' is experimental: Prometheus rejects it without a feature flag.`);
  const least = variadic === 0 ? takes.length : takes.length - 1;
  const most = variadic < 0 ? Number.POSITIVE_INFINITY : least + variadic;
  const count = parameters.length;
  if (count < least || count > most) {
    const wanted =
      count < least ? (least === most ? `${least}` : `at least ${least}`) : `at most ${most}`;
    report(span, `'${name}' needs ${wanted} parameters, but has ${count}.`);
  }
  parameters.forEach((parameter, index) => {
    const wanted = takes[Math.min(index, takes.length - 1)];
    if (wanted === undefined || (variadic === 0 && index >= takes.length)) return;
    expect(parameter, wanted, `'${name}'`, report);
  });
  return gives;
};

const binaryType = (expression: Binary, report: Report): ValueType => {
  const { operator, operatorSpan, bool, matching, left, right } = expression;
  const types = [left, right].map((side) => {
    const type = typeOf(side, report);
    if (!isNumeric(type)) report(side, `'${operator}' cannot be used with a ${type}.`);
    return type;
  });
  const scalars = types.filter((type) => type === 'scalar').length;
  const vectors = types.filter((type) => type === 'instant vector').length;
  const compares = comparisons.includes(operator);
  if (bool && !compares) report(operatorSpan, "Only a comparison can have 'bool'.");
  if (compares && !bool && scalars === 2) {
    report(operatorSpan, "A comparison of two scalars needs 'bool'.", `${operator} bool`);
  }
  if (scalars > 0 && sets.includes(operator)) {
    report(operatorSpan, `'${operator}' cannot be used with a scalar.`);
  }
  if (!matching) return vectors > 0 || scalars < 2 ? 'instant vector' : 'scalar';
  const both = matching.include.find(({ name }) =>
    matching.labels.some((one) => one.name === name),
  );
  if (both && matching.kind === 'on') {
    report(both, `'${both.name}' cannot be in both on() and group_${matching.many}().`);
  }
  if (vectors < 2 && matching.labels.length > 0) {
    report(operatorSpan, 'Only two instant vectors can be matched by labels.');
  } else if (vectors === 2 && matching.many && sets.includes(operator)) {
    report(operatorSpan, `'${operator}' cannot have group_${matching.many}.`);
  }
  return vectors > 0 ? 'instant vector' : 'scalar';
};
