/** One line in an answer, with the labels of its stream and its metadata. */
export interface FoundLine {
  readonly labels: Readonly<Record<string, string>>;
  readonly text: string;
}

const ask = async <T>(port: number, path: string, parameters: Record<string, string>) => {
  const query = new URLSearchParams(parameters);
  const response = await fetch(`http://127.0.0.1:${port}/loki/api/v1/${path}?${query}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return (JSON.parse(text) as { data: T }).data;
};

const day = 86_400_000;

/** The lines of the last days that a query finds, at most a thousand. */
export const findLines = async (port: number, query: string, days = 1): Promise<FoundLine[]> => {
  type Streams = { result: { stream: Record<string, string>; values: [string, string][] }[] };
  const { result } = await ask<Streams>(port, 'query_range', {
    query,
    start: new Date(Date.now() - days * day).toISOString(),
    limit: '1000',
  });
  return result.flatMap(({ stream, values }) =>
    values.map(([, text]) => ({ labels: stream, text })),
  );
};

/** The number of lines of a selector in the last days. */
export const countLines = async (port: number, selector: string, days = 1): Promise<number> => {
  type Vector = { result: { value: [number, string] }[] };
  const query = `sum(count_over_time(${selector}[${days}d]))`;
  const { result } = await ask<Vector>(port, 'query', { query });
  return Number(result.at(0)?.value[1] ?? 0);
};

/** The names of the labels of all streams. */
export const labelNames = (port: number): Promise<string[]> => ask<string[]>(port, 'labels', {});
