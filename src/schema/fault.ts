import type { FaultKind } from '../model/fault.js';

const kinds = {
  'unknown-option': {
    what: 'Unknown option.',
    why: 'An unknown option has no effect.',
    fix: 'Use an existing option, or remove it.',
  },
  'missing-option': {
    what: 'A required option is missing.',
    why: 'There is no default that fits every environment.',
    fix: 'Set the option.',
  },
  'invalid-value': {
    what: 'This value is not allowed.',
    why: 'The value has the wrong type, or the program that reads it rejects it.',
    fix: 'Set an allowed value.',
  },
  'invalid-name': {
    what: 'This name is not allowed.',
    why: 'Kubernetes, or the program that reads it, rejects this name.',
    fix: 'Use an allowed name.',
  },
} satisfies Readonly<Record<string, Omit<FaultKind, 'example'>>>;

export type ValueFault = keyof typeof kinds;

/** Kinds of fault in a value that has a schema, with an example of each. */
export const valueFaults = (
  examples: Readonly<Record<ValueFault, string>>,
): Readonly<Record<ValueFault, FaultKind>> => ({
  'unknown-option': { ...kinds['unknown-option'], example: examples['unknown-option'] },
  'missing-option': { ...kinds['missing-option'], example: examples['missing-option'] },
  'invalid-value': { ...kinds['invalid-value'], example: examples['invalid-value'] },
  'invalid-name': { ...kinds['invalid-name'], example: examples['invalid-name'] },
});
