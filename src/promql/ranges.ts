import { type Call, type Expression, type Selector, walk } from './expression.js';

/** A function of a range of samples. */
export interface Ranged {
  readonly call: Call;
  readonly selector: Selector;
  /** Seconds. */
  readonly range: number;
  /** How many samples it needs to return a value, or one that can differ from zero. */
  readonly needs: 1 | 2;
}

// https://github.com/prometheus/prometheus/blob/v3.14.0/promql/functions.go
const ofTwo = new Set([
  'rate',
  'irate',
  'increase',
  'delta',
  'idelta',
  'deriv',
  'predict_linear',
  'changes',
  'resets',
]);

/** The functions of ranges of stored samples; a subquery makes its own samples. */
export const rangedIn = (expression: Expression): Ranged[] =>
  walk(expression).flatMap((call): Ranged[] => {
    if (call.kind !== 'call') return [];
    return call.parameters.flatMap((parameter): Ranged | [] => {
      let inner = parameter;
      while (inner.kind === 'parentheses' || inner.kind === 'offset' || inner.kind === 'at') {
        inner = inner.of;
      }
      if (inner.kind !== 'selector' || inner.range === undefined) return [];
      const needs = ofTwo.has(call.name) ? 2 : 1;
      return { call, selector: inner, range: inner.range, needs };
    });
  });
