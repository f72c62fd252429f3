import { TemplateError, type Token, tokensOf } from './tokens.js';

/** A value: a literal, the dot, a field, a variable, a function or a pipeline in parentheses, with fields after it. */
export interface Operand {
  readonly kind: 'literal' | 'string' | 'nil' | 'dot' | 'field' | 'variable' | 'function' | 'pipe';
  /** The text of a literal, the content of a string, or the name of a variable or a function. */
  readonly name: string;
  readonly fields: readonly string[];
  readonly pipe?: Pipe;
  /** As in the text. */
  readonly text: string;
}

/** A pipeline: commands, of which each gets the result of the previous one as its last argument. */
export interface Pipe {
  readonly variables: readonly string[];
  readonly declares: boolean;
  readonly commands: readonly (readonly Operand[])[];
}

/** A part of a template. */
export type Node =
  | { readonly kind: 'action'; readonly pipe: Pipe }
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly pipe: Pipe;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    }
  | { readonly kind: 'template'; readonly name: string; readonly pipe?: Pipe };

/** A parsed template, and those that it defines. */
export interface Parsed {
  readonly nodes: readonly Node[];
  readonly defined: ReadonlyMap<string, readonly Node[]>;
}

/**
 * Parses a template as Go does; throws a `TemplateError`.
 * https://github.com/golang/go/blob/go1.26.0/src/text/template/parse/parse.go
 */
export const parseTemplate = (
  text: string,
  functions: ReadonlySet<string>,
  given: readonly string[] = [],
): Parsed => new Parser(text, functions, given).whole();

const controls = ['if', 'with', 'range'];

class Parser {
  private readonly tokens: readonly Token[];
  private readonly defined = new Map<string, readonly Node[]>();
  private variables: string[];
  private index = 0;
  private ranges = 0;
  private opened = 0;

  constructor(
    private readonly text: string,
    private readonly functions: ReadonlySet<string>,
    given: readonly string[],
  ) {
    this.tokens = tokensOf(text);
    this.variables = ['$', ...given];
  }

  whole(): Parsed {
    const { nodes, ended } = this.list(undefined);
    if (ended === 'end') throw this.fault("'end' closes no block.");
    if (ended === 'else') throw this.fault("'else' is in no block.");
    return { nodes, defined: this.defined };
  }

  /** The action that is read. */
  private get action(): string {
    const close = this.tokens.find(({ kind, from }) => kind === 'close' && from >= this.opened);
    return this.text.slice(this.opened, close ? close.from + close.text.length : undefined);
  }

  private fault(message: string, value = this.action, known?: readonly string[]): TemplateError {
    return new TemplateError(message, value, known);
  }

  private get next(): Token {
    return this.tokens[this.index]!;
  }

  private skip(): Token {
    while (this.next.kind === 'space') this.index += 1;
    return this.next;
  }

  private take(kind: Token['kind']): Token {
    const token = this.skip();
    if (token.kind !== kind) throw this.unexpected(token);
    this.index += 1;
    return token;
  }

  private unexpected({ kind, text }: Token): TemplateError {
    return kind === 'close' || kind === 'end'
      ? this.fault('The action is not complete.')
      : this.fault(`Unexpected '${text}'.`);
  }

  /** Nodes up to `end` or `else`; the keyword is read. Without a block, up to the end of the text. */
  private list(block: string | undefined): {
    nodes: Node[];
    ended: 'end' | 'else' | undefined;
  } {
    const nodes: Node[] = [];
    for (;;) {
      const token = this.next;
      this.index += 1;
      if (token.kind === 'end') {
        if (block !== undefined) {
          throw new TemplateError(`'${block}' has no 'end'.`, this.text);
        }
        return { nodes, ended: undefined };
      }
      if (token.kind === 'text') continue;
      this.opened = token.from;
      const { kind, text } = this.skip();
      if (kind === 'word' && (text === 'end' || text === 'else')) {
        this.index += 1;
        if (text === 'end' || block === undefined) {
          if (text === 'end') this.take('close');
          return { nodes, ended: text };
        }
        return { nodes, ended: 'else' };
      }
      const node = this.node(block === undefined);
      if (node) nodes.push(node);
    }
  }

