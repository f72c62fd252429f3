import type { Left } from '../left.js';
import type { Converter, LeftField, Secret } from './convert.js';
import type { Path } from './path.js';

/** A configuration of an engine in a file. */
export interface NativeFile {
  readonly file: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** The 1-based line of a part. */
  readonly lineAt: (path: Path) => number;
  /** Texts of template files beside it, by their names. */
  readonly templates: Readonly<Record<string, string>>;
}

/** The value of an option of an environment, as a module. */
export interface Piece {
  readonly option: 'alerting' | 'prometheus';
  readonly text: string;
  readonly left: readonly Left[];
  /** Each key of a Secret that must exist, and what it holds. */
  readonly secrets: readonly Left[];
}

/** A field that is not taken over, with its line. */
export const leftAt = ({ file, lineAt }: NativeFile, { path, reason }: LeftField): Left => ({
  file: `${file}:${lineAt(path)}`,
  what: textOf(path),
  reason,
});

/** What a converter found, with its lines; what is not in `taken` needs no Secret. */
export const foundBy = (
  file: NativeFile,
  { secrets, left }: Pick<Converter, 'secrets' | 'left'>,
  taken: unknown,
): Pick<Piece, 'left' | 'secrets'> => {
  const text = JSON.stringify(taken);
  const needed = secrets.filter(({ reference }) => text.includes(JSON.stringify(reference)));
  return {
    left: left.map((one) => leftAt(file, one)),
    secrets: needed.map((one) => secretAt(file, one)),
  };
};

/** Each one once. */
export const distinct = (all: readonly Left[]): Left[] => [
  ...new Map(all.map((one) => [JSON.stringify(one), one])).values(),
];

const secretAt = ({ file, lineAt }: NativeFile, { path, reference }: Secret): Left => ({
  file: `${file}:${lineAt(path)}`,
  what: textOf(path),
  reason: `Secret ${reference.secret}, key ${reference.key}`,
});

const textOf = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
