import { memoize, memoizeText } from '../model/memoize.js';
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

/** A parsed expression, and the faults for which Prometheus would reject it. */
export interface Analysis {
  /** With places in the original text. */
  readonly faults: readonly Fault[];
  /** With places in the text after its variables are replaced. @default - the syntax is invalid */
  readonly expression?: Expression;
  readonly type?: ValueType;
  readonly selectors: readonly Selector[];
  /** Whether the value of a variable is at this place. */
  readonly varies: (span: Span) => boolean;
  /** The variables whose values are at this place. */
  readonly variablesIn: (span: Span) => readonly (Span & { readonly name: string })[];
  /** The place in the original text of an offset of the expression. */
  readonly originOf: (offset: number) => number;
}

/**
 * Parses and checks an expression as Prometheus does, without experimental features. An expression of
 * a dashboard may contain Grafana's variables, and the dashboard's variables, with the given values.
 */
export const analyse = (text: string, variables?: Readonly<Record<string, string>>): Analysis =>
  (variables ? ofDashboard(variables) : ofRules)(text);

// Memoized: environments share most expressions, and both derivation and checks parse them.
const ofRules = memoizeText((text) => read(text), 10_000);
const ofDashboard = memoize((variables: object) => ofVariables(JSON.stringify(variables)));
const ofVariables = memoizeText((json) => {
  const variables = JSON.parse(json);
  return memoizeText((text) => read(text, variables));
});

const read = (text: string, variables?: Readonly<Record<string, string>>): Analysis => {
  const {
    text: expanded,
    unknown,
    replaced,
    originOf,
  } = variables ? expand(text, variables) : unexpanded(text);
  const faults = unknown.map(({ name, quoted, ...span }): Fault => {
    const suggestion = suggest(name, Object.keys(variables ?? {}));
    const message = `Unknown dashboard variable '${name}'.`;
    return { ...span, message, suggestion, ...(quoted && { harmless: true }) };
  });
  const report: Report = ({ from, to }, message, suggestion) => {
    faults.push({ from: originOf(from), to: originOf(to), message, suggestion });
  };
  const expression = parse(expanded, report);
  const variablesIn: Analysis['variablesIn'] = ({ from, to }) =>
    replaced.filter((one) => one.from < to && from < one.to);
  return {
    faults,
    expression,
    type: expression && typeOf(expression, report),
    selectors: expression ? selectorsOf(expression) : [],
    varies: (span) => variablesIn(span).length > 0,
    variablesIn,
    originOf,
  };
};

const unexpanded = (text: string): Expansion => ({
  text,
  unknown: [],
  replaced: [],
  originOf: (offset) => offset,
});
