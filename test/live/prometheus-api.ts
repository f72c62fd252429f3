interface Answer<T> {
  readonly status: string;
  readonly error?: string;
  readonly data: T;
}

/** Asks Prometheus's HTTP API; throws with its own words where it answers with an error. */
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

/** The series that an expression returns now. */
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
