import type { Alert, RecordingRule, Rules } from '../../src/content/alert-group.js';
import { analyse } from '../../src/promql/analyse.js';
import {
  type Binary,
  type Expression,
  type Matcher,
  type Span,
  walk,
} from '../../src/promql/expression.js';

/** How a rule is mutated; `threshold` multiplies a threshold by 1.1 and 0.9. */
export const operators = ['comparison', 'threshold', 'for', 'matcher'] as const;
export type Operator = (typeof operators)[number];

/** A group in which one rule is mutated: a test should detect it. */
export interface Mutant {
  readonly operator: Operator;
  /** The name of the rule. */
  readonly rule: string;
  /** A description of the change. */
  readonly change: string;
  readonly rules: Rules;
}

/** All mutants of a group, each with one change. */
export const mutantsOf = (rules: Rules): Mutant[] => [
  ...(rules.recordings ?? []).flatMap((rule, index) =>
    changesOf(rule.expr).map(({ operator, change, expr }) => ({
      operator,
      rule: rule.record,
      change,
      rules: { ...rules, recordings: replaced(rules.recordings!, index, { ...rule, expr }) },
    })),
  ),
  ...rules.alerts.flatMap((rule, index): Mutant[] => {
    const mutant = (operator: Operator, change: string, alert: Alert): Mutant => ({
      operator,
      rule: rule.alert,
      change,
      rules: { ...rules, alerts: replaced(rules.alerts, index, alert) },
    });
    const { for: held, ...atOnce } = rule;
    return [
      ...changesOf(rule.expr).map(({ operator, change, expr }) =>
        mutant(operator, change, { ...rule, expr }),
      ),
      ...(held ? [mutant('for', `without for: ${held}`, atOnce)] : []),
    ];
  }),
];

const replaced = <T extends Alert | RecordingRule>(all: readonly T[], index: number, by: T): T[] =>
  all.map((one, at) => (at === index ? by : one));

interface Change {
  readonly operator: Operator;
  readonly change: string;
  readonly expr: string;
}

const changesOf = (expr: string): Change[] => {
  const { expression } = analyse(expr);
  if (!expression) throw new Error(`This expression cannot be read: ${expr}`);
  return [...walk(expression)].flatMap((one) => [
    ...(one.kind === 'binary' && one.operator in negated
      ? [negation(expr, one), ...thresholds(expr, one)]
      : []),
    ...(one.kind === 'selector' ? one.matchers.map((matcher) => without(expr, one, matcher)) : []),
  ]);
};

const negated: Readonly<Record<string, string>> = {
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '==': '!=',
  '!=': '==',
};

const negation = (expr: string, { operator, operatorSpan }: Binary): Change => ({
  operator: 'comparison',
  change: `${operator} becomes ${negated[operator]} in ${around(expr, operatorSpan)}`,
  expr: splice(expr, operatorSpan, negated[operator]!),
});

/** Zero is not changed, and a comparison with a series has no threshold. */
const thresholds = (expr: string, { left, right }: Binary): Change[] =>
  [left, right]
    .filter((side) => isConstant(side) && !/^0+(\.0+)?$/.test(textOf(expr, side)))
    .flatMap((side) =>
      ['1.1', '0.9'].map((factor) => ({
        operator: 'threshold' as const,
        change: `${textOf(expr, side)} times ${factor}`,
        expr: splice(expr, side, `((${textOf(expr, side)}) * ${factor})`),
      })),
    );

const isConstant = (expression: Expression): boolean =>
  [...walk(expression)].every(({ kind }) =>
    ['number', 'parentheses', 'sign', 'binary'].includes(kind),
  );

/**
 * In a selector without a name, the last matcher must stay: Prometheus rejects a selector without
 * matchers.
 */
const without = (expr: string, selector: Span, { from, to }: Matcher): Change => {
  const before = expr.slice(selector.from, from).replace(/,\s*$/, '');
  const after = expr.slice(to, selector.to);
  const rest = before.endsWith('{') ? after.replace(/^\s*,\s*/, '') : after;
  return {
    operator: 'matcher',
    change: `without ${expr.slice(from, to)} in ${textOf(expr, selector)}`,
    expr: splice(expr, selector, before + rest),
  };
};

const textOf = (expr: string, { from, to }: Span): string => expr.slice(from, to);
const splice = (expr: string, { from, to }: Span, by: string): string =>
  expr.slice(0, from) + by + expr.slice(to);
const around = (expr: string, { from, to }: Span): string =>
  `…${expr.slice(Math.max(0, from - 30), to + 30)}…`;
