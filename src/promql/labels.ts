import {
  type Aggregation,
  type Binary,
  bare,
  type Call,
  type Expression,
  type Matcher,
  type Selector,
  type Span,
  selectorsOf,
} from './expression.js';
import { matches } from './selector.js';

/** Names of labels that series can have; undefined if they can have any label. */
export type Labels = ReadonlySet<string> | undefined;

/** A label that an expression uses, but its series cannot have. */
export interface MissingLabel extends Span {
  readonly label: string;
  /** What uses it: an operator, a function, or `matcher`. */
  readonly by: string;
  /** The labels that the series can have. */
  readonly known: readonly string[];
  /** Whether the result is the same without it: in `without`, and beside labels that the series have. */
  readonly isWithoutEffect: boolean;
}

/** The labels of an expression's result, and the missing labels. */
export interface LabelFacts {
  /** Labels of the result. */
  readonly labels: Labels;
  readonly missing: readonly MissingLabel[];
}

/**
 * Determines the labels of an expression, from those that `labelsOf` gives for each selector.
 * `requires` decides whether a matcher selects only series with its label.
 */
export const followLabels = (
  expression: Expression,
  labelsOf: (selector: Selector) => Labels,
  requires: (matcher: Matcher) => boolean = requiresLabel,
): LabelFacts => {
  const missing: MissingLabel[] = [];
  const follow = new Follower(labelsOf, requires, missing);
  return { labels: follow.labels(expression), missing };
};

const everything: Labels = undefined;
const nothing: Labels = new Set();

class Follower {
  constructor(
    readonly labelsOf: (selector: Selector) => Labels,
    readonly requires: (matcher: Matcher) => boolean,
    readonly missing: MissingLabel[],
  ) {}

  labels(expression: Expression): Labels {
    switch (expression.kind) {
      case 'selector':
        return this.selector(expression);
      case 'number':
      case 'string':
        return nothing;
      case 'aggregation':
        return this.aggregation(expression);
      case 'call':
        return this.call(expression);
      case 'binary':
        return this.binary(expression);
      default:
        return this.labels(expression.of);
    }
  }

  private need(
    label: string,
    labels: Labels,
    by: string,
    { from, to }: Span,
    isWithoutEffect = false,
  ): void {
    if (!labels || labels.has(label) || label === '__name__') return;
    this.missing.push({ label, by, from, to, known: [...labels].sort(), isWithoutEffect });
  }

  private selector(selector: Selector): Labels {
    const labels = this.labelsOf(selector);
    for (const matcher of selector.matchers) {
      if (this.requires(matcher)) this.need(matcher.label, labels, 'matcher', matcher);
    }
    return labels;
  }

  private aggregation({ operator, grouping, parameters }: Aggregation): Labels {
    const all = parameters.map((one) => this.labels(one));
    const labels = all.length > 0 ? all.at(-1) : nothing;
    const names = new Set(grouping?.labels.map(({ name }) => name));
    const isWithoutEffect =
      grouping?.kind === 'without' || [...names].some((name) => labels?.has(name));
    for (const label of grouping?.labels ?? []) {
      this.need(label.name, labels, operator, label, isWithoutEffect);
    }
    if (['topk', 'bottomk', 'limitk', 'limit_ratio'].includes(operator)) return labels;
    const kept =
      grouping?.kind === 'without'
        ? without(labels, names)
        : grouping
          ? both(names, labels)
          : nothing;
    const [value] = parameters;
    return operator === 'count_values' && value?.kind === 'string'
      ? either(kept, new Set([value.value]))
      : kept;
  }

  private call({ name, parameters }: Call): Labels {
    const all = parameters.map((one) => this.labels(one));
    const vector = parameters.findIndex(({ kind }) => kind !== 'number' && kind !== 'string');
    const labels = vector < 0 ? nothing : all[vector];
    const strings = parameters.map((one) => (one.kind === 'string' ? one : undefined));
    switch (name) {
      case 'label_replace':
        // Without a source label it sets a constant.
        if (strings[3]?.value) this.need(strings[3].value, labels, name, strings[3]);
        return including(labels, strings[1]?.value);
      case 'label_join':
        for (const one of strings.slice(3)) if (one) this.need(one.value, labels, name, one);
        return including(labels, strings[1]?.value);
      case 'histogram_quantile': {
        const histogram = parameters[1];
        if (histogram && asksForBuckets(histogram)) this.need('le', all[1], name, histogram);
        return without(all[1], new Set(['le']));
      }
      case 'absent':
      case 'absent_over_time':
        return absentLabels(parameters[0]);
      case 'vector':
      case 'scalar':
      case 'time':
      case 'pi':
        return nothing;
      case 'info':
      case 'histogram_quantiles':
        return everything;
      case 'quantile_over_time':
        return all[1];
      default:
        return labels;
    }
  }

  private binary({ operator, matching, left, right }: Binary): Labels {
    const [ours, theirs] = [this.labels(left), this.labels(right)];
    if (isScalar(left)) return theirs;
    if (isScalar(right)) return ours;
    const names = new Set(matching?.labels.map(({ name }) => name));
    for (const label of matching?.labels ?? []) {
      if (matching?.kind !== 'on') break;
      this.need(label.name, ours, 'on', label);
      if (!ours || ours.has(label.name)) this.need(label.name, theirs, 'on', label);
    }
    if (operator === 'or') return either(ours, theirs);
    if (operator === 'and' || operator === 'unless') return ours;
    if (matching?.many) {
      const [many, one] = matching.many === 'left' ? [ours, theirs] : [theirs, ours];
      for (const label of matching.include) {
        this.need(label.name, one, `group_${matching.many}`, label);
      }
      return either(many, new Set(matching.include.map(({ name }) => name)));
    }
    if (!matching) return ours && theirs ? both(ours, theirs) : (ours ?? theirs);
    return matching.kind === 'on' ? names : without(ours, names);
  }
}

/** Whether a matcher requires its label: `a=""` does not. */
export const requiresLabel = (matcher: Matcher): boolean =>
  matcher.operator === '!=' || matcher.operator === '!~' || !(matches(matcher, '') ?? false);

/** A native histogram has no label `le`, and is selected by its name without a suffix. */
const asksForBuckets = (expression: Expression): boolean =>
  selectorsOf(expression).some(
    ({ metric }) => metric === undefined || /_(bucket|sum|count|total)$|:/.test(metric),
  );

export const isScalar = (expression: Expression): boolean => {
  const inner = bare(expression);
  if (inner.kind === 'binary') return isScalar(inner.left) && isScalar(inner.right);
  return (
    inner.kind === 'number' ||
    (inner.kind === 'call' && ['scalar', 'time', 'pi'].includes(inner.name))
  );
};

/** The result of `absent` has the labels of the equality matchers. */
const absentLabels = (parameter: Expression | undefined): Labels => {
  const inner = parameter && bare(parameter);
  if (inner?.kind !== 'selector') return nothing;
  return new Set(
    inner.matchers.filter(({ operator }) => operator === '=').map(({ label }) => label),
  );
};

const both = (a: Labels, b: Labels): Labels =>
  a && b ? new Set([...a].filter((label) => b.has(label))) : (b ?? a);

const either = (a: Labels, b: Labels): Labels => (a && b ? new Set([...a, ...b]) : everything);

const without = (a: Labels, names: ReadonlySet<string>): Labels =>
  a && new Set([...a].filter((label) => !names.has(label)));

const including = (labels: Labels, label: string | undefined): Labels =>
  label === undefined ? labels : either(labels, new Set([label]));
