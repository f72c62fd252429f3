/** A part of an object literal in a written file. */
export type Line = Value | Group | Remark;

/** An option with a value. */
export interface Value {
  readonly key: string;
  readonly value: unknown;
  /** Comments above it. */
  readonly notes: readonly string[];
  /** `cluster` if it would otherwise be looked up there, `guess` if it must also be confirmed. */
  readonly origin: 'cluster' | 'guess' | 'choice';
}

/** An option whose value is an object with comments of its own. */
export interface Group {
  readonly key: string;
  readonly lines: readonly Line[];
  readonly notes?: readonly string[];
}

/** A comment without an option. */
export interface Remark {
  readonly remark: readonly string[];
  /** Lines of code below it, as they are. */
  readonly code?: readonly string[];
  /** The path of a value that could not be found. */
  readonly open?: string;
}

/** A value that the cluster has. */
export const found = (key: string, value: unknown, ...notes: readonly string[]): Value => ({
  key,
  value,
  notes,
  origin: 'cluster',
});

/** A value that must be confirmed, since the cluster does not state all of it. */
export const toConfirm = (key: string, value: unknown, ...notes: readonly string[]): Value => ({
  key,
  value,
  notes,
  origin: 'guess',
});

/** A value that somebody chooses. */
export const chosen = (key: string, value: unknown, ...notes: readonly string[]): Value => ({
  key,
  value,
  notes,
  origin: 'choice',
});

/** A value that is not known: only a comment, since the file must not have an invented one. */
export const open = (path: string, example: string, how: string): Remark => ({
  remark: [`TO DO: ${path.split('.').at(-1)}: ${example}, not found: ${how}`],
  open: path,
});

/** How many values of the cluster a file has, and which ones somebody must still look up. */
export const lookUps = (
  lines: readonly Line[],
  path: readonly string[] = [],
): { readonly found: readonly string[]; readonly left: readonly string[] } => {
  const parts = lines.map((line) => {
    if ('remark' in line) return { found: [], left: line.open ? [line.open] : [] };
    const at = [...path, line.key];
    if ('lines' in line) return lookUps(line.lines, at);
    const names = fieldsOf(line.value).map((field) => [...at, ...field].join('.'));
    return {
      found: line.origin === 'cluster' ? names : [],
      left: line.origin === 'guess' ? names : [],
    };
  });
  return {
    found: parts.flatMap((one) => one.found),
    left: parts.flatMap((one) => one.left),
  };
};

/** The fields of an object, such as the name of a storage class and whether it expands. */
const fieldsOf = (value: unknown): readonly string[][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.keys(value).map((key) => [key])
    : [[]];
