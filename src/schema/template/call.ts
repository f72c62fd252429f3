import { type DataType, isOtherType, methodArgument } from './data.js';
import type { Signature } from './functions.js';
import type { Operand } from './node.js';
import { printfFault } from './printf.js';
import { lower, nameOf } from './type-name.js';

/** What fails when a template is expanded. */
export interface ExpansionFault {
  /** Whether Go writes the fault into the text, and the rest of the text is right. */
  readonly written?: true;
  readonly message: string;
  readonly value: string;
  readonly known?: readonly string[];
}

/** A call of a function. */
interface Call {
  readonly name: string;
  readonly text: string;
  /** The arguments after the name. */
  readonly rest: readonly Operand[];
  /** The types of all arguments, also of the one from the pipeline. */
  readonly given: readonly DataType[];
}

/** A wrong number of arguments. */
export const arityFault = (
  name: string,
  { takes, variadic }: Signature,
  count: number,
): ExpansionFault | undefined => {
  const least = variadic ? takes.length - 1 : takes.length;
  if (count >= least && (variadic || count <= least)) return undefined;
  const message = `The function ${name} needs ${variadic ? 'at least ' : ''}${least} ${least === 1 ? 'argument' : 'arguments'}, and has ${count}.`;
  return { message, value: name };
};

/** Arguments of other types than the function takes. */
export const argumentFaults = (call: Call, { takes }: Signature): ExpansionFault[] => {
  const { name, text, rest, given } = call;
  return [
    ...given.flatMap((type, index) => {
      const wanted = takes[Math.min(index, takes.length - 1)]!;
      if (!isOtherType(wanted, type)) return [];
      const message = `The function ${name} needs a ${wanted}, and not ${lower(nameOf(type))}.`;
      return [{ message, value: rest[index]?.text ?? text }];
    }),
    ...elementFaults(call),
    ...(name === 'printf' ? formatFaults(call) : []),
    ...(['eq', 'ne', 'lt', 'le', 'gt', 'ge'].includes(name) ? comparisonFaults(call) : []),
  ];
};

/** The length of what has none, and a label by a number. */
const elementFaults = ({ name, text, rest, given }: Call): ExpansionFault[] => {
  const counted = name === 'len' && ['float', 'int', 'bool'].includes(`${given[0]}`);
  const byKey = name === 'index' && given[0] === 'Labels' && isOtherType('string', given[1]);
  if (!counted && !byKey) return [];
  const message = counted
    ? `${nameOf(given[0])} has no length.`
    : `A label has a name, and not ${lower(nameOf(given[1]))}.`;
  return [{ message, value: rest.at(-1)?.text ?? text }];
};

const formatFaults = ({ rest: [format], given }: Call): ExpansionFault[] => {
  if (format?.kind !== 'string') return [];
  const message = printfFault(format.name, given.slice(1));
  return message === undefined ? [] : [{ written: true, message, value: format.text }];
};

/** Go compares only numbers of one type, and texts. */
const comparisonFaults = ({ name, rest, given: [first, ...others] }: Call): ExpansionFault[] => {
  const other = others.find((type) => type !== first);
  const basic = (type: DataType) => ['string', 'float', 'int', 'bool'].includes(`${type}`);
  if (!basic(first) || !basic(other)) return [];
  const hint =
    [first, other].sort().join() === 'float,int' ? ' Write the number with a point: 5.0.' : '';
  const message = `'${name}' compares a ${first} with a ${other}.${hint}`;
  return [{ message, value: rest.map(({ text }) => text).join(' ') }];
};

/** Wrong arguments of a method, such as `.SortedPairs`. */
export const methodFaults = (
  name: string,
  given: readonly DataType[],
  value: string,
): ExpansionFault[] => {
  const wanted = methodArgument[name];
  const count = wanted === undefined ? 0 : 1;
  if (given.length !== count) {
    const message = `.${name} needs ${count} ${count === 1 ? 'argument' : 'arguments'}, and has ${given.length}.`;
    return [{ message, value }];
  }
  if (wanted === undefined || !isOtherType(wanted, given[0])) return [];
  return [{ message: `.${name} needs a ${wanted}, and not ${lower(nameOf(given[0]))}.`, value }];
};
