import { JmespathError, type Token, tokensOf } from './tokens.js';

/** A part of an expression. */
export interface Node {
  /** `literal`, `call`, `let`, an operator, or `other`. */
  readonly kind: string;
  readonly from: number;
  /** The name of a field, a function or a variable, or the text of a literal. */
  readonly value?: string;
  readonly children: readonly Node[];
}

const powers: Readonly<Record<string, number>> = {
  ...{ '=': 1, '|': 1, '||': 2, '&&': 3, '==': 5, '!=': 5, '<': 5, '<=': 5, '>': 5, '>=': 5 },
  ...{ '-': 6, '\u2212': 6, '+': 6, '//': 7, '/': 7, '\u00f7': 7, '%': 7, '\u00d7': 7 },
  ...{ '[]': 9, '*': 20, '[?': 21, '.': 40, '!': 45, '{': 50, '[': 55, '(': 60 },
};
const powerOf = ({ kind }: Token): number => (Object.hasOwn(powers, kind) ? powers[kind]! : 0);

/**
 * Parses an expression as the library of Grafana does, by precedence; throws a `JmespathError`.
 * https://github.com/jmespath-community/go-jmespath/blob/v1.1.1/pkg/parsing/parser.go
 */
export const parseJmespath = (text: string): Node => new Parser(tokensOf(text)).whole();

class Parser {
  private index = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Node {
    const node = this.expression(0);
    if (this.current.kind !== 'end') throw this.unexpected();
    return node;
  }

  private get current(): Token {
    return this.tokens[Math.min(this.index, this.tokens.length - 1)]!;
  }

  private is(...kinds: string[]): boolean {
    return kinds.includes(this.current.kind);
  }

  private unexpected({ kind, value, from } = this.current): JmespathError {
    return new JmespathError(
      from,
      kind === 'end' ? 'it is incomplete' : `'${value || kind}' is not allowed here`,
    );
  }

  private take(kind: string): Token {
    const token = this.current;
    if (token.kind !== kind) throw this.unexpected();
    this.index += 1;
    return token;
  }

  private expression(power: number): Node {
    const first = this.current;
    this.index += 1;
    let node = this.start(first);
    while (power < powerOf(this.current)) {
      const operator = this.current;
      this.index += 1;
      node = this.continue(operator, node);
    }
    return node;
  }

  private start(token: Token): Node {
    const { kind, value, from } = token;
    const other = (...children: Node[]): Node => ({ kind: 'other', from, children });
    switch (kind) {
      case 'json':
      case 'literal': {
        const parsed: unknown = kind === 'json' ? JSON.parse(value) : value;
        return {
          kind: typeof parsed === 'string' ? 'literal' : 'other',
          from,
          value: `${parsed}`,
          children: [],
        };
      }
      case 'name':
        if (value === 'let' && this.is('variable')) return this.bindings(from);
        return { kind: 'field', from, value, children: [] };
      case 'quoted':
        if (this.is('(')) throw new JmespathError(from, 'a function has no quotes');
        return { kind: 'quoted', from, value, children: [] };
      case 'variable':
        return { kind, from, value, children: [] };
      case 'root':
      case '@':
        return other();
      case '!':
        return { kind, from, children: [this.expression(powers[kind]!)] };
      case '+':
      case '-':
      case '\u2212':
        return other(this.expression(powers[kind]!));
      case '&':
        return other(this.expression(0));
      case '*':
        return this.is(']') ? other() : other(...this.projected(20));
      case '[?':
        return other(...this.filter());
      case '{':
        return other(...this.hash());
      case '[]':
        return other(...this.projected(9));
      case '[':
        if (this.is('number', ':')) return other(...this.indexed());
        if (this.is('*') && this.tokens[this.index + 1]?.kind === ']') {
          this.index += 2;
          return other(...this.projected(20));
        }
        return other(...this.list());
      case '(': {
        const inner = this.expression(0);
        this.take(')');
        return inner;
      }
      default:
        throw this.unexpected(token);
    }
  }

  private continue({ kind, from }: Token, left: Node): Node {
    const other = (...children: Node[]): Node => ({ kind: 'other', from, children });
    switch (kind) {
      case '.':
        if (!this.is('*')) return other(left, ...this.afterDot(40));
        this.index += 1;
        return other(left, ...this.projected(40));
      case '(':
        if (left.kind !== 'field') throw new JmespathError(from, 'no function is named before it');
        return { ...left, kind: 'call', children: this.until(')') };
      case '[?':
        return other(left, ...this.filter());
      case '[]':
        return other(left, ...this.projected(9));
      case '[':
        if (this.is('number', ':')) return other(left, ...this.indexed());
        this.take('*');
        this.take(']');
        return other(left, ...this.projected(20));
      case '=':
        return { kind, from, children: [left, this.expression(0)] };
      case '!':
      case '{':
        throw this.unexpected({ kind, value: kind, from });
      default:
        return { kind, from, children: [left, this.expression(powers[kind]!)] };
    }
  }

  /** An index or a slice. */
  private indexed(): Node[] {
    if (this.is('number') && this.tokens[this.index + 1]?.kind !== ':') {
      this.index += 1;
      this.take(']');
      return [];
    }
    for (let colons = 0; !this.is(']'); this.index += 1) {
      if (this.is(':')) colons += 1;
      else if (!this.is('number')) throw this.unexpected();
      if (colons === 3) throw this.unexpected();
    }
    this.take(']');
    return this.projected(20);
  }

  private filter(): Node[] {
    const condition = this.expression(0);
    this.take(']');
    return this.is('[]') ? [condition] : [condition, ...this.projected(21)];
  }

  /** What follows a projection. */
  private projected(power: number): Node[] {
    if (powerOf(this.current) < 10) return [];
    if (this.is('[', '[?')) return [this.expression(power)];
    this.take('.');
    return this.afterDot(power);
  }

  private afterDot(power: number): Node[] {
    if (this.is('name', 'quoted', '*')) return [this.expression(power)];
    const [open, rest] = this.is('[') ? ['[', () => this.list()] : ['{', () => this.hash()];
    this.take(open as string);
    return (rest as () => Node[])();
  }

  private list(): Node[] {
    const items = [this.expression(0)];
    while (!this.is(']')) {
      this.take(',');
      items.push(this.expression(0));
    }
    this.take(']');
    return items;
  }

  private hash(): Node[] {
    const values: Node[] = [];
    for (let more = true; more; ) {
      this.take(this.is('quoted') ? 'quoted' : 'name');
      this.take(':');
      values.push(this.expression(0));
      more = this.is(',') || !this.is('}');
      if (this.is(',')) this.index += 1;
    }
    this.take('}');
    return values;
  }

  /** Expressions up to a token, with or without commas. */
  private until(kind: string, value?: string): Node[] {
    const items: Node[] = [];
    while (!this.is(kind) || (value !== undefined && this.current.value !== value)) {
      items.push(this.expression(0));
      if (this.is(',')) this.index += 1;
    }
    this.take(kind);
    return items;
  }

  private bindings(from: number): Node {
    const bindings = this.until('name', 'in');
    return { kind: 'let', from, children: [...bindings, this.expression(0)] };
  }
}
