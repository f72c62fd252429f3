import { once, onceForText } from '../model/once.js';
import { suggest } from '../model/suggestion.js';
import {
  type Expression,
  type Selector,
  type Span,
  selectorsOf,
  type ValueType,
} from './expression.js';
import type { Fault, Report } from './fault.js';
import { parse } from './parse.js';
import { typeOf } from './type.js';
import { type Expansion, expand } from './variables.js';

/** What an expression is, and what Prometheus would refuse in it. */
export interface Analysis {
  /** With their places in the text as it was given. */
  readonly faults: readonly Fault[];
  /** With places in the text after its variables are replaced. @default - its syntax is at fault */
  readonly expression?: Expression;
  readonly type?: ValueType;
  readonly selectors: readonly Selector[];
  /** Whether a variable says what stands there. */
  readonly varies: (span: Span) => boolean;
  /** Where in the given text an offset of the expression comes from. */
  readonly originOf: (offset: number) => number;
}

/**
 * Reads and checks an expression as Prometheus does, without its experimental features. One of a
 * dashboard may have Grafana's variables, and those of the dashboard with the values given.
 */
export const analyse = (text: string, variables?: Readonly<Record<string, string>>): Analysis =>
  (variables ? ofDashboard(variables) : ofRules)(text);

// Environments share most of their expressions, and both derivation and checks read them.
const ofRules = onceForText((text) => read(text), 10_000);
const ofDashboard = once((variables: object) => ofVariables(JSON.stringify(variables)));
const ofVariables = onceForText((json) => {
  const variables = JSON.parse(json);
  return onceForText((text) => read(text, variables));
});

const read = (text: string, variables?: Readonly<Record<string, string>>): Analysis => {
  const {
    text: expanded,
    unknown,
    replaced,
    originOf,
  } = variables ? expand(text, variables) : unexpanded(text);
  const faults = unknown.map(({ name, ...span }): Fault => {
    const suggestion = suggest(name, Object.keys(variables ?? {}));
    return { ...span, message: `The dashboard has no variable '${name}'.`, suggestion };
  });
  const report: Report = ({ from, to }, message, suggestion) => {
    faults.push({ from: originOf(from), to: originOf(to), message, suggestion });
  };
  const expression = parse(expanded, report);
  return {
    faults,
    expression,
    type: expression && typeOf(expression, report),
    selectors: expression ? selectorsOf(expression) : [],
    varies: ({ from, to }) => replaced.some((one) => one.from < to && from < one.to),
    originOf,
  };
};

const unexpanded = (text: string): Expansion => ({
  text,
  unknown: [],
  replaced: [],
  originOf: (offset) => offset,
});
