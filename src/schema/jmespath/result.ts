import type { Node } from './parse.js';

/** What an expression can return, as far as the expression itself says so. */
export interface Result {
  /** `field` is a field of the whole input, by its name; `other` is never a text. */
  readonly kind: 'text' | 'field' | 'other';
  readonly value: string;
}

const comparisons = ['==', '!=', '<', '<=', '>', '>=', '!'];

// Functions with another result than a text:
// https://github.com/jmespath-community/go-jmespath/blob/v1.1.1/pkg/functions/default.go
const otherFunctions =
  'contains ends_with starts_with abs avg ceil floor length sum find_first find_last keys to_array'.split(
    ' ',
  );

/** The results of an expression that do not depend on values of the input. */
export const resultsOf = (node: Node, input = true): Result[] => {
  const { kind, value = '', children } = node;
  if (kind === 'literal') return [{ kind: 'text', value }];
  if (kind === 'field' || kind === 'quoted') return input ? [{ kind: 'field', value }] : [];
  if (kind === '||') return children.flatMap((child) => resultsOf(child, input));
  // After '|', a field is one of what is before it.
  if (kind === '|') return resultsOf(children[1]!, false);
  if (kind === '&&' || kind === 'let') return resultsOf(children.at(-1)!, input);
  if (comparisons.includes(kind)) return [{ kind: 'other', value: kind }];
  return kind === 'call' && otherFunctions.includes(value) ? [{ kind: 'other', value }] : [];
};
