import { argumentFaults, arityFault, type ExpansionFault, methodFaults } from './call.js';
import { type DataType, elementOf, fieldsOfType, fieldType, isMethod, isNoList } from './data.js';
import type { Signature } from './functions.js';
import type { Node, Operand, Pipe } from './node.js';
import { hintOf, lower, nameOf } from './type-name.js';

/** A template that another one uses, and the type of its data. */
export interface Use {
  readonly name: string;
  readonly dot: DataType;
}

/** What a template uses, and what fails. */
export interface Expansion {
  readonly faults: readonly ExpansionFault[];
  /** Labels of an alert that it uses without a condition that tests for them. */
  readonly labels: readonly string[];
  readonly uses: readonly Use[];
}

/** The meaning of the dot, and the variables. */
interface Scope {
  readonly dot: DataType;
  readonly root: DataType;
  readonly variables: Map<string, DataType>;
  /** Labels that a condition around tests. */
  readonly tested: readonly string[];
}

/** Expands a template with types instead of values. */
export const expand = (
  nodes: readonly Node[],
  dot: DataType,
  functions: ReadonlyMap<string, Signature>,
  given: Readonly<Record<string, string>> = {},
): Expansion => {
  const checker = new Checker(functions, assignedIn(nodes));
  const variables = new Map<string, DataType>(Object.entries(given));
  checker.nodes(nodes, { dot, root: dot, variables, tested: [] });
  return checker;
};

class Checker implements Expansion {
  readonly faults: ExpansionFault[] = [];
  readonly labels: string[] = [];
  readonly uses: Use[] = [];

  constructor(
    private readonly functions: ReadonlyMap<string, Signature>,
    private readonly assigned: ReadonlySet<string>,
  ) {}

  nodes(nodes: readonly Node[], scope: Scope): void {
    for (const node of nodes) this.node(node, scope);
  }

  private node(node: Node, scope: Scope): void {
    if (node.kind === 'action') {
      this.pipe(node.pipe, scope);
      return;
    }
    if (node.kind === 'template') {
      const dot = node.pipe && this.pipe(node.pipe, scope);
      this.uses.push({ name: node.name, dot });
      return;
    }
    const inner: Scope = { ...scope, variables: new Map(scope.variables) };
    const before = this.labels.length;
    const type = this.pipe(node.pipe, inner);
    // A label in a condition may be missing.
    const tested = node.kind === 'range' ? [] : this.labels.splice(before);
    const body = { ...inner, tested: [...scope.tested, ...tested] };
    const value = node.kind === 'range' ? this.ranged(node.pipe, type, body) : type;
    this.nodes(node.body, { ...body, dot: node.kind === 'if' ? scope.dot : value });
    this.nodes(node.otherwise, { ...scope, variables: new Map(inner.variables) });
  }

  /** The type of the elements, which the variables of the range also get. */
  private ranged({ variables, commands }: Pipe, type: DataType, scope: Scope): DataType {
    if (isNoList(type)) {
      const value = commands.flat().map(({ text }) => text);
      this.faults.push({
        message: `'range' needs a list, and not ${lower(nameOf(type))}.`,
        value: value.join(' '),
      });
    }
    const element = elementOf(type);
    const [key, value] = variables.length === 2 ? variables : [undefined, variables[0]];
    if (key !== undefined) scope.variables.set(key, undefined);
    if (value !== undefined) scope.variables.set(value, element);
    return element;
  }

  private pipe({ variables, declares, commands }: Pipe, scope: Scope): DataType {
    let piped: { readonly type: DataType } | undefined;
    for (const command of commands) piped = { type: this.command(command, piped, scope) };
    for (const name of variables) {
      scope.variables.set(name, declares && !this.assigned.has(name) ? piped?.type : undefined);
    }
    return piped?.type;
  }

  private command(
    [first, ...rest]: readonly Operand[],
    piped: { readonly type: DataType } | undefined,
    scope: Scope,
  ): DataType {
    const given = [...rest.map((one) => this.value(one, scope)), ...(piped ? [piped.type] : [])];
    const operand = first!;
    if (operand.kind === 'function') return this.call(operand, rest, given, scope);
    return this.value(operand, scope, given);
  }

