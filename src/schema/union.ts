import type { z } from 'zod';
import { oneOf, quoted } from './allowed.js';

type Issue = z.core.$ZodIssue;
type Union = z.core.$ZodIssueInvalidUnion;

/** The faults of a value that fits no branch of a union, reported for the most similar branch. */
export const narrow = (issue: Union): readonly Issue[] => {
  const key = kindKeyOf(issue.errors);
  const branches = issue.errors.map((branch) => {
    const issues = branch.map((one): Issue => ({ ...one, path: [...issue.path, ...one.path] }));
    const kind = branch.findIndex((one) => key !== undefined && kindKeysOf(one).includes(key));
    return { issues, kind: issues[kind], unknown: branch.flatMap(unknownKeys).length };
  });
  const kindred = branches.filter(({ kind }) => kind === undefined);
  // If a branch has faults inside an object, the value is an object like that branch.
  const entered = kindred.filter(({ issues }) => issues.some((one) => isInside(one, issue.path)));
  const open = entered.length > 0 ? entered : kindred;
  const kinds = branches.flatMap(({ kind }) => kind ?? []);
  // A value of another type than the branches without a kind is like one with a kind.
  const otherType = open.every(({ issues }) =>
    issues.some((one) => isOfOtherType(one, issue.path)),
  );
  if (kinds.length > 0 && otherType) return [noneOf(kinds)];
  const fewest = Math.min(...open.map(({ unknown }) => unknown));
  const [closest, ...others] = open.filter(({ unknown }) => unknown === fewest);
  if (closest && others.length === 0) return closest.issues;
  const values =
    ('options' in issue && issue.options) ||
    issue.errors.flat().flatMap(leavesOf).flatMap(valuesOf);
  return [{ code: 'invalid_value', path: issue.path, message: issue.message, values }];
};

const isOfOtherType = ({ code, path }: Issue, at: readonly PropertyKey[]): boolean =>
  code === 'invalid_type' && path.length === at.length;

const isInside = ({ code, path }: Issue, at: readonly PropertyKey[]): boolean =>
  path.length > at.length || code === 'unrecognized_keys';

// A constant field such as `kind: 'bearer'` identifies a branch.
const kindKeysOf = (issue: Issue): readonly PropertyKey[] =>
  issue.path.length === 1 && isOfConstants(issue) ? issue.path : [];

/** Whether constants are allowed: also by a union, such as one by a kind, which has no errors of its branches. */
const isOfConstants = (issue: Issue): boolean => {
  if (issue.code !== 'invalid_union') return issue.code === 'invalid_value';
  const leaves = leavesOf(issue);
  return leaves.length === 0 || leaves.some(({ code }) => code === 'invalid_value');
};

/** The field that identifies most branches. */
const kindKeyOf = (branches: readonly (readonly Issue[])[]): PropertyKey | undefined => {
  const keys = branches.flatMap((branch) => branch.flatMap(kindKeysOf));
  const count = (key: PropertyKey): number => keys.filter((one) => one === key).length;
  return keys.toSorted((a, b) => count(b) - count(a))[0];
};

/** No branch has this kind: the finding lists the kinds of all branches. */
const noneOf = (kinds: readonly Issue[]): Issue => {
  const leaves = kinds.flatMap(leavesOf);
  const values = leaves.flatMap(valuesOf);
  const words = leaves.flatMap((one) => (one.code === 'invalid_value' ? [] : one.message));
  const message = oneOf([...values.map(quoted), ...words]);
  return { code: 'invalid_value', path: kinds[0]!.path, message, values };
};

const leavesOf = (issue: Issue): Issue[] =>
  issue.code === 'invalid_union' ? issue.errors.flat().flatMap(leavesOf) : [issue];

const valuesOf = (issue: Issue) => (issue.code === 'invalid_value' ? issue.values : []);

const unknownKeys = (issue: Issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []);
