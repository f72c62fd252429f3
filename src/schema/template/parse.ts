import { unquoted } from './literal.js';
import type { Node, Parsed } from './node.js';
import { PipelineParser } from './pipeline.js';
import { TemplateError } from './tokens.js';

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

class Parser extends PipelineParser {
  private readonly defined = new Map<string, readonly Node[]>();
  private ranges = 0;

  whole(): Parsed {
    const { nodes, ended } = this.list(undefined);
    if (ended === 'end') throw this.fault("'end' closes no block.");
    if (ended === 'else') throw this.fault("'else' is in no block.");
    return { nodes, defined: this.defined };
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
}
