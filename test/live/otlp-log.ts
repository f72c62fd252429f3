/** A line with its time, and attributes beside its text. */
export interface LogLine {
  readonly text: string;
  /** Milliseconds since 1970. @default - now */
  readonly time?: number;
  readonly traceId?: string;
  readonly severity?: string;
  /** Text attributes. @default - none */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Resource attributes, as those of a container. */
export type Origin = Readonly<Record<string, string>>;

/** The attributes of a container in a namespace. */
export const containerOf = (namespace: string, pod: string, container = 'web'): Origin => ({
  'k8s.namespace.name': namespace,
  'k8s.pod.name': pod,
  'k8s.container.name': container,
  'k8s.pod.uid': `uid-of-${pod}`,
});

/** Sends lines in one request by OTLP over HTTP to `…/v1/logs` below the path, and returns the status; 0 if there is no answer. */
export const sendLines = async (
  port: number,
  origin: Origin,
  lines: readonly LogLine[],
  path = '/otlp',
): Promise<{ readonly status: number; readonly text: string }> => {
  const logRecords = lines.map(({ text, time = Date.now(), traceId, severity, attributes }) => ({
    timeUnixNano: `${BigInt(Math.round(time)) * 1_000_000n}`,
    body: { stringValue: text },
    ...(traceId && { traceId, spanId: traceId.slice(0, 16) }),
    ...(severity && { severityText: severity }),
    attributes: textsOf(attributes ?? {}),
  }));
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        resourceLogs: [{ resource: { attributes: textsOf(origin) }, scopeLogs: [{ logRecords }] }],
      }),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    return { status: 0, text: String(error) };
  }
};

const textsOf = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([key, stringValue]) => ({ key, value: { stringValue } }));
