import type { z } from 'zod';
import { unabbreviated } from '../model/abbreviation.js';
import { isCredentialName, isLiteral, masked, withoutCredentials } from '../model/credential.js';
import type { FoundFault } from '../model/fault.js';
import { suggest } from '../model/suggestion.js';
import { unreadableIn } from '../model/unreadable.js';
import { allowed, remedyFor } from './allowed.js';
import type { ValueFault } from './fault.js';
import { otherNameOf } from './other-name.js';
import { narrow } from './union.js';

/** Validates a value of a file against a schema; returns all faults at once. */
export const validateValue = <T>(
  schema: z.ZodType<T>,
  value: unknown,
  file: string,
): { readonly data?: T; readonly faults: readonly FoundFault<ValueFault>[] } => {
  const unreadable = unreadableIn(value);
  if (unreadable) {
    const { path, expected } = unreadable;
    const place = { file, ...(path.length > 0 && { path: pathOf(path.slice(0, 12)) }) };
    return {
      faults: [{ fault: 'invalid-value', place, remedy: remedyFor(expected), why: undefined }],
    };
  }
  const result = schema.safeParse(value, { error: allowed, jitless: true });
  if (result.success) return { data: result.data, faults: [] };
  const faults = result.error.issues.flatMap((issue) => faultsOf(issue, value));
  return {
    faults: essential(faults).map(({ path, ...fault }) => ({
      place: { file, ...(path.length > 0 && { path: pathOf(path) }) },
      ...fault,
      // The remedy states the reason.
      why: undefined,
      ...(isSecret(path, fault) && { value: masked }),
    })),
  };
};

/** Whether a finding would show a credential in place of a reference to a Secret. */
const isSecret = (path: Path, { fault, value, remedy, suggestion }: Omit<Fault, 'path'>) =>
  typeof value === 'string' &&
  isLiteral(value) &&
  (/with secret and key\.$|\{ secret, key \}/.test(`${remedy}`) ||
    isCredential(String(path.at(-1))) ||
    (fault === 'unknown-option' && isCredentialName(String(suggestion))));

/** Whether an option has a credential; `secret` and `tlsSecret` have the name of a Secret. */
const isCredential = (name: string): boolean =>
  isCredentialName(name) && !/^secret$|[a-z]Secret$/.test(name);

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

interface Fault extends Omit<FoundFault<ValueFault>, 'place'> {
  readonly path: Path;
}

const faultsOf = (issue: Issue, options: unknown): Fault[] => {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        unknownOption([...issue.path, key], issue.message.split(' '), options),
      );
    case 'invalid_key':
      return issue.issues.slice(0, 1).map((inner) => wrongName(issue.path, inner));
    case 'invalid_union':
      return narrow(issue).flatMap((inner) => faultsOf(inner, options));
    default:
      return [wrongValue(issue, options)];
  }
};

const wrongValue = (issue: Issue, options: unknown): Fault => {
  const value = valueAt(options, issue.path);
  return {
    path: issue.path,
    ...(value === undefined
      ? { fault: 'missing-option', message: `The option ${optionOf(issue.path)} is required.` }
      : { fault: 'invalid-value', value }),
    remedy: remedyFor(
      isQuotedNumber(value, issue) ? `${issue.message}, without quotes` : issue.message,
    ),
    ...suggestion(value, issue),
  };
};

const isQuotedNumber = (value: unknown, issue: Issue): boolean =>
  issue.code === 'invalid_type' &&
  (issue.expected === 'number' || issue.expected === 'int') &&
  typeof value === 'string' &&
  /^\d+(\.\d+)?$/.test(value);

const wrongName = (path: Path, inner: Issue): Fault => {
  const value = String(path.at(-1));
  return {
    path,
    fault: 'invalid-name',
    value,
    remedy: `Use ${inner.message}.`,
    ...suggestion(value, inner),
  };
};

/** Nobody reads a longer list. */
const mostNamed = 80;

const unknownOption = (path: Path, known: readonly string[], options: unknown): Fault => {
  const name = String(path.at(-1));
  const nearest = otherNameOf(name, known) ?? unabbreviated(name, known) ?? suggest(name, known);
  return {
    path,
    fault: 'unknown-option',
    message: `Unknown option ${optionOf(path)}.`,
    value: withoutCredentials(valueAt(options, path), path.map(String)),
    remedy:
      known.length > mostNamed
        ? `Use one of its ${known.length} fields, or remove it.`
        : `Use one of ${known.join(', ')}.`,
    ...(nearest && { suggestion: nearest }),
  };
};

const suggestion = (value: unknown, issue: Issue): Pick<Fault, 'suggestion'> => {
  if (issue.code === 'custom' && issue.params?.suggestion !== undefined) {
    return { suggestion: String(issue.params.suggestion) };
  }
  // With a single allowed value, the remedy already contains it.
  if (typeof value !== 'string' || issue.code !== 'invalid_value' || issue.values.length < 2) {
    return {};
  }
  const nearest = suggest(value, issue.values.map(String));
  return nearest === undefined ? {} : { suggestion: nearest };
};

/** One fault for each place; a missing option is left out if another option is its misspelling, or the file with it. */
const essential = (faults: readonly Fault[]): Fault[] => {
  const misspelt = faults.flatMap(({ path, suggestion, fault }) =>
    suggestion && fault !== 'missing-option' ? pathOf([...path.slice(0, -1), suggestion]) : [],
  );
  const places = faults.map(({ path }) => pathOf(path));
  const isGiven = (place: string): boolean =>
    misspelt.includes(place) || places.includes(`${place}_file`);
  return faults.filter(
    ({ fault }, index) =>
      places.indexOf(places[index]!) === index &&
      !(fault === 'missing-option' && isGiven(places[index]!)),
  );
};

/** The name of an option in a sentence; `here` for an item of a list. */
const optionOf = (path: Path): string => {
  const name = path.at(-1);
  return typeof name === 'string' ? `\`${name}\`` : 'here';
};

const pathOf = (path: Path): string =>
  path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\w$]+$/.test(String(part))) return `['${String(part)}']`;
      return `${index > 0 ? '.' : ''}${String(part)}`;
    })
    .join('');

const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    root,
  );
