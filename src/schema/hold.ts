import type { z } from 'zod';
import { isCredentialName, isLiteral, masked } from '../model/credential.js';
import type { Finding } from '../model/finding.js';
import { suggest } from '../model/suggestion.js';
import { allowed } from './allowed.js';
import { narrow } from './union.js';

/** Holds a value of a file against a schema; all that is wrong with it comes back at once. */
export const hold = <T>(
  schema: z.ZodType<T>,
  value: unknown,
  file: string,
  check: string,
): { readonly data?: T; readonly findings: readonly Finding[] } => {
  const result = schema.safeParse(value, { error: allowed, jitless: true });
  if (result.success) return { data: result.data, findings: [] };
  const faults = result.error.issues.flatMap((issue) => faultsOf(issue, value));
  return {
    findings: essential(faults).map(({ path, ...fault }) => ({
      check,
      severity: 'error',
      place: { file, ...(path.length > 0 && { path: pathOf(path) }) },
      ...fault,
      ...(isSecret(path, fault) && { value: masked(String(fault.value)) }),
    })),
  };
};

/** Whether a finding would show a credential, which stands where a reference to a Secret is to stand. */
const isSecret = (path: Path, { value, message, remedy, suggestion }: Omit<Fault, 'path'>) =>
  typeof value === 'string' &&
  isLiteral(value) &&
  (remedy === 'Set it to an object with secret and key.' ||
    (message === unknown &&
      [path.at(-1), suggestion].some((name) => isCredentialName(String(name)))));

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

interface Fault extends Pick<Finding, 'message' | 'value' | 'remedy' | 'suggestion'> {
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

const missing = 'This option is missing.';
const unknown = 'There is no such option.';

const wrongValue = (issue: Issue, options: unknown): Fault => {
  const value = valueAt(options, issue.path);
  return {
    path: issue.path,
    ...(value === undefined
      ? { message: missing }
      : { message: 'This value is not allowed.', value }),
    remedy: `Set it to ${issue.message}.`,
    ...suggestion(value, issue),
  };
};

const wrongName = (path: Path, inner: Issue): Fault => {
  const value = String(path.at(-1));
  return {
    path,
    message: 'This name is not allowed.',
    value,
    remedy: `Use ${inner.message}.`,
    ...suggestion(value, inner),
  };
};

const unknownOption = (path: Path, known: readonly string[], options: unknown): Fault => {
  const meant = suggest(String(path.at(-1)), known);
  return {
    path,
    message: unknown,
    value: valueAt(options, path),
    remedy: `Use one of ${known.join(', ')}.`,
    ...(meant && { suggestion: meant }),
  };
};

const suggestion = (value: unknown, issue: Issue): Pick<Fault, 'suggestion'> => {
  // Where only one value would be right, the remedy names it already.
  if (typeof value !== 'string' || issue.code !== 'invalid_value' || issue.values.length < 2) {
    return {};
  }
  const meant = suggest(value, issue.values.map(String));
  return meant === undefined ? {} : { suggestion: meant };
};

/** One fault for each place, and none for an option that is missing only because it is misspelt. */
const essential = (faults: readonly Fault[]): Fault[] => {
  const misspelt = faults.flatMap(({ path, suggestion, message }) =>
    suggestion && message !== missing ? pathOf([...path.slice(0, -1), suggestion]) : [],
  );
  const places = faults.map(({ path }) => pathOf(path));
  return faults.filter(
    ({ message }, index) =>
      places.indexOf(places[index]!) === index &&
      !(message === missing && misspelt.includes(places[index]!)),
  );
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
