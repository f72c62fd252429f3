import { createServer, type Server } from 'node:http';
import { gunzipSync } from 'node:zlib';

type Value = Readonly<Record<string, unknown>>;

/** A line as a store gets it. */
export interface ReceivedLine {
  readonly body: string;
  readonly severityText?: string;
  readonly severityNumber?: number;
  readonly traceId?: string;
  readonly spanId?: string;
  /** In nanoseconds since 1970. */
  readonly timeUnixNano?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
}

/** A receiver of OTLP over HTTP in JSON. */
export interface LogReceiver {
  readonly lines: ReceivedLine[];
  /** Whether it answers 503, as a store that is overloaded. */
  refuses: boolean;
  close(): Promise<void>;
}

interface Attribute {
  readonly key: string;
  readonly value: Value;
}

const attributesOf = (all: readonly Attribute[] = []) =>
  Object.fromEntries(all.map(({ key, value }) => [key, Object.values(value)[0]]));

// biome-ignore lint/suspicious/noExplicitAny: the JSON of OTLP
const linesIn = (text: any): ReceivedLine[] =>
  // biome-ignore lint/suspicious/noExplicitAny: the JSON of OTLP
  text.resourceLogs.flatMap(({ resource, scopeLogs }: any) =>
    // biome-ignore lint/suspicious/noExplicitAny: the JSON of OTLP
    scopeLogs.flatMap(({ logRecords }: any) =>
      // biome-ignore lint/suspicious/noExplicitAny: the JSON of OTLP
      logRecords.map(({ body, attributes, ...rest }: any) => ({
        ...rest,
        body: body?.stringValue ?? '',
        attributes: attributesOf(attributes),
        resource: attributesOf(resource?.attributes),
      })),
    ),
  );

/** Starts a receiver on a port of the loopback address; `keep` is false to count only what arrives. */
export const startLogReceiver = async (port: number): Promise<LogReceiver> => {
  const lines: ReceivedLine[] = [];
  const receiver = { lines, refuses: false };
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      if (receiver.refuses) {
        response.writeHead(503).end();
        return;
      }
      const bytes = Buffer.concat(parts);
      const isZipped = request.headers['content-encoding'] === 'gzip';
      lines.push(...linesIn(JSON.parse(`${isZipped ? gunzipSync(bytes) : bytes}`)));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return Object.assign(receiver, {
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
};
