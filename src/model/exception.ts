/** Prefix of the annotations that declare exceptions from the pod rules. */
export const exceptionPrefix = 'crowsnest/exception-';

/** Reads the exceptions of an object from its annotations: what is allowed, and why. */
export const exceptionsOf = (
  annotations: Readonly<Record<string, string>> = {},
): { readonly exception: string; readonly reason: string }[] =>
  Object.entries(annotations)
    .filter(([key]) => key.startsWith(exceptionPrefix))
    .map(([key, reason]) => ({ exception: key.slice(exceptionPrefix.length), reason }));
