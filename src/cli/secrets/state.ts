import { type ClusterConnection, Unreachable } from '../../cluster/connection.js';
import { listed } from '../../output/readme/markdown.js';
import type { ListedSecret } from './list.js';

/** What the cluster has of a Secret. */
export type State =
  | { readonly kind: 'complete' }
  | { readonly kind: 'missing' }
  /** Keys that it does not have, or whose value is empty. */
  | {
      readonly kind: 'incomplete';
      readonly missing: readonly string[];
      readonly empty: readonly string[];
    }
  /** The API server does not allow to read it. */
  | { readonly kind: 'unknown'; readonly status: number };

/** Asks the cluster for a Secret. Its values are not decoded, kept or printed. */
export const stateOf = async (
  { namespace, name, keys }: ListedSecret,
  { send, server }: ClusterConnection,
): Promise<State> => {
  const path = `/api/v1/namespaces/${namespace}/secrets/${name}`;
  const { status, body } = await send({ path });
  if (status === 401)
    throw new Unreachable(`${server} rejects the credentials of the context (401).`);
  if (status === 403) return { kind: 'unknown', status };
  if (status === 404) return { kind: 'missing' };
  if (status !== 200) throw new Unreachable(`${server}${path}: status ${status}.`);
  const data: Record<string, string> = JSON.parse(body).data ?? {};
  const needed = keys.map(({ key }) => key);
  const missing = needed.filter((key) => !(key in data));
  const empty = needed.filter((key) => data[key] === '');
  return missing.length + empty.length === 0
    ? { kind: 'complete' }
    : { kind: 'incomplete', missing, empty };
};

/** A state as text, without a value. */
export const stateText = (state: State): string => {
  switch (state.kind) {
    case 'complete':
      return 'exists';
    case 'missing':
      return 'MISSING';
    case 'unknown':
      return `UNKNOWN, since you may not get it (${state.status}): ask for the verb get on this Secret`;
    case 'incomplete':
      return [
        ...(state.missing.length > 0 ? [`WITHOUT ${listed(state.missing)}`] : []),
        ...(state.empty.length > 0 ? [`EMPTY ${listed(state.empty)}`] : []),
      ].join(', ');
  }
};
