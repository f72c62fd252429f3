import { type Facts, factOf } from '../../../promql/facts.js';
import { isConstant } from '../../../promql/label-fact.js';

/**
 * The label, of those that all series get with the same value, without which two series surely have the
 * same labels: no other label can distinguish them. Undefined if series differ in another label, or
 * nobody knows.
 */
export const mergedBy = (facts: Facts, set: readonly string[]): string | undefined => {
  if (facts.others.values?.size !== 0) return undefined;
  const rest = [...facts.labels].filter(([label]) => !set.includes(label));
  if (!rest.every(([, fact]) => isConstant(fact))) return undefined;
  return set.find((label) => {
    const fact = factOf(facts, label);
    return fact.known && !isConstant(fact);
  });
};
