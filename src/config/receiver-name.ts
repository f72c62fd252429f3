import type { z } from 'zod';

/** What is read of the alerting options; any of it may be missing or of another type still. */
interface Unchecked {
  readonly receivers?: readonly { readonly name?: unknown }[];
  readonly defaultReceiver?: unknown;
  readonly routes?: readonly Route[];
}

interface Route {
  readonly receiver?: unknown;
  readonly routes?: readonly Route[];
}

/** Receivers have a name each, and are told by it; held even where single options are wrong. */
export const receiverNames = (
  { receivers, defaultReceiver, routes }: Unchecked,
  context: z.RefinementCtx,
): void => {
  const names = listOf(receivers).map((one) => one?.name);
  const known = [...new Set(names.filter((name) => typeof name === 'string'))];
  const hold = (path: (string | number)[], input: unknown): void => {
    if (known.length === 0 || typeof input !== 'string' || known.includes(input)) return;
    context.addIssue({ code: 'invalid_value', path, values: known, input });
  };
  for (const [index, input] of names.entries()) {
    if (input === undefined || names.indexOf(input) === index) continue;
    const path = ['receivers', index, 'name'];
    context.addIssue({ code: 'custom', path, message: 'a name that no other receiver has', input });
  }
  hold(['defaultReceiver'], defaultReceiver);
  const follow = (path: (string | number)[], list: readonly Route[] | undefined): void => {
    for (const [index, one] of listOf(list).entries()) {
      hold([...path, index, 'receiver'], one?.receiver);
      follow([...path, index, 'routes'], one?.routes);
    }
  };
  follow(['routes'], routes);
};

const listOf = <T>(value: readonly T[] | undefined): readonly T[] =>
  Array.isArray(value) ? value : [];
