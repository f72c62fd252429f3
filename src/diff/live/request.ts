/** A request to the API server; its body is JSON. */
export interface ClusterRequest {
  /** @default 'GET' */
  readonly method?: 'PATCH';
  readonly path: string;
  readonly body?: object;
}

/** Sends a request to the API server of a cluster. Throws if there is no answer. */
export type Send = (
  request: ClusterRequest,
  // biome-ignore lint/suspicious/noExplicitAny: each path answers with another kind
) => Promise<{ readonly status: number; readonly body: any }>;

/** The API server does not allow a request that the comparison needs. */
export class NotAllowed extends Error {}

/** The most requests that run at the same time. */
const atOnce = 8;

/** Runs a function for each item, several at a time, and returns the results in order. */
export const forEach = async <Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await run(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
};
