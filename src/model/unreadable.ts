import { isPlain } from './own-value.js';

/** A part of a value that no file can contain. */
export interface Unreadable {
  readonly path: readonly PropertyKey[];
  /** What it must be instead. */
  readonly expected: string;
}

// What reads deeper values exhausts the stack.
const deepest = 100;

/** The first part of a value that throws when it is read, contains itself, or is a BigInt or a symbol. */
export const unreadableIn = (value: unknown): Unreadable | undefined => {
  const path: PropertyKey[] = [];
  const expected = expectedIn(value, path, []);
  return expected === undefined ? undefined : { path, expected };
};

/** What is expected of the first such part, whose path is then in `path`. */
const expectedIn = (value: unknown, path: PropertyKey[], around: unknown[]): string | undefined => {
  if (typeof value === 'bigint' || typeof value === 'symbol') {
    return `a text or a number, and not of the type ${typeof value}`;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (isPromise(value)) return 'a value, and not a promise of one';
  if (around.includes(value)) return 'a value that does not contain itself';
  if (path.length > deepest) return `a value of at most ${deepest} levels`;
  try {
    if (!Array.isArray(value) && !isPlain(value)) return undefined;
    around.push(value);
    for (const key of Object.keys(value)) {
      path.push(Array.isArray(value) ? Number(key) : key);
      const part: unknown = (value as Readonly<Record<string, unknown>>)[key];
      const expected = expectedIn(part, path, around);
      if (expected !== undefined) return expected;
      path.pop();
    }
    around.pop();
    return undefined;
  } catch (error) {
    return `a value that can be read: now it throws an error. ${firstLineOf(error)}`;
  }
};

/** Whether a function of a user is asynchronous by mistake. What it throws later must not end the process. */
export const isPromise = (value: unknown): value is Promise<unknown> => {
  if (!(value instanceof Promise)) return false;
  value.catch(() => undefined);
  return true;
};

/** The first line of the message of an error, or of anything else that is thrown. */
export const firstLineOf = (error: unknown): string => {
  try {
    const text = error instanceof Error ? error.message : String(error);
    return text.split('\n')[0]!.trim();
  } catch {
    return 'The error cannot be read.';
  }
};
