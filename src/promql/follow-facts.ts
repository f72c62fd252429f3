import {
  type Aggregation,
  type Binary,
  bare,
  type Call,
  type Expression,
  type Matching,
  type Selector,
  type Span,
} from './expression.js';
import {
  combined,
  except,
  type Facts,
  factOf,
  namesOf,
  noLabels,
  only,
  selectedFacts,
  unknownFacts,
  withFacts,
} from './facts.js';
import {
  anything,
  canAgree,
  common,
  eitherFact,
  fixed,
  isMissing,
  isOneSided,
  type LabelFact,
  present,
} from './label-fact.js';
import { isScalar } from './labels.js';
import { narrowed } from './narrow.js';
import { type Overwrite, overwritten } from './overwrite.js';

/** Two sides of an operator of which no two series match, because of a label. */
export interface Mismatch {
  readonly binary: Binary;
  readonly label: string;
  /** Whether series of one side that lack the label would match: nobody knows if there are any. */
  readonly doubtful: boolean;
  readonly left: LabelFact;
  readonly right: LabelFact;
  /** What is known about both sides. */
  readonly sides: readonly [Facts, Facts];
}

/** What `followFacts` needs, and what it reports. */
export interface Following {
  /** What is known about the series of a selector, before its matchers. */
  readonly factsOf: (selector: Selector) => Facts;
  /** Whether the value of a variable of a dashboard is at this place. */
  readonly varies: (span: Span) => boolean;
  /** Gets each operator whose sides never match, or only where a label is missing. */
  readonly mismatch?: (found: Mismatch) => void;
  /** Gets each other operator between two vectors that matches one series with one, or with several. */
  readonly matched?: (binary: Binary, sides: readonly [Facts, Facts]) => void;
  /** Gets each function that sets a label, and the facts before it. */
  readonly overwrite?: (call: Call, change: Overwrite, before: Facts) => void;
}

/**
 * What is known about the labels of an expression's result. As Prometheus determines them:
 * https://github.com/prometheus/prometheus/blob/v3.14.0/promql/engine.go (VectorBinop, resultMetric)
 */
export const followFacts = (expression: Expression, following: Following): Facts => {
  const follow = (one: Expression): Facts => followFacts(one, following);
  switch (expression.kind) {
    case 'selector': {
      const { matchers } = expression;
      const certain = matchers.filter((one) => !following.varies(one));
      const facts = selectedFacts(following.factsOf(expression), certain);
      // Any value of a variable selects some of the series; other checks report a label that none has.
      const strange = matchers.filter(
        (one) => !certain.includes(one) && isMissing(factOf(facts, one.label)),
      );
      return withFacts(
        facts,
        strange.map(({ label }) => [label, anything]),
      );
    }
    case 'number':
    case 'string':
      return noLabels;
    case 'aggregation':
      return ofAggregation(expression, following);
    case 'call':
      return ofCall(expression, following);
    case 'binary':
      return ofBinary(expression, following);
    default:
      return follow(expression.of);
  }
};

const ofAggregation = (
  { operator, grouping, parameters }: Aggregation,
  following: Following,
): Facts => {
  const all = parameters.map((one) => followFacts(one, following));
  const facts = all.at(-1) ?? noLabels;
  if (['topk', 'bottomk', 'limitk', 'limit_ratio'].includes(operator)) return facts;
  if (grouping?.labels.some(following.varies)) return unknownFacts;
  const names = grouping?.labels.map(({ name }) => name) ?? [];
  const kept = grouping?.kind === 'without' ? except(facts, names) : only(facts, names);
  const [value] = parameters;
  return operator === 'count_values' && value?.kind === 'string'
    ? withFacts(kept, [[value.value, present]])
    : kept;
};

const ofCall = (call: Call, following: Following): Facts => {
  const { name, parameters } = call;
  const all = parameters.map((one) => followFacts(one, following));
  const vector = parameters.findIndex(({ kind }) => kind !== 'number' && kind !== 'string');
  const facts = vector < 0 ? noLabels : all[vector]!;
  switch (name) {
    case 'label_replace':
    case 'label_join': {
      const change = parameters.slice(1).some(following.varies)
        ? undefined
        : overwritten(call, facts);
      if (!change) return unknownFacts;
      following.overwrite?.(call, change, facts);
      return withFacts(facts, [[change.label, change.fact]]);
    }
    case 'histogram_quantile':
      return except(all[1] ?? unknownFacts, ['le']);
    case 'quantile_over_time':
      return all[1] ?? unknownFacts;
    case 'absent':
    case 'absent_over_time':
      return ofAbsent(parameters[0], following);
    case 'vector':
    case 'scalar':
    case 'time':
    case 'pi':
      return noLabels;
    case 'histogram_fraction':
    case 'histogram_quantiles':
    case 'info':
      return unknownFacts;
    default:
      return facts;
  }
};

