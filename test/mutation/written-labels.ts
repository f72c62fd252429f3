import { bare, type Expression } from '../../src/promql/expression.js';

const none = '';

/** The labels that an expression has as it is written: those of a grouping, or those of a metric; undefined if only the series tell. */
export const writtenLabels = (expression: Expression): string | undefined => {
  const one = bare(expression);
  switch (one.kind) {
    case 'selector':
      return one.metric && `series ${one.metric}`;
    case 'subquery':
      return writtenLabels(one.of);
    case 'aggregation': {
      if (/^(?:topk|bottomk)$/.test(one.operator)) return writtenLabels(one.parameters.at(-1)!);
      const labels = one.grouping?.labels.map(({ name }) => name) ?? [];
      return one.grouping?.kind === 'without' ? undefined : listed(labels);
    }
    case 'call': {
      if (/^(?:absent|vector|scalar|time)/.test(one.name)) return none;
      if (/^label_/.test(one.name)) return undefined;
      const of = writtenLabels(one.parameters.at(one.name === 'histogram_quantile' ? 1 : 0)!);
      return one.name === 'histogram_quantile' && of !== undefined
        ? listed(of.split(', ').filter((label) => label !== 'le'))
        : of;
    }
    case 'binary': {
      const [left, right] = [one.left, one.right].map((side) =>
        bare(side).kind === 'number' ? undefined : writtenLabels(side),
      );
      if (bare(one.left).kind === 'number') return right;
      if (bare(one.right).kind === 'number' || one.operator !== 'or') {
        return one.matching?.many ? undefined : left;
      }
      return left === right ? left : undefined;
    }
    default:
      return undefined;
  }
};

const listed = (labels: readonly string[]): string => [...labels].sort().join(', ');
