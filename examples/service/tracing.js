import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { detectResources, envDetector } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

/** The traces of the service. OTEL_SERVICE_NAME and OTEL_EXPORTER_OTLP_ENDPOINT configure them. */
export const createTracing = () => {
  const provider = new TracerProvider({
    resource: detectResources({ detectors: [envDetector] }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  return {
    tracer: provider.getTracer('orders'),
    propagator: new W3CTraceContextPropagator(),
    /** Sends the spans that are not sent yet; without a receiver, they are lost, and the stop is still a clean one. */
    stop: () => provider.shutdown().catch(({ message }) => console.error(message)),
  };
};
