import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as HttpExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

/** Sends a trace with two spans by the OpenTelemetry SDK, and returns its identifier. */
export const sendTrace = async (
  protocol: 'grpc' | 'http',
  port: number,
  service: string,
): Promise<string> => {
  const url = `http://127.0.0.1:${port}`;
  const exporter =
    protocol === 'grpc' ? new GrpcExporter({ url }) : new HttpExporter({ url: `${url}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('crowsnest');
  const parent = tracer.startSpan('GET /order', { kind: SpanKind.SERVER });
  const inParent = trace.setSpan(context.active(), parent);
  const child = tracer.startSpan('SELECT order', { kind: SpanKind.CLIENT }, inParent);
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'gone' });
  child.end();
  parent.end();
  await provider.forceFlush();
  await provider.shutdown();
  return parent.spanContext().traceId;
};

/** Sends the span of a request to a service, which fails or succeeds. */
export const sendRequest = async (
  port: number,
  service: string,
  { failed }: { readonly failed: boolean },
): Promise<void> => {
  const exporter = new GrpcExporter({ url: `http://127.0.0.1:${port}` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const span = provider.getTracer('crowsnest').startSpan('GET /', { kind: SpanKind.SERVER });
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
  await provider.forceFlush();
  await provider.shutdown();
};

/**
 * Sends a trace in which a service calls another one, and the other one fails. The attribute of the client's
 * span has the name of the server.
 */
export const sendCall = async (
  port: number,
  client: string,
  server: string,
  attributes: Readonly<Record<string, string>>,
): Promise<void> => {
  const [from, to] = [client, server].map(
    (service) =>
      new TracerProvider({
        resource: resourceFromAttributes({ 'service.name': service }),
        spanProcessors: [
          new BatchSpanProcessor({
            exporter: new GrpcExporter({ url: `http://127.0.0.1:${port}` }),
          }),
        ],
      }),
  ) as [TracerProvider, TracerProvider];
  const tracer = from.getTracer('crowsnest');
  const request = tracer.startSpan('POST /buy', { kind: SpanKind.SERVER });
  const inRequest = trace.setSpan(context.active(), request);
  const call = tracer.startSpan('POST', { kind: SpanKind.CLIENT, attributes }, inRequest);
  const inCall = trace.setSpan(inRequest, call);
  const answer = to
    .getTracer('crowsnest')
    .startSpan('POST /order', { kind: SpanKind.SERVER }, inCall);
  answer.end();
  call.setStatus({ code: SpanStatusCode.ERROR });
  call.end();
  request.end();
  for (const provider of [from, to]) {
    await provider.forceFlush();
    await provider.shutdown();
  }
};
