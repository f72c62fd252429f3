import type { ReadVariable } from '../../../model/dashboard.js';
import { isSingleValue, meaningOf } from '../../../promql/variable-meaning.js';

/** A variable of a dashboard that a link passes to a variable of the linked dashboard. */
export interface PassedVariable {
  readonly from: string;
  readonly to: string;
}

/** Passed variables that have another meaning in the linked dashboard, with the reason. */
export const passedWrongly = (
  passed: readonly PassedVariable[],
  own: readonly ReadVariable[],
  target: readonly ReadVariable[],
): { readonly name: string; readonly why: string }[] =>
  passed.flatMap(({ from, to }) => {
    const variable = own.find(({ name }) => name === from)!;
    const filled = target.find(({ name }) => name === to);
    const why = fault(variable, filled);
    return why === undefined ? [] : [{ name: from, why }];
  });

const fault = (variable: ReadVariable, filled: ReadVariable | undefined): string | undefined => {
  if (!filled) return 'which the other dashboard does not have';
  if (!isSingleValue(variable) && isSingleValue(filled)) {
    return 'which can have several values or All, to a variable that takes one value';
  }
  const [ours, theirs] = [meaningOf(variable), meaningOf(filled)];
  return ours === theirs
    ? undefined
    : `which has values of '${ours}', to a variable with values of '${theirs}'`;
};
