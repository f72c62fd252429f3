const textsOf = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([key, stringValue]) => ({ key, value: { stringValue } }));

/** Sends a value of a counter in one request by OTLP over HTTP, and returns the status. */
export const sendCounter = async (
  port: number,
  resource: Readonly<Record<string, string>>,
  { name, value, time = Date.now() }: { name: string; value: number; time?: number },
): Promise<number> => {
  const nanoseconds = (milliseconds: number) => `${BigInt(milliseconds) * 1_000_000n}`;
  const dataPoint = {
    startTimeUnixNano: nanoseconds(time - 3_600_000),
    timeUnixNano: nanoseconds(time),
    asInt: `${value}`,
    attributes: textsOf({ status: 'paid' }),
  };
  const response = await fetch(`http://127.0.0.1:${port}/v1/metrics`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceMetrics: [
        {
          resource: { attributes: textsOf(resource) },
          scopeMetrics: [
            {
              metrics: [
                {
                  name,
                  // Cumulative, as Prometheus needs it.
                  sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints: [dataPoint] },
                },
              ],
            },
          ],
        },
      ],
    }),
  });
  await response.text();
  return response.status;
};
