import {
  argumentsOf,
  type DataType,
  elementOf,
  fieldsOfType,
  fieldType,
} from './notification-data.js';
import type { TemplateFault } from './template.js';

/** A block that is open: the meaning of the dot in it, and its variables. */
interface Block {
  readonly keyword: string;
  readonly dot: DataType;
  readonly root: DataType;
  readonly variables: Map<string, DataType>;
}

const action =
  /\{\{-?\s*((?:\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|`[^`]*`|(?!\}\})[^"`])*?)\s*-?\}\}/g;
const token =
  /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\$\w*(?:\.\w+)*|(?:\.\w+)+|\.|[A-Za-z_]\w*|[-+]?\d[\w.+-]*|:=|[()|=,]/g;

/**
 * Fields that the data of a notification does not have, and functions with a wrong number of arguments.
 * In a text, the dot is the notification; in a template that is defined, it can be anything.
 */
export const notificationFaults = (text: string): TemplateFault[] => {
  const faults: TemplateFault[] = [];
  const open: Block[] = [{ keyword: '', dot: 'Data', root: 'Data', variables: new Map() }];
  for (const [, inside = ''] of text.matchAll(action)) {
    if (inside.startsWith('/*')) continue;
    const tokens = inside.match(token) ?? [];
    const [keyword = ''] = tokens;
    if (keyword === 'end') {
      if (open.length > 1) open.pop();
      continue;
    }
    const chained = keyword === 'else';
    const closed = chained && open.length > 1 ? open.pop() : undefined;
    const outer = open.at(-1)!;
    const own = chained ? tokens[1] : keyword;
    const pipeline = tokens.slice(
      chained ? (own === undefined ? 1 : 2) : isKeyword(keyword) ? 1 : 0,
    );
    faults.push(...pipelineFaults(pipeline, outer));
    if (chained || openers.has(keyword)) {
      open.push(blockOf(own ?? closed?.keyword ?? '', own === undefined ? [] : pipeline, outer));
    } else if (tokens[1] === ':=' || tokens[1] === '=') {
      outer.variables.set(keyword, tokens[1] === ':=' ? typeOf(tokens.slice(2), outer) : undefined);
    }
  }
  return faults;
};

const openers = new Set(['if', 'range', 'with', 'define', 'block']);
const isKeyword = (word: string): boolean => openers.has(word) || word === 'template';

/** The block that an action opens. */
const blockOf = (keyword: string, pipeline: readonly string[], outer: Block): Block => {
  const variables = new Map(outer.variables);
  if (keyword === 'define' || keyword === 'block') {
    return { keyword, dot: undefined, root: undefined, variables: new Map() };
  }
  const assigned = pipeline.indexOf(':=');
  const type = typeOf(pipeline.slice(assigned + 1), outer);
  const names = pipeline.slice(0, Math.max(assigned, 0)).filter((one) => one.startsWith('$'));
  const value = keyword === 'range' ? elementOf(type) : type;
  // The first of two variables of a range is the index or the key.
  for (const [index, name] of names.entries()) {
    variables.set(name, index === names.length - 1 ? value : 'string');
  }
  if (names.length === 2) variables.set(names[0]!, undefined);
  const moves = (keyword === 'range' || keyword === 'with') && pipeline.length > 0;
  return { ...outer, keyword, dot: moves ? value : outer.dot, variables };
};

/** The type of a pipeline: of one value, or of an element of a list. */
const typeOf = (pipeline: readonly string[], block: Block): DataType => {
  const [first = '', list = '', index] = pipeline;
  if (pipeline.length === 1) return chainOf(first, block).type;
  if (first === 'index' && pipeline.length === 3 && index !== undefined) {
    return elementOf(chainOf(list, block).type);
  }
  return undefined;
};

interface Chain {
  readonly type: DataType;
  readonly fault?: TemplateFault;
}

/** The type of a value such as `.Alerts.Firing` or `$alert.Labels.job`. */
const chainOf = (text: string, { dot, root, variables }: Block): Chain => {
  if (!/^[.$]/.test(text)) return { type: undefined };
  const [variable = '', ...fields] = text.split('.');
  let type = variable === '' ? dot : variable === '$' ? root : variables.get(variable);
  for (const field of fields.filter((one) => one !== '')) {
    const known = fieldsOfType(type);
    if (known && !known.includes(field)) {
      const message = `${nameOf(type)} has no field '${field}'.${hintOf(type, field)}`;
      return { type: undefined, fault: { message, value: text, known } };
    }
    type = fieldType(type, field);
  }
  return { type };
};

const nameOf = (type: DataType): string =>
  type === 'Data'
    ? 'A notification'
    : type === 'Alert'
      ? 'An alert'
      : `A value of the type ${type}`;

const hintOf = (type: DataType, field: string): string => {
  if (type === 'Data' && ['Labels', 'Annotations'].includes(field)) {
    return ` Each alert has it: use .Common${field}, or {{ range .Alerts }}.`;
  }
  if (type === 'Data' && (fieldsOfType('Alert') ?? []).includes(field)) {
    return ' Each alert has it: use {{ range .Alerts }}.';
  }
  const inData = type === 'Alert' && (fieldsOfType('Data') ?? []).includes(field);
  return inData ? ` The notification has it: use $.${field}.` : '';
};

/** Faults of the values and the commands of a pipeline. */
const pipelineFaults = (tokens: readonly string[], block: Block): TemplateFault[] => {
  const found = tokens.flatMap((one, index) =>
    // A field of an expression in parentheses can be of any type.
    tokens[index - 1] === ')' && one.startsWith('.') ? [] : (chainOf(one, block).fault ?? []),
  );
  return [...found, ...commandsOf(tokens).flatMap(arityFault)];
};

/** The commands of a pipeline, also in parentheses: a word and the number of its arguments. */
const commandsOf = (tokens: readonly string[]): { word: string; count: number }[] => {
  const done: { word: string; count: number }[] = [];
  let current = { word: '', count: -1 };
  const outer: (typeof current)[] = [];
  const start = (piped: number): void => {
    current = { word: '', count: piped - 1 };
  };
  const finish = (): void => {
    done.push(current);
  };
  for (const [index, one] of tokens.entries()) {
    if (one === '|') {
      finish();
      start(1);
    } else if (one === ':=' || one === '=') start(0);
    else if (one === '(') {
      current = { ...current, count: current.count + 1, word: current.word || '(' };
      outer.push(current);
      start(0);
    } else if (one === ')') {
      finish();
      current = outer.pop() ?? { word: '', count: -1 };
    } else if (one !== ',' && !(tokens[index - 1] === ')' && one.startsWith('.'))) {
      current = { word: current.word || one, count: current.count + 1 };
    }
  }
  finish();
  return done;
};

const arityFault = ({ word, count }: { word: string; count: number }): TemplateFault[] => {
  const expected = argumentsOf.get(word);
  if (expected === undefined || expected === count) return [];
  const message = `The function ${word} needs ${expected} ${expected === 1 ? 'argument' : 'arguments'}, and has ${count}.`;
  return [{ message, value: word }];
};

/** The names of the templates that a text uses, and those that it defines. */
export const templateNames = (
  text: string,
): { readonly used: string[]; readonly defined: string[] } => {
  const used: string[] = [];
  const defined: string[] = [];
  for (const [, inside = ''] of text.matchAll(action)) {
    const [, keyword, name] = /^(template|define|block)\s+["`]([^"`]*)["`]/.exec(inside) ?? [];
    if (name === undefined) continue;
    (keyword === 'template' ? used : defined).push(name);
  }
  return { used, defined };
};
