import { randomBytes } from 'node:crypto';

/** A trace with a single span. */
export interface OneSpan {
  readonly service: string;
  /** @default - random */
  readonly traceId?: string;
  /** @default false */
  readonly failed?: boolean;
  /** @default 5 */
  readonly milliseconds?: number;
  /** What it calls: then it is the span of a client. @default - it is the span of a server */
  readonly calls?: string;
  /** Text attributes. @default - none */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Sends traces in one request by OTLP over HTTP, and returns their identifiers. */
export const sendTraces = async (port: number, traces: readonly OneSpan[]): Promise<string[]> => {
  const { body, traceIds } = traceRequest(traces);
  const response = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return traceIds;
};

/** The body of a request with traces in OTLP's JSON, and their identifiers. */
export const traceRequest = (
  traces: readonly OneSpan[],
): { readonly body: string; readonly traceIds: string[] } => {
  const end = BigInt(Date.now()) * 1_000_000n;
  const sent = traces.map((one) => ({ ...one, traceId: one.traceId ?? id(16) }));
  const resourceSpans = sent.map(
    ({ service, traceId, failed = false, milliseconds = 5, calls, attributes = {} }) => ({
      resource: { attributes: textsOf({ 'service.name': service }) },
      scopeSpans: [
        {
          spans: [
            {
              traceId,
              spanId: id(8),
              name: 'GET /order',
              kind: calls ? 3 : 2,
              startTimeUnixNano: String(end - BigInt(milliseconds) * 1_000_000n),
              endTimeUnixNano: String(end),
              attributes: textsOf({ ...attributes, ...(calls && { 'peer.service': calls }) }),
              status: failed ? { code: 2 } : {},
            },
          ],
        },
      ],
    }),
  );
  return {
    body: JSON.stringify({ resourceSpans }),
    traceIds: sent.map(({ traceId }) => traceId),
  };
};

const id = (bytes: number): string => randomBytes(bytes).toString('hex');

const textsOf = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([key, stringValue]) => ({ key, value: { stringValue } }));
