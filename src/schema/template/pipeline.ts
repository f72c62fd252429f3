import { isNumber, unquoted } from './literal.js';
import type { Operand, Pipe } from './node.js';
import { TemplateError, type Token, tokensOf } from './tokens.js';

/** Parses pipelines: the content of an action. */
export class PipelineParser {
  protected index = 0;
  protected opened = 0;
  protected variables: string[];
  protected readonly tokens: readonly Token[];

  constructor(
    protected readonly text: string,
    private readonly functions: ReadonlySet<string>,
    given: readonly string[],
  ) {
    this.tokens = tokensOf(text);
    this.variables = ['$', ...given];
  }

  /** The action that is read. */
  private get action(): string {
    const close = this.tokens.find(({ kind, from }) => kind === 'close' && from >= this.opened);
    return this.text.slice(this.opened, close ? close.from + close.text.length : undefined);
  }

  protected fault(message: string, value = this.action, known?: readonly string[]): TemplateError {
    return new TemplateError(message, value, known);
  }

  protected get next(): Token {
    return this.tokens[this.index]!;
  }

  protected skip(): Token {
    while (this.next.kind === 'space') this.index += 1;
    return this.next;
  }

  protected take(kind: Token['kind']): Token {
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

  /** A pipeline up to the braces or a parenthesis, which is read. */
  protected pipe(end: 'close' | ')', ofRange = false): Pipe {
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