  /** An action; its braces are read. */
  private node(atTop: boolean): Node | undefined {
    const { kind, text } = this.next;
    if (kind !== 'word') return this.command();
    switch (text) {
      case 'if':
      case 'with':
      case 'range':
        this.index += 1;
        return this.control(text);
      case 'template': {
        this.index += 1;
        const name = this.templateName();
        if (this.skip().kind === 'close') {
          this.index += 1;
          return { kind: 'template', name };
        }
        return { kind: 'template', name, pipe: this.pipe('close') };
      }
      case 'define':
        if (!atTop) throw this.fault("Unexpected 'define'.");
        this.index += 1;
        this.define(this.templateName(), 'define');
        return undefined;
      case 'block': {
        this.index += 1;
        const name = this.templateName();
        const pipe = this.pipe('close');
        this.index -= 1;
        this.define(name, 'block');
        return { kind: 'template', name, pipe };
      }
      case 'break':
      case 'continue':
        this.index += 1;
        this.take('close');
        if (this.ranges === 0) throw this.fault(`'${text}' is in no 'range'.`);
        return undefined;
      default:
        return this.command();
    }
  }

  private command(): Node {
    return { kind: 'action', pipe: this.pipe('close') };
  }

  private templateName(): string {
    return unquoted(this.take('string').text);
  }

  /** A definition does not have the variables around it. */
  private define(name: string, keyword: string): void {
    this.take('close');
    const [outer, ranges] = [this.variables, this.ranges];
    this.variables = ['$'];
    this.ranges = 0;
    const { nodes, ended } = this.list(keyword);
    if (ended === 'else') throw this.fault("'else' is in no block.");
    this.defined.set(name, nodes);
    [this.variables, this.ranges] = [outer, ranges];
  }

  private control(kind: 'if' | 'with' | 'range'): Node {
    const outer = [...this.variables];
    const pipe = this.pipe('close', kind === 'range');
    if (kind === 'range') this.ranges += 1;
    const { nodes: body, ended } = this.list(kind);
    if (kind === 'range') this.ranges -= 1;
    let otherwise: Node[] = [];
    if (ended === 'else') {
      const { kind: follows, text } = this.skip();
      if (follows === 'word' && controls.includes(text)) {
        if (text !== kind || kind === 'range') throw this.fault(`Unexpected '${text}'.`);
        this.index += 1;
        otherwise = [this.control(kind)];
      } else {
        this.take('close');
        const rest = this.list(kind);
        if (rest.ended !== 'end') throw this.fault("'else' is in no block.");
        otherwise = rest.nodes;
      }
    }
    this.variables = outer;
    return { kind, pipe, body, otherwise };
  }

  /** A pipeline up to the braces or a parenthesis, which is read. */
  private pipe(end: 'close' | ')', ofRange = false): Pipe {
    const { variables, declares } = this.declarations(ofRange);
    const commands: Operand[][] = [];
    for (;;) {
      const token = this.skip();
      if (end === 'close' ? token.kind === 'close' : token.text === ')') {
        this.index += 1;
        break;
      }
      commands.push(this.operands());
    }
    if (commands.length === 0) throw this.fault('The action between the braces is empty.');
    const after = commands.slice(1).find(([first]) => constants.includes(first!.kind));
    if (after) throw this.fault(`${after[0]!.text} after '|' is no function.`);
    return { variables, declares, commands };
  }

