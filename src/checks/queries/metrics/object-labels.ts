import { type Expression, type Selector, selectorsOf, walk } from '../../../promql/expression.js';

// https://github.com/kubernetes/kube-state-metrics/blob/v2.20.0/docs/developer/cli-arguments.md
const ofObject = /^kube_([a-z]+)_(labels|annotations)$/;

/** How to get a metric of the labels of Kubernetes objects, which exists only where an option lists them. */
export const remedyOfObjectLabels = (metric: string): { readonly remedy?: string } => {
  const [, name, option] = ofObject.exec(metric) ?? [];
  if (!name) return {};
  const resource = /(?:s|ss|x)$/.test(name) ? `${name}es` : `${name.replace(/y$/, 'ie')}s`;
  return {
    remedy: `List what the series should have in kubeStateMetrics.${option} of the environment, such as { ${resource}: ['team'] }.`,
  };
};

/**
 * Whether a selector only excludes series by labels of Kubernetes objects, such as those of a team: where no
 * object has them, it excludes nothing, and the rest of the expression works.
 */
export const excludesByLabels = (
  { metric = '', from }: Pick<Selector, 'metric' | 'from'>,
  expression: Expression | undefined,
): boolean =>
  ofObject.test(metric) &&
  expression !== undefined &&
  walk(expression).some(
    (one) =>
      one.kind === 'binary' &&
      one.operator === 'unless' &&
      selectorsOf(one.right).some((other) => other.from === from),
  );
