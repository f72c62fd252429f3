import type { z } from 'zod';
import { allowed, remedyFor } from '../../../schema/allowed.js';
import type { LeftField } from './convert.js';
import type { Path } from './path.js';

/** A value without the fields that its schema rejects because an environment has no place for them. */
export const withoutRefused = (
  schema: z.ZodType,
  value: unknown,
): { readonly value: unknown; readonly left: readonly LeftField[] } => {
  const { error } = schema.safeParse(value, { error: allowed, jitless: true });
  const left = (error?.issues ?? []).flatMap(({ message, path }): LeftField[] =>
    message.startsWith('nothing: ') && isIn(value, path as Path)
      ? [{ path: path as Path, reason: remedyFor(message).replace(/^Remove it: (.)/, upper) }]
      : [],
  );
  return { value: left.reduce((rest, { path }) => withoutPath(rest, path), value), left };
};

const upper = (_: string, letter: string): string => letter.toUpperCase();

const isIn = (value: unknown, path: Path): boolean =>
  path.length > 0 && path.reduce<unknown>((one, part) => Object(one)[part], value) !== undefined;

/** A value without the part at a path. */
const withoutPath = (value: unknown, [part, ...rest]: Path): unknown => {
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_, index) => index !== part)
      : value.map((one, index) => (index === part ? withoutPath(one, rest) : one));
  }
  return Object.fromEntries(
    Object.entries(Object(value)).flatMap(([key, one]) => {
      if (key !== part) return [[key, one]];
      return rest.length === 0 ? [] : [[key, withoutPath(one, rest)]];
    }),
  );
};
