import type { Binary, Expression, Matching, Span } from './expression.js';

/** A binary operator with its modifiers. */
export interface Operator extends Span {
  readonly name: string;
  readonly bool: boolean;
  readonly matching?: Matching;
}

/** Operands with their signs and the operators between them, in text order. */
export type Chain = readonly (
  | Expression
  | { readonly sign: Span }
  | { readonly operator: Operator }
)[];

const levels: readonly (readonly string[])[] = [
  ['or'],
  ['and', 'unless'],
  ['==', '!=', '<', '<=', '>', '>=', '</', '>/'],
  ['+', '-'],
  ['*', '/', '%', 'atan2'],
  ['^'],
];
const levelOf = new Map(levels.flatMap((names, level) => names.map((name) => [name, level])));
const powerLevel = levels.length - 1;
// A sign has the precedence of a multiplication: -a ^ b is -(a ^ b).
const signLevel = powerLevel - 1;

/** Groups a chain by the precedence of its operators. */
export const group = (chain: Chain): Expression => {
  let at = 0;
  const operand = (): Expression => {
    const item = chain[at]!;
    at += 1;
    if ('kind' in item) return item;
    const sign = 'sign' in item ? item.sign : item.operator;
    const of = above(signLevel + 1);
    return { kind: 'sign', from: sign.from, to: of.to, of };
  };
  const above = (least: number): Expression => {
    let left = operand();
    for (let item = chain[at]; item && 'operator' in item && !('kind' in item); item = chain[at]) {
      const level = levelOf.get(item.operator.name) ?? 0;
      if (level < least) break;
      at += 1;
      left = binary(item.operator, left, above(level === powerLevel ? level : level + 1));
    }
    return left;
  };
  return above(0);
};

const binary = (
  { name, bool, matching, from, to }: Operator,
  left: Expression,
  right: Expression,
): Binary => ({
  kind: 'binary',
  from: left.from,
  to: right.to,
  operator: name,
  operatorSpan: { from, to },
  bool,
  matching,
  left,
  right,
});
