import { memoizeText } from '../../model/memoize.js';
import { suggest } from '../../model/suggestion.js';
import { type Node, parseJmespath } from './parse.js';
import { JmespathError } from './tokens.js';

// Names, and the least and the largest number of arguments:
// https://github.com/jmespath-community/go-jmespath/blob/v1.1.1/pkg/functions/default.go
const table: readonly (readonly [names: string, least: number, most: number])[] = [
  ['abs avg ceil floor from_items items keys length lower max min reverse sort sum', 1, 1],
  ['to_array to_number to_string type upper values', 1, 1],
  ['contains ends_with group_by join map max_by min_by sort_by starts_with', 2, 2],
  ['find_first find_last', 2, 4],
  ['pad_left pad_right split', 2, 3],
  ['replace', 3, 4],
  ['trim trim_left trim_right', 1, 2],
  ['merge not_null', 1, Number.POSITIVE_INFINITY],
  ['zip', 2, Number.POSITIVE_INFINITY],
];

const functions: ReadonlyMap<string, readonly [least: number, most: number]> = new Map(
  table.flatMap(([names, least, most]) =>
    names.split(' ').map((name): [string, [number, number]] => [name, [least, most]]),
  ),
);

/** Why Grafana cannot evaluate a JMESPath expression, as a sentence without its start; undefined if it can. */
export const jmespathFault = memoizeText((text): string | undefined => {
  try {
    const [fault] = faultsIn(parseJmespath(text), new Set());
    return fault;
  } catch (error) {
    if (!(error instanceof JmespathError)) throw error;
    const near = text.slice(error.at, error.at + 20);
    return `${error.message}${near && ` (at '${near}')`}`;
  }
});

const faultsIn = (node: Node, variables: ReadonlySet<string>): string[] => {
  const { kind, value = '', children } = node;
  if (kind === 'let') {
    const [names, values] = [children.slice(0, -1), children.at(-1)!];
    const bound = new Set(variables);
    const found = names.flatMap((one) => {
      const [name, given] = one.children;
      if (one.kind !== '=' || name?.kind !== 'variable') return ["'let' needs $name = value"];
      const inner = faultsIn(given!, bound);
      bound.add(name.value!);
      return inner;
    });
    return [...found, ...faultsIn(values, bound)];
  }
  const inner = children.flatMap((child) => faultsIn(child, variables));
  if (kind === '=') return ["'=' compares nothing: use '=='", ...inner];
  if (kind === 'variable') return variables.has(value) ? [] : [`no 'let' defines ${value}`];
  return kind === 'call' ? [...callFaults(value, children.length), ...inner] : inner;
};

const callFaults = (name: string, count: number): string[] => {
  const known = functions.get(name);
  if (!known) {
    const suggestion = suggest(name, [...functions.keys()]);
    return [`there is no function '${name}'${suggestion ? `; did you mean '${suggestion}'?` : ''}`];
  }
  const [least, most] = known;
  if (count >= least && count <= most) return [];
  return [`'${name}' needs ${count < least ? least : most} arguments, and has ${count}`];
};

export { parseJmespath } from './parse.js';