  private declarations(ofRange: boolean): Pick<Pipe, 'variables' | 'declares'> {
    const start = this.index;
    const names: string[] = [];
    while (this.skip().kind === 'variable') {
      names.push(this.next.text);
      this.index += 1;
      const { text } = this.skip();
      if (text === ':=' || text === '=') {
        this.index += 1;
        if (text === '=') for (const name of names) this.known(name);
        this.variables.push(...names);
        return { variables: names, declares: text === ':=' };
      }
      if (text !== ',') break;
      if (!ofRange || names.length > 1) throw this.fault("Unexpected ','.");
      this.index += 1;
    }
    this.index = start;
    return { variables: [], declares: false };
  }

  private known(name: string): void {
    if (this.variables.includes(name)) return;
    const known = [...new Set(this.variables)].filter((one) => one !== '$');
    throw this.fault('Unknown variable.', name, known);
  }

  private operands(): Operand[] {
    const operands: Operand[] = [];
    for (;;) {
      const start = this.skip().from;
      const operand = this.operand(start);
      if (operand) operands.push(operand);
      const token = this.next;
      if (operand && token.kind === 'space') continue;
      if (token.text === '|') {
        if (operands.length === 0) throw this.fault("'|' needs a value on both sides.");
        this.index += 1;
        return operands;
      }
      if (token.kind !== 'close' && token.text !== ')') throw this.unexpected(token);
      if (operands.length === 0) throw this.unexpected(token);
      return operands;
    }
  }

  private operand(from: number): Operand | undefined {
    const term = this.term();
    if (!term) return undefined;
    const fields: string[] = [];
    while (this.next.kind === 'field') {
      fields.push(this.next.text.slice(1));
      this.index += 1;
    }
    const text = this.text.slice(from, this.next.from);
    if (fields.length > 0 && [...constants, 'dot'].includes(term.kind)) {
      throw this.fault(`${term.name || '.'} has no fields.`, text);
    }
    return { ...term, fields: [...term.fields, ...fields], text };
  }

  private term(): Omit<Operand, 'text'> | undefined {
    const { kind, text } = this.next;
    this.index += 1;
    switch (kind) {
      case 'dot':
        return { kind, name: '', fields: [] };
      case 'field':
        return { kind, name: '', fields: [text.slice(1)] };
      case 'variable':
        this.known(text);
        return { kind, name: text, fields: [] };
      case 'string':
        return { kind, name: unquoted(text), fields: [] };
      case 'number':
        if (!isNumber(text)) throw this.fault(`'${text}' is no number.`);
        return { kind: 'literal', name: text, fields: [] };
      case 'word':
        return this.word(text);
      case 'symbol':
        if (text === '(') return { kind: 'pipe', name: '', fields: [], pipe: this.pipe(')') };
    }
    this.index -= 1;
    return undefined;
  }

  private word(text: string): Omit<Operand, 'text'> {
    if (text === 'true' || text === 'false') return { kind: 'literal', name: text, fields: [] };
    if (text === 'nil') return { kind: 'nil', name: text, fields: [] };
    if (/^(?:if|with|range|else|end|template|define|block|break|continue)$/.test(text)) {
      throw this.fault(`Unexpected '${text}'.`);
    }
    if (!this.functions.has(text)) {
      throw this.fault('Unknown function.', text, [...this.functions]);
    }
    return { kind: 'function', name: text, fields: [] };
  }
}

const constants: readonly string[] = ['literal', 'string', 'nil'];

const isNumber = (text: string): boolean =>
  /^'(?:\\.+|.)'$/u.test(text) ||
  /^[-+]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]*|[1-9][\d_]*|(?:\d[\d_]*\.[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?|\d[\d_]*[eE][-+]?\d+)i?$/.test(
    text,
  );

const unquoted = (text: string): string => {
  if (text.startsWith('`')) return text.slice(1, -1);
  const wrong =
    /\\(?![abfnrtv\\"]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3})(.)/su.exec(
      text.replace(/\\\\/g, ''),
    );
  if (wrong) throw new TemplateError(`\\${wrong[1]} is no escape sequence.`, text);
  return text
    .slice(1, -1)
    .replace(/\\(["\\nt])/g, (_, one: string) => ({ n: '\n', t: '\t' })[one] ?? one);
};
