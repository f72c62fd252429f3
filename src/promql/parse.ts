import { seconds } from './duration.js';
import {
  type Aggregation,
  type Expression,
  type LabelName,
  type Matching,
  type Span,
  spanOf,
} from './expression.js';
import type { Report } from './fault.js';
import { endsAt, modifiers, modify } from './modifier.js';
import { type Chain, group, type Operator } from './precedence.js';
import { buildSelector } from './selector.js';
import { stringAt } from './string.js';
import { parseSyntax } from './syntax.js';
import type { Node } from './tree.js';

/** Parses an expression; undefined if the syntax is invalid, which is reported. */
export const parse = (text: string, report: Report): Expression | undefined => {
  const node = parseSyntax(text, report);
  return node && new Builder(text, report).build(node);
};

/**
 * Converts the syntax tree, whose grammar accepts more than Prometheus and gives modifiers a lower
 * precedence than operators.
 */
class Builder {
  constructor(
    private readonly text: string,
    private readonly report: Report,
  ) {}

  build(node: Node): Expression {
    const span = spanOf(node);
    switch (node.name) {
      case 'VectorSelector':
        return buildSelector(node, this.text, this.report);
      case 'AggregateExpr':
        return this.aggregation(node);
      case 'FunctionCall': {
        const name = this.textOf(node.children[0]!);
        return { kind: 'call', ...span, name, parameters: this.parameters(node) };
      }
      case 'ParenExpr':
        return { kind: 'parentheses', ...span, of: this.build(node.child('Expr')!) };
      case 'StringLiteral':
        return { kind: 'string', ...span, value: stringAt(node, this.text, this.report) };
      case 'NumberDurationLiteral':
        return this.number(node);
      default:
        return group(this.chain(node));
    }
  }

  private textOf({ from, to }: Span): string {
    return this.text.slice(from, to);
  }

  private number(node: Node): Expression {
    const value = this.textOf(node);
    if (/\d/.test(value) && seconds(value) === Number.POSITIVE_INFINITY) {
      this.report(node, 'The number is larger than Prometheus supports.');
    }
    endsAt(node, this.text, this.report);
    return { kind: 'number', ...spanOf(node), value };
  }

  private chain(node: Node): Chain {
    if (node.name === 'BinaryExpr') {
      const [left, operator, ...rest] = node.children;
      return [
        ...this.chain(left!),
        { operator: this.operator(node, operator!) },
        ...this.chain(rest.at(-1)!),
      ];
    }
    if (node.name === 'UnaryExpr') {
      return [{ sign: spanOf(node.children[0]!) }, ...this.chain(node.child('Expr')!)];
    }
    if (modifiers.has(node.name)) {
      const before = this.chain(node.child('Expr')!);
      const last = before.at(-1) as Expression;
      return [...before.slice(0, -1), modify(last, node, this.text, this.report)];
    }
    return [this.build(node)];
  }

  private operator(node: Node, operator: Node): Operator {
    const fill = node.child('FillModifier');
    if (fill)
      this.report(
        fill,
        'Filling in missing series is experimental: Prometheus rejects it without a feature flag.',
      );
    return {
      ...spanOf(operator),
      name: this.textOf(operator).toLowerCase(),
      bool: node.child('BoolModifier') !== undefined,
      matching: this.matching(node.child('MatchingModifierClause')),
    };
  }

  private matching(clause: Node | undefined): Matching | undefined {
    if (!clause) return undefined;
    const [labels = [], include = []] = clause
      .childrenOf('GroupingLabels')
      .map((one) => this.labels(one));
    const many = clause.child('GroupLeft')
      ? 'left'
      : clause.child('GroupRight')
        ? 'right'
        : undefined;
    return { kind: clause.child('On') ? 'on' : 'ignoring', labels, many, include };
  }

  private aggregation(node: Node): Aggregation {
    const modifier = node.child('AggregateModifier');
    const labels = modifier?.child('GroupingLabels');
    return {
      kind: 'aggregation',
      ...spanOf(node),
      operator: this.textOf(node.child('AggregateOp')!).toLowerCase(),
      ...(modifier && {
        grouping: {
          kind: modifier.child('By') ? 'by' : 'without',
          labels: labels ? this.labels(labels) : [],
        },
      }),
      parameters: this.parameters(node),
    };
  }

  private parameters(node: Node): Expression[] {
    const body = node.child('FunctionCallBody');
    return body ? body.childrenOf('Expr').map((one) => this.build(one)) : [];
  }

  private labels(node: Node): LabelName[] {
    return node.children.map((label) => {
      const span = spanOf(label);
      if (label.name === 'QuotedLabelName') {
        return { ...span, name: stringAt(label, this.text, this.report) };
      }
      const name = this.textOf(label);
      if (/^(?:without|inf|nan)$/i.test(name)) {
        this.report(label, `A label with this name must be in quotes: "${name}".`);
      }
      return { ...span, name };
    });
  }
}
