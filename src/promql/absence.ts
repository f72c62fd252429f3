import { bare, type Expression, type Selector, walk } from './expression.js';

const functions = new Set(['absent', 'absent_over_time']);

/** Whether an expression has a result if no series exists: an alert about absent series. */
export const detectsAbsence = (expression: Expression): boolean => {
  const one = bare(expression);
  if (one.kind === 'call') return functions.has(one.name);
  if (one.kind === 'aggregation') return one.parameters.some(detectsAbsence);
  if (one.kind !== 'binary') return false;
  const sides = [one.left, one.right];
  if (one.operator === 'or') return sides.some(detectsAbsence);
  // A comparison or calculation with a number.
  return sides.some(detectsAbsence) && sides.some((side) => bare(side).kind === 'number');
};

/** Whether a selector is a parameter of a function that has a result if no series exists. */
export const isSoughtAbsent = (selector: Selector, expression: Expression): boolean =>
  walk(expression).some(
    (one) => one.kind === 'call' && functions.has(one.name) && walk(one).includes(selector),
  );
