import type { parser } from '@prometheus-io/lezer-promql';
import { type Span, spanOf } from './expression.js';

/** What a parser of Lezer returns to walk over its tree. */
export type Cursor = ReturnType<ReturnType<typeof parser.parse>['cursor']>;

/** A node of a syntax tree, without comments. The parser creates its nodes again at each access. */
export class Node implements Span {
  readonly from: number;
  readonly to: number;
  readonly children: Node[] = [];
  private readonly type: Cursor['type'];

  constructor({ type, from, to }: Cursor) {
    this.type = type;
    this.from = from;
    this.to = to;
  }

  get name(): string {
    return this.type.name;
  }

  /** The first child with a name, or of a kind with that name. */
  child(name: string): Node | undefined {
    return this.children.find(({ type }) => type.is(name));
  }

  childrenOf(name: string): Node[] {
    return this.children.filter(({ type }) => type.is(name));
  }
}

/** The node of the whole text, and the first place at which the text does not have the syntax. */
export const readTree = (cursor: Cursor): { readonly root: Node; readonly error?: Span } => {
  const errors: Span[] = [];
  const root = nodeAt(cursor, errors);
  return { root, error: errors[0] };
};

const nodeAt = (cursor: Cursor, errors: Span[]): Node => {
  const node = new Node(cursor);
  if (cursor.type.isError) errors.push(spanOf(node));
  if (cursor.firstChild()) {
    do if (cursor.name !== 'LineComment') node.children.push(nodeAt(cursor, errors));
    while (cursor.nextSibling());
    cursor.parent();
  }
  return node;
};
