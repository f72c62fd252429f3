import { factOf, namesOf } from '../../../promql/facts.js';
import type { Mismatch } from '../../../promql/follow-facts.js';
import { isMissing, type LabelFact } from '../../../promql/label-fact.js';

/** Whether the check `metrics` reports it: a label in `on` that one side does not have. */
export const isReportedAsMissing = ({ binary, left, right }: Mismatch): boolean =>
  binary.matching?.kind === 'on' && (isMissing(left) || isMissing(right));

/** Why no series match, as a sentence. */
export const whyUnmatched = ({ binary, label, left, right, doubtful }: Mismatch): string => {
  if (doubtful) {
    const [has, not] = isMissing(right) ? ['left', 'right'] : ['right', 'left'];
    return `No series on the ${not} of '${binary.operator}' has the label '${label}', so that only series on the ${has} without it match.`;
  }
  const what = `The sides of '${binary.operator}' never match`;
  if (isMissing(left) || isMissing(right)) {
    const [has, not] = isMissing(right) ? ['left', 'right'] : ['right', 'left'];
    return `${what}: the series on the ${has} have the label '${label}', and those on the ${not} do not.`;
  }
  const [ours, theirs] = [left, right].map(valuesText);
  return ours && theirs
    ? `${what}: the label '${label}' is ${ours} on the left and ${theirs} on the right.`
    : `${what}: they have no value of the label '${label}' in common.`;
};

const mostNamed = 3;

const valuesText = ({ values, absent }: LabelFact): string | undefined =>
  values && values.size <= mostNamed
    ? [...[...values].sort().map((one) => `'${one}'`), ...(absent ? ['absent'] : [])].join(' or ')
    : undefined;

/** The labels that both sides can have, as the remedy. */
export const remedyOf = ({ binary, sides: [left, right] }: Mismatch): string | undefined => {
  const shared = namesOf(left, right)
    .filter((label) => {
      const [one, other] = [factOf(left, label), factOf(right, label)];
      return one.known && other.known && !isMissing(one) && !isMissing(other);
    })
    .filter((label) => !['job', 'instance'].includes(label))
    .sort();
  return shared.length > 0
    ? `Match by labels that both sides have, such as '${binary.operator} on (${shared.slice(0, mostNamed).join(', ')})'.`
    : undefined;
};
