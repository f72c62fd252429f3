import type { DataType } from './data.js';

/** Verbs that write a value of a type: https://pkg.go.dev/fmt#hdr-Printing */
const verbs: Readonly<Record<string, string>> = {
  float: 'vTbeEfFgGxX',
  int: 'vTbcdoOqxXU',
  string: 'vTsqxX',
  html: 'vTsqxX',
  bool: 'vTt',
  Labels: 'vTsqxX',
  KV: 'vTsqxX',
  map: 'vTsqxX',
};

/** The fault of a format with the types of its values, which Go writes into the text. */
export const printfFault = (format: string, types: readonly DataType[]): string | undefined => {
  // The verbs of a format with explicit indexes or widths from values are not in order.
  if (/%[-+# 0]*(?:\[|\*|[\d.]+\*|\.\*)/.test(format)) return undefined;
  const found = [...format.matchAll(/%[-+# 0]*\d*(?:\.\d*)?(.)?/gsu)].filter(
    ([, verb]) => verb !== '%',
  );
  if (found.some(([, verb]) => verb === undefined)) return 'The format ends within a verb.';
  if (found.length !== types.length) {
    return `The format of printf needs ${found.length} ${found.length === 1 ? 'argument' : 'arguments'}, and has ${types.length}.`;
  }
  for (const [index, [written, verb = '']] of found.entries()) {
    const type = types[index];
    const allowed = type === undefined ? undefined : verbs[type];
    if (!/[a-zA-Z]/.test(verb) || (allowed !== undefined && !allowed.includes(verb))) {
      const what =
        { float: 'number', int: 'whole number', string: 'text' }[`${type}`] ?? 'such value';
      return `${written} writes no ${what}.`;
    }
  }
  return undefined;
};
