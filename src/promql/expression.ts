/** A place in a text as offsets; the end is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Only the place of a node. */
export const spanOf = ({ from, to }: Span): Span => ({ from, to });

/** The type of an expression's result. */
export type ValueType = 'scalar' | 'string' | 'instant vector' | 'range vector';

export interface Matcher extends Span {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** A label name in a list in parentheses. */
export interface LabelName extends Span {
  readonly name: string;
}

/** An instant or range vector selector. */
export interface Selector extends Span {
  readonly kind: 'selector';
  /** @default - the metrics depend on the matchers */
  readonly metric?: string;
  /** The place of the metric name. */
  readonly metricSpan?: Span;
  /** Without a matcher of the metric name. */
  readonly matchers: readonly Matcher[];
  /** Seconds. @default - an instant vector */
  readonly range?: number;
}

export interface Subquery extends Span {
  readonly kind: 'subquery';
  readonly of: Expression;
  /** Seconds. */
  readonly range: number;
}

export interface Aggregation extends Span {
  readonly kind: 'aggregation';
  readonly operator: string;
  readonly grouping?: { readonly kind: 'by' | 'without'; readonly labels: readonly LabelName[] };
  /** The parameter, if the operator has one, and the aggregated expression. */
  readonly parameters: readonly Expression[];
}

export interface Call extends Span {
  readonly kind: 'call';
  readonly name: string;
  readonly parameters: readonly Expression[];
}

/** How the series of both sides are matched. */
export interface Matching {
  readonly kind: 'on' | 'ignoring';
  readonly labels: readonly LabelName[];
  /** The side with many series for one series of the other side. */
  readonly many?: 'left' | 'right';
  /** Labels that the result copies from the other side. */
  readonly include: readonly LabelName[];
}

export interface Binary extends Span {
  readonly kind: 'binary';
  readonly operator: string;
  readonly operatorSpan: Span;
  readonly bool: boolean;
  readonly matching?: Matching;
  readonly left: Expression;
  readonly right: Expression;
}

/** A node around one expression that does not change its labels. */
export interface Wrapped extends Span {
  readonly kind: 'parentheses' | 'sign' | 'offset' | 'at';
  readonly of: Expression;
}

export interface Literal extends Span {
  readonly kind: 'number' | 'string';
  /** As in the text; a string without quotes and escapes. */
  readonly value: string;
}

/** A PromQL expression as a tree. */
export type Expression = Selector | Subquery | Aggregation | Call | Binary | Wrapped | Literal;

/** The direct children of an expression. */
export const childrenOf = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'selector':
    case 'number':
    case 'string':
      return [];
    case 'aggregation':
    case 'call':
      return expression.parameters;
    case 'binary':
      return [expression.left, expression.right];
    default:
      return [expression.of];
  }
};

/** An expression and all expressions in it, outermost first. */
export const walk = (expression: Expression): Expression[] => {
  const found: Expression[] = [];
  const add = (one: Expression): void => {
    found.push(one);
    for (const child of childrenOf(one)) add(child);
  };
  add(expression);
  return found;
};

/** The selectors of an expression, in text order. */
export const selectorsOf = (expression: Expression): Selector[] =>
  walk(expression).filter((one) => one.kind === 'selector');

/** An expression without parentheses, signs and modifiers around it. */
export const bare = (expression: Expression): Exclude<Expression, Wrapped> => {
  let inner = expression;
  while ('of' in inner && inner.kind !== 'subquery') inner = inner.of;
  return inner;
};
