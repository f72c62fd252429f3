import type { Node } from '../promql/tree.js';
import { nameAt } from './text.js';

const keepsLabels = ['topk', 'bottomk', 'approx_topk', 'sort', 'sort_desc'];

/** The labels of the series of a query; undefined if they depend on the lines, or if it returns lines. */
export const labelsOf = (node: Node, text: string): readonly string[] | undefined => {
  switch (node.name) {
    case 'RangeAggregationExpr':
      return node.child('Grouping') ? labelsIn(node.child('Grouping'), text) : undefined;
    case 'VectorAggregationExpr':
      return keepsLabels.includes(nameAt(node.child('VectorOp')!, text))
        ? labelsOf(node.child('MetricExpr')!, text)
        : labelsIn(node.child('Grouping'), text);
    case 'BinOpExpr':
      return ofOperation(node, text);
    case 'LiteralExpr':
    case 'VectorExpr':
      return [];
    case 'Expr':
    case 'MetricExpr':
      return node.children.length === 1 || node.child('MetricExpr')
        ? labelsOf(node.child('MetricExpr') ?? node.children[0]!, text)
        : undefined;
    default:
      return undefined;
  }
};

/** Of `by`: its labels; without a grouping: none. */
const labelsIn = (grouping: Node | undefined, text: string): readonly string[] | undefined => {
  if (!grouping) return [];
  if (!grouping.child('By')) return undefined;
  const names = text.slice(grouping.from, grouping.to).match(/[A-Za-z_]\w*/g) ?? [];
  return names.slice(1);
};

const ofOperation = (node: Node, text: string): readonly string[] | undefined => {
  const [left, right] = node.childrenOf('Expr');
  const modifier = node.child('BinOpModifier');
  if (!left || !right || node.child('Or') || (modifier && modifier.to > modifier.from)) {
    return undefined;
  }
  const isNumber = left.children[0]?.children[0]?.name === 'LiteralExpr';
  return labelsOf(isNumber ? right : left, text);
};
