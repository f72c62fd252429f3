import { containerOf, sendLines } from './otlp-log.js';

/** Lines that are sent one request after another until the load is stopped. */
export interface LogLoad {
  /** Number of lines that the receiver has confirmed. */
  confirmed(): number;
  /** Number of requests by their status; 0 without an answer. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Stops when the current requests are answered. */
  stop(): Promise<void>;
}

/** The namespace of the lines. */
export const loadNamespace = 'load';

const linesPerRequest = 200;

/** A line as those of a web server, of about 150 bytes. */
export const usualLine = (index: number): string =>
  `time=2026-11-30T12:00:00.000Z level=info msg="request done" method=GET path=/orders/${(index * 7919) % 100_003} status=${index % 50 ? 200 : 500} duration=${(index * 31) % 977}ms client=10.0.${index % 256}.${(index * 13) % 256}`;

/** Sends lines of two containers in parallel, which continue after a refused request. */
export const startLogLoad = (port: number): LogLoad => {
  let confirmed = 0;
  let stopped = false;
  const statuses = new Map<number, number>();
  const client = async (pod: string): Promise<void> => {
    for (let request = 0; !stopped; request += 1) {
      const lines = Array.from({ length: linesPerRequest }, (_, index) => ({
        text: usualLine(request * linesPerRequest + index),
      }));
      const { status } = await sendLines(port, containerOf(loadNamespace, pod), lines);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 204) confirmed += linesPerRequest;
      else await new Promise((done) => setTimeout(done, 100));
    }
  };
  const clients = ['web-0', 'web-1'].map(client);
  return {
    confirmed: () => confirmed,
    statuses,
    stop: async () => {
      stopped = true;
      await Promise.all(clients);
    },
  };
};
