/** Where something stands in a text, as offsets; the end is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Just the place of something that has one. */
export const spanOf = ({ from, to }: Span): Span => ({ from, to });

/** What an expression evaluates to. */
export type ValueType = 'scalar' | 'string' | 'instant vector' | 'range vector';

export interface Matcher extends Span {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** A name among others in brackets. */
export interface LabelName extends Span {
  readonly name: string;
}

/** Series by name and matchers, over a range if it has one. */
export interface Selector extends Span {
  readonly kind: 'selector';
  /** @default - matchers alone, or a pattern, say which metrics it takes */
  readonly metric?: string;
  /** Where the metric's name stands. */
  readonly metricSpan?: Span;
  /** Without the one for the metric's name. */
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
  /** The parameter where the operator has one, and what it aggregates. */
  readonly parameters: readonly Expression[];
}

export interface Call extends Span {
  readonly kind: 'call';
  readonly name: string;
  readonly parameters: readonly Expression[];
}

/** How series of both sides find each other. */
export interface Matching {
  readonly kind: 'on' | 'ignoring';
  readonly labels: readonly LabelName[];
  /** The side of which many series match one of the other. */
  readonly many?: 'left' | 'right';
  /** Labels that the result takes from the other side. */
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

/** Something around one expression that leaves its labels as they are. */
export interface Wrapped extends Span {
  readonly kind: 'parentheses' | 'sign' | 'offset' | 'at';
  readonly of: Expression;
}

export interface Literal extends Span {
  readonly kind: 'number' | 'string';
  /** As it stands there; a string without its quotes and escapes. */
  readonly value: string;
}

/** A PromQL expression as a tree. */
export type Expression = Selector | Subquery | Aggregation | Call | Binary | Wrapped | Literal;

/** The expressions right below one. */
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

/** An expression and all below it, from the outside in. */
export const walk = (expression: Expression): Expression[] => {
  const found: Expression[] = [];
  const add = (one: Expression): void => {
    found.push(one);
    for (const child of childrenOf(one)) add(child);
  };
  add(expression);
  return found;
};

/** The selectors of an expression, in the order of the text. */
export const selectorsOf = (expression: Expression): Selector[] =>
  walk(expression).filter((one) => one.kind === 'selector');

/** An expression without parentheses, signs and modifiers around it. */
export const bare = (expression: Expression): Exclude<Expression, Wrapped> => {
  let inner = expression;
  while ('of' in inner && inner.kind !== 'subquery') inner = inner.of;
  return inner;
};