/** The result of `absent` has the labels that exactly one matcher sets. */
const ofAbsent = (parameter: Expression | undefined, { varies }: Following): Facts => {
  const inner = parameter && bare(parameter);
  if (inner?.kind !== 'selector') return noLabels;
  const { matchers } = inner;
  const once = matchers.filter(
    (one) =>
      one.operator === '=' && matchers.filter(({ label }) => label === one.label).length === 1,
  );
  return withFacts(
    noLabels,
    once.map((one) => [one.label, varies(one) ? anything : fixed(one.value)]),
  );
};

const ofBinary = (binary: Binary, following: Following): Facts => {
  const { operator, matching, left, right } = binary;
  const sides = [followFacts(left, following), followFacts(right, following)] as const;
  if (isScalar(left)) return sides[1];
  if (isScalar(right)) return sides[0];
  const [ours, theirs] = operator === 'or' ? sides : ofSameJobs(binary, sides, following);
  if (operator === 'or') return combined(ours, theirs, eitherFact);
  if (matching?.labels.some(following.varies) || matching?.include.some(following.varies)) {
    return unknownFacts;
  }
  const compared = comparedLabels(ours, theirs, matching);
  const found = (
    differ: (a: LabelFact, b: LabelFact) => boolean,
    doubtful: boolean,
  ): Mismatch | undefined => {
    const label = compared.find((one) => differ(factOf(ours, one), factOf(theirs, one)));
    if (label === undefined) return undefined;
    const [one, other] = [factOf(ours, label), factOf(theirs, label)];
    return { binary, label, doubtful, left: one, right: other, sides: [ours, theirs] };
  };
  const certain = found((a, b) => !canAgree(a, b), false);
  const mismatch = certain ?? found(isOneSided, true);
  if (mismatch) following.mismatch?.(mismatch);
  // Only the cause is reported.
  if (certain) return operator === 'unless' ? ours : unknownFacts;
  if (operator === 'and' || operator === 'unless') return ours;
  following.matched?.(binary, [ours, theirs]);
  return ofMatched(ours, theirs, matching);
};

/** The sides without the series of jobs that only one of them has, if the sides match by the job. */
const ofSameJobs = (
  { left, right, matching }: Binary,
  sides: readonly [Facts, Facts],
  { factsOf, varies }: Following,
): readonly [Facts, Facts] => {
  const named = matching?.labels.some(({ name }) => name === 'job') === true;
  if (matching && named !== (matching.kind === 'on')) return sides;
  const [ours, theirs] = sides.map((one) => factOf(one, 'job'));
  const values = [...(ours?.values ?? [])].filter((one) => theirs?.values?.has(one));
  if (values.length === 0 || ours?.absent || theirs?.absent) return sides;
  const matcher = { label: 'job', operator: '=~', value: values.join('|') } as const;
  const narrow = (one: Expression, facts: Facts): Facts =>
    (factOf(facts, 'job').values?.size ?? 0) > values.length
      ? followFacts(narrowed(one, matcher), { factsOf, varies })
      : facts;
  return [narrow(left, sides[0]), narrow(right, sides[1])];
};

/** The labels that both sides must have with the same values. */
const comparedLabels = (a: Facts, b: Facts, matching: Matching | undefined): string[] => {
  const names = matching?.labels.map(({ name }) => name) ?? [];
  return matching?.kind === 'on' ? names : namesOf(a, b).filter((one) => !names.includes(one));
};

const ofMatched = (ours: Facts, theirs: Facts, matching: Matching | undefined): Facts => {
  const names = matching?.labels.map(({ name }) => name) ?? [];
  const same = combined(ours, theirs, common);
  if (matching?.many) {
    const [many, one] = matching.many === 'left' ? [ours, theirs] : [theirs, ours];
    const compared = comparedLabels(ours, theirs, matching).map(
      (label) => [label, factOf(same, label)] as const,
    );
    const included = matching.include.map(({ name }) => [name, factOf(one, name)] as const);
    return withFacts(many, [...compared, ...included]);
  }
  return matching?.kind === 'on' ? only(same, names) : except(same, names);
};
