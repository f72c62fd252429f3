import { type Binary, bare, type Expression } from '../../../promql/expression.js';
import { type Facts, factOf } from '../../../promql/facts.js';
import { isConstant } from '../../../promql/label-fact.js';

// Labels of what has several parts.
const whole =
  'cluster namespace node job service region zone team workload workload_type deployment statefulset daemonset replicaset'.split(
    ' ',
  );
const instances = [...whole, 'pod', 'instance', 'uid'];

/** Labels with several values for one value of these: a namespace has several pods, but a pod has one node. */
const parts: Readonly<Record<string, readonly string[]>> = {
  pod: whole,
  container: instances,
  ...Object.fromEntries(
    ['cpu', 'mode', 'device', 'mountpoint', 'interface', 'resource', 'le'].map((label) => [
      label,
      [...instances, 'container'],
    ]),
  ),
};

/** The label by which a side groups, and of which several values match one series of the other side. */
const severalBy = (side: Expression, facts: Facts, { matching }: Binary): string | undefined => {
  const one = bare(side);
  if (one.kind !== 'aggregation' || one.grouping?.kind !== 'by' || !matching) return undefined;
  const names = matching.labels.map(({ name }) => name);
  const grouped = one.grouping.labels.map(({ name }) => name);
  const isCompared = (label: string): boolean => names.includes(label) === (matching.kind === 'on');
  const compared = grouped.filter(isCompared);
  return grouped.find((label) => {
    const fact = factOf(facts, label);
    return (
      !isCompared(label) &&
      fact.known &&
      !isConstant(fact) &&
      parts[label] !== undefined &&
      compared.every((other) => parts[label]!.includes(other))
    );
  });
};

/** What is wrong if several series of a side match one of the other side, and the remedy. */
export const severalMatches = (
  binary: Binary,
  [ours, theirs]: readonly [Facts, Facts],
): { readonly message: string; readonly remedy?: string } | undefined => {
  const { left, right, matching, operator } = binary;
  const ofLeft = matching?.many === 'left' ? undefined : severalBy(left, ours, binary);
  const ofRight = matching?.many === 'right' ? undefined : severalBy(right, theirs, binary);
  const label = ofLeft ?? ofRight;
  if (label === undefined || !matching) return undefined;
  const side = ofLeft === undefined ? 'right' : 'left';
  const by = matching.labels.map(({ name }) => name).join(', ');
  const isOne = matching.many !== undefined || (ofLeft !== undefined && ofRight !== undefined);
  return {
    message: `The series on the ${side} differ by '${label}', by which the sides of '${operator}' do not match: Prometheus fails if two of them match one series.`,
    ...(!isOne && {
      remedy: `Write '${matching.kind} (${by}) group_${side} ()', or aggregate without '${label}' first.`,
    }),
  };
};
