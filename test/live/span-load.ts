import { randomBytes } from 'node:crypto';

/** Traces that are sent one after another until the load is stopped. */
export interface SpanLoad {
  /** The identifiers of the traces that the receiver has confirmed, oldest first. */
  readonly taken: readonly string[];
  /** Stops when the current requests are answered. */
  stop(): Promise<void>;
}

/** The number of spans in each trace. */
export const spansPerTrace = 100;

/**
 * Sends traces by OTLP over HTTP from four clients in parallel, which continue after a rejected
 * trace.
 */
export const startSpanLoad = (port: number, service: string): SpanLoad => {
  const taken: string[] = [];
  let stopped = false;
  const client = async (): Promise<void> => {
    while (!stopped) {
      const traceId = randomBytes(16).toString('hex');
      if (await sendSpans(port, service, traceId)) taken.push(traceId);
      else await new Promise((done) => setTimeout(done, 100));
    }
  };
  const clients = Array.from({ length: 4 }, client);
  return {
    taken,
    stop: async () => {
      stopped = true;
      await Promise.all(clients);
    },
  };
};

/** Sends one trace with a hundred spans, and returns whether the receiver confirmed it. */
export const sendSpans = async (
  port: number,
  service: string,
  traceId: string,
): Promise<boolean> => {
  const now = BigInt(Date.now()) * 1_000_000n;
  const spans = Array.from({ length: spansPerTrace }, (_, index) => ({
    traceId,
    spanId: randomBytes(8).toString('hex'),
    name: `step ${index % 10}`,
    kind: 2,
    startTimeUnixNano: String(now),
    endTimeUnixNano: String(now + 5_000_000n),
    attributes: [{ key: 'order', value: { stringValue: `${traceId}-${index}` } }],
  }));
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
  try {
    const response = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }),
    });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
};

/** The number of spans of a trace in Jaeger; undefined if Jaeger does not find it. */
export const countSpans = async (port: number, traceId: string): Promise<number> => {
  const response = await fetch(`http://127.0.0.1:${port}/api/traces/${traceId}`);
  const text = await response.text();
  if (response.status === 404) return 0;
  if (!response.ok) throw new Error(`${traceId}: ${response.status} ${text}`);
  const { data } = JSON.parse(text) as { data: { spans: { spanID: string }[] }[] };
  return new Set(data.flatMap(({ spans }) => spans.map(({ spanID }) => spanID))).size;
};
