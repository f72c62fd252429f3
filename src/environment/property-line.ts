import { type Token, tokensOf } from './token.js';

/**
 * The 1-based line of a property of the default export of a TypeScript file, such as
 * `alerting.receivers[1].url`. If the file computes the property or does not have it, the line of the
 * object or list around it; undefined if even the first part of the path is not found.
 */
export const propertyLine = (source: string, path: string): number | undefined =>
  search(source, path).line;

/** The 1-based line of the object that is the default export of a TypeScript file; undefined if there is none. */
export const exportLine = (source: string): number | undefined => {
  const tokens = tokensOf(source);
  const value = exportOf(tokens);
  const open = value === undefined ? undefined : tokens[literalAt(tokens, value)];
  return open && isText(open, '{') ? source.slice(0, open.offset).split('\n').length : undefined;
};

/** Where a property is defined that the default export takes from the default export of another module. */
export const propertyImport = (source: string, path: string): Imported | undefined =>
  search(source, path).imported;

/** A property of the default export of another module. */
export interface Imported {
  /** The name of the module, as in the import. */
  readonly from: string;
  readonly path: string;
}

const search = (
  source: string,
  path: string,
): { readonly line?: number; readonly imported?: Imported } => {
  const tokens = tokensOf(source);
  const parts = [...path.matchAll(/\[(\d+)\]|\['([^']*)'\]|([^.[\]]+)/g)];
  let value: number | undefined = exportOf(tokens);
  let offset: number | undefined;
  let imported: Imported | undefined;
  for (const [at, [, index, quoted, name]] of parts.entries()) {
    const step = index === undefined ? (quoted ?? name ?? '') : Number(index);
    const open = value === undefined ? undefined : literalAt(tokens, value);
    const found: Entry | undefined = open === undefined ? undefined : entryOf(tokens, open, step);
    if (!found) {
      const from = open === undefined ? undefined : moduleAt(tokens, open);
      const rest = parts.slice(at).map(([text]) => text);
      if (from !== undefined) imported = { from, path: rest.join('.').replaceAll('.[', '[') };
      break;
    }
    offset = tokens[found.start]?.offset;
    value = found.value;
  }
  return {
    ...(offset !== undefined && { line: source.slice(0, offset).split('\n').length }),
    ...(imported && { imported }),
  };
};

/** The module whose default export a value is: itself, or the last one that is spread into it. */
const moduleAt = (tokens: readonly Token[], at: number): string | undefined => {
  if (isText(tokens[at], '{')) {
    const spread = entriesOf(tokens, at).findLast(({ start }) => isText(tokens[start], '...'));
    return spread && moduleAt(tokens, spread.start + 1);
  }
  const name = tokens[at];
  if (name?.kind !== 'name') return undefined;
  const index = tokens.findIndex(
    (one, first) =>
      isText(one, 'import') &&
      tokens[first + 1]?.text === name.text &&
      isText(tokens[first + 2], 'from'),
  );
  return index < 0 ? undefined : tokens[index + 3]?.text;
};

/** A property or an item: the token where it starts, and the token where its value starts. */
interface Entry {
  readonly start: number;
  readonly value: number;
}

const isText = (token: Token | undefined, text: string): boolean =>
  token?.text === text && token.kind !== 'text';

const exportOf = (tokens: readonly Token[]): number | undefined => {
  const index = tokens.findIndex(
    (one, at) => isText(one, 'export') && isText(tokens[at + 1], 'default'),
  );
  return index < 0 ? undefined : index + 2;
};

/** The token where the object or list of a value starts; follows calls and constants. */
const literalAt = (tokens: readonly Token[], at: number, depth = 0): number => {
  const token = tokens[at];
  if (isText(token, '(')) return literalAt(tokens, at + 1, depth);
  if (token?.kind !== 'name' || depth > 8) return at;
  const call = callAt(tokens, at);
  if (call !== undefined) return literalAt(tokens, call + 1, depth + 1);
  const declared = tokens.findIndex(
    (one, index) => isText(one, 'const') && tokens[index + 1]?.text === token.text,
  );
  if (declared < 0) return at;
  const assigned = tokens.findIndex((one, index) => index > declared && isText(one, '='));
  return assigned < 0 ? at : literalAt(tokens, assigned + 1, depth + 1);
};

/** The start of the arguments of a call such as `group.with(`; undefined for other expressions. */
const callAt = (tokens: readonly Token[], at: number): number | undefined => {
  if (isText(tokens[at + 1], '(')) return at + 1;
  return isText(tokens[at + 1], '.') ? callAt(tokens, at + 2) : undefined;
};

const entryOf = (
  tokens: readonly Token[],
  open: number,
  step: string | number,
  depth = 0,
): Entry | undefined => {
  const isList = isText(tokens[open], '[');
  if (!isList && !isText(tokens[open], '{')) return undefined;
  const entries = entriesOf(tokens, open);
  if (isList) {
    // The number of items from a spread before it is unknown.
    const before = entries.slice(0, Number(step) + 1);
    if (before.some(({ start }) => isText(tokens[start], '...'))) return undefined;
    return entries[Number(step)];
  }
  // The last one applies.
  for (const one of [...entries].reverse()) {
    if (isText(tokens[one.start], '...') && depth < 8) {
      const inside = entryOf(tokens, literalAt(tokens, one.start + 1), step, depth + 1);
      if (inside) return inside;
    }
    // The name of a getter is behind `get`.
    const isGetter = isText(tokens[one.start], 'get') && tokens[one.start + 1]?.kind !== 'sign';
    const name = isGetter ? one.start + 1 : one.start;
    if (tokens[name]?.text !== String(step)) continue;
    return isText(tokens[name + 1], ':') ? { ...one, value: name + 2 } : one;
  }
  return undefined;
};

/** The start tokens of the entries of an object or a list. */
const entriesOf = (tokens: readonly Token[], open: number): Entry[] => {
  const entries: Entry[] = [];
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    const token = tokens[index]!;
    if (token.kind === 'sign' && '([{'.includes(token.text)) depth += 1;
    if (token.kind === 'sign' && ')]}'.includes(token.text)) depth -= 1;
    if (depth === 0) break;
    const starts = index === open || (depth === 1 && isText(token, ','));
    const next = tokens[index + 1];
    if (starts && next && !(next.kind === 'sign' && ']}'.includes(next.text))) {
      entries.push({ start: index + 1, value: index + 1 });
    }
  }
  return entries;
};