  private call(
    { name, fields, text }: Operand,
    rest: readonly Operand[],
    given: readonly DataType[],
    scope: Scope,
  ): DataType {
    const signature = this.functions.get(name)!;
    const { gives } = signature;
    const arity = arityFault(name, signature, given.length);
    if (arity) {
      this.faults.push(arity);
      return gives;
    }
    this.faults.push(...argumentFaults({ name, text, rest, given }, signature));
    return this.fields(this.result(name, rest, given, scope) ?? gives, fields, text, []);
  }

  private result(
    name: string,
    rest: readonly Operand[],
    given: readonly DataType[],
    scope: Scope,
  ): DataType {
    if (name !== 'index' || given.length !== 2) return undefined;
    const [label] = rest.slice(1);
    if (given[0] === 'Labels' && label?.kind === 'string') this.label(label.name, scope);
    return elementOf(given[0]);
  }

  /** The type of a value; `given` are the arguments after it. */
  private value(operand: Operand, scope: Scope, given: readonly DataType[] = []): DataType {
    const { kind, name, fields, pipe, text } = operand;
    switch (kind) {
      case 'string':
        return this.constant('string', text, given);
      case 'nil':
        return this.constant(undefined, text, given);
      case 'literal':
        return this.constant(literalType(name), text, given);
      case 'function':
        return this.call(operand, [], [], scope);
      case 'pipe':
        return this.fields(this.pipe(pipe!, scope), fields, text, given, scope);
      case 'dot':
        return this.constant(scope.dot, text, given);
      case 'field':
        return this.fields(scope.dot, fields, text, given, scope);
      default: {
        const type = name === '$' ? scope.root : scope.variables.get(name);
        if (fields.length === 0) return this.constant(type, text, given);
        return this.fields(type, fields, text, given, scope);
      }
    }
  }

  private constant(type: DataType, text: string, given: readonly DataType[]): DataType {
    if (given.length > 0) this.noFunction(text);
    return type;
  }

  private noFunction(text: string): void {
    this.faults.push({ message: `${text} is no function, and has arguments.`, value: text });
  }

  private label(name: string, { tested }: Pick<Scope, 'tested'>): void {
    if (!tested.includes(name)) this.labels.push(name);
  }

  private fields(
    start: DataType,
    fields: readonly string[],
    text: string,
    given_: readonly DataType[],
    scope?: Scope,
  ): DataType {
    let type = start;
    for (const [index, field] of fields.entries()) {
      const known = fieldsOfType(type);
      if (known && !known.includes(field)) {
        const message = `${nameOf(type)} has no field '${field}'.${hintOf(type, field)}`;
        const value = type === 'RuleData' ? `.${field}` : text;
        this.faults.push({ message, value, known: known.map((one) => `.${one}`) });
        return undefined;
      }
      if (type === 'Labels' && scope) this.label(field, scope);
      const given = index === fields.length - 1 ? given_ : [];
      if (type !== undefined && given.length > 0 && isCertain(type) && !isMethod(type, field)) {
        this.noFunction(text);
        return undefined;
      }
      if (isMethod(type, field)) this.faults.push(...methodFaults(field, given, text));
      type = fieldType(type, field);
    }
    return type;
  }
}

/** Variables that get another value later, which can have another type. */
const assignedIn = (nodes: readonly Node[]): Set<string> =>
  new Set(
    nodes.flatMap((node): readonly string[] => {
      const own = node.pipe && !node.pipe.declares ? node.pipe.variables : [];
      const inner = 'body' in node ? [...assignedIn(node.body), ...assignedIn(node.otherwise)] : [];
      return [...own, ...inner];
    }),
  );

const isCertain = (type: string): boolean =>
  fieldsOfType(type) !== undefined || type === 'KV' || type === 'Labels';

const literalType = (text: string): string => {
  if (text === 'true' || text === 'false') return 'bool';
  return /^[-+]?(?:0[xX]|'|\d+$)/.test(text) ? 'int' : 'float';
};
