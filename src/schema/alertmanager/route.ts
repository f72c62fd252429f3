import { z } from 'zod';
import { matcher } from './matcher.js';

/** A list of matchers, all of which must match. */
export const matchers = z.array(matcher).min(1);

/** The name of a label of an alert, which can have any characters; those of a list are probably a mistake. */
export const alertLabel = z
  .string({ error: "a label name such as 'namespace'" })
  .regex(/^(?!\.+$)[^\s,'"]+$/);

/** Labels by which alerts are grouped; an empty list groups all alerts of a route together. */
export const grouping = z
  .array(
    z
      .string({ error: "a label name, or only '...' to group by all labels" })
      .refine((name) => name === '...' || alertLabel.safeParse(name).success),
  )
  .refine((labels) => new Set(labels).size === labels.length, {
    error: 'a list of labels without duplicates',
  })
  .refine((labels) => labels.length === 1 || !labels.includes('...'), {
    error: "labels, or '...' alone",
  });

type Path = readonly (string | number)[];

/** A route that is not validated yet: any field may be missing or have another type. */
interface UncheckedRoute {
  readonly receiver?: unknown;
  readonly routes?: readonly UncheckedRoute[];
}

interface UncheckedRoutes {
  readonly path: Path;
  readonly list?: readonly UncheckedRoute[];
}

interface Named {
  readonly name?: unknown;
}

/** Receiver names are unique, and routes use existing receivers; checked even if single fields are invalid. */
export const receiverNames = (
  receivers: readonly Named[] | undefined,
  first: { readonly path: Path; readonly receiver?: unknown },
  routes: UncheckedRoutes,
  context: z.RefinementCtx,
  /** Further valid names; `isKnown`: whether there are receivers in addition to the first list. */
  { others = [], isKnown = false }: { others?: readonly unknown[]; isKnown?: boolean } = {},
): void => {
  const names = listOf(receivers).map((one) => one?.name);
  const hold = among([...names, ...others], context);
  for (const [index, input] of names.entries()) {
    if (input === undefined || names.indexOf(input) === index) continue;
    const path = ['receivers', index, 'name'];
    context.addIssue({ code: 'custom', path, message: 'a name that no other receiver has', input });
  }
  // A name of the wrong type has its own finding.
  if (!isKnown && !names.some((name) => typeof name === 'string')) return;
  hold(first.path, first.receiver);
  follow(routes, (path, one) => hold([...path, 'receiver'], one?.receiver));
};

/** The mute and active time intervals of routes exist. */
export const timeIntervalNames = (
  intervals: readonly Named[],
  routes: UncheckedRoutes,
  context: z.RefinementCtx,
  fields = ['mute_time_intervals', 'active_time_intervals'],
  place = 'time_intervals of the configuration',
): void => {
  const hold = among(
    intervals.map((one) => one?.name),
    context,
    `the name of an interval in ${place}, which has none`,
  );
  follow(routes, (path, one) => {
    for (const field of fields) {
      const names = (one as Readonly<Record<string, readonly unknown[]>> | undefined)?.[field];
      for (const [index, name] of listOf(names).entries()) hold([...path, field, index], name);
    }
  });
};

const among = (
  names: readonly unknown[],
  context: z.RefinementCtx,
  message = 'nothing: there are no such names',
) => {
  const values = [...new Set(names.filter((name) => typeof name === 'string'))];
  return (path: Path, input: unknown): void => {
    if (typeof input !== 'string' || values.includes(input)) return;
    if (values.length === 0) {
      context.addIssue({ code: 'custom', path: [...path], message, input });
      return;
    }
    context.addIssue({ code: 'invalid_value', path: [...path], values, input });
  };
};

const follow = (
  { path, list }: UncheckedRoutes,
  visit: (path: Path, route: UncheckedRoute) => void,
): void => {
  for (const [index, one] of listOf(list).entries()) {
    visit([...path, index], one);
    follow({ path: [...path, index, 'routes'], list: one?.routes }, visit);
  }
};

const listOf = <T>(value: readonly T[] | undefined): readonly T[] =>
  Array.isArray(value) ? value : [];
