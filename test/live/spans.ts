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
