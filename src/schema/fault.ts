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

/** Where the options of environments and applications are described. */
export const optionReference =
  'The finding states what is allowed at its place, and docs/options.md describes all options, with their values and defaults.';

export type ValueFault = keyof typeof kinds;

/**
 * Kinds of fault in a value that has a schema, with an example of each; `reference` says where the options and their
 * values are described.
 */
export const valueFaults = (
  examples: Readonly<Record<ValueFault, string>>,
  reference?: string,
): Readonly<Record<ValueFault, FaultKind>> => {
  const of = (fault: ValueFault): FaultKind => ({
    ...kinds[fault],
    fix: [kinds[fault].fix, reference].filter(Boolean).join(' '),
    example: examples[fault],
  });
  return {
    'unknown-option': of('unknown-option'),
    'missing-option': of('missing-option'),
    'invalid-value': of('invalid-value'),
    'invalid-name': of('invalid-name'),
  };
};
