interface Answer<T> {
  readonly status: string;
  readonly error?: string;
  readonly data: T;
}

/** Sends a request to the HTTP API of Prometheus; throws its error message. */
export const ask = async <T>(
  url: string,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<T> => {
  const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
  const answer = (await response.json()) as Answer<T>;
  if (answer.status !== 'success') throw new Error(`${path}: ${answer.error}`);
  return answer.data;
};

/** The current series of an expression. */
export const query = async (
  url: string,
  expression: string,
): Promise<{ metric: Record<string, string>; value: [number, string] }[]> =>
  (
    await ask<{ result: { metric: Record<string, string>; value: [number, string] }[] }>(
      url,
      'query',
      { query: expression },
    )
  ).result;
