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
