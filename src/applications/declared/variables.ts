import type { Connection } from '../../model/connection.js';
import { connectionsFor } from '../../model/connection.js';
import { clientPort } from '../../model/endpoint.js';
import type { Application } from './application.js';
import { libraryOf } from './objectives.js';
import { spanServiceOf } from './span-service.js';

/**
 * The variables with which an SDK of OpenTelemetry sends the spans of an application to the stack; undefined if it
 * sends none. The receiver of spans takes neither metrics nor logs, which the SDKs send there by default.
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export const spanVariables = (
  application: Application,
  outgoing: readonly (Connection & { readonly url?: string })[],
): Readonly<Record<string, string>> | undefined => {
  const [receiver] = connectionsFor(outgoing, 'traces').filter(
    ({ consumer }) => consumer.party === application.name,
  );
  if (!application.traces || receiver?.url === undefined) return undefined;
  const { hostname } = new URL(receiver.url);
  const scheme = receiver.endpoint.scheme === 'https' ? 'https' : 'http';
  return {
    OTEL_SERVICE_NAME: spanServiceOf(application),
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_PROTOCOL: receiver.offer.variant === 'http' ? 'http/protobuf' : 'grpc',
    // With its port, also if it is the default one of the scheme: that of OTLP is another one.
    OTEL_EXPORTER_OTLP_ENDPOINT: `${scheme}://${hostname}:${clientPort(receiver.endpoint)}`,
    ...metricVariables(application),
    OTEL_LOGS_EXPORTER: 'none',
  };
};

/** The exporter of the metrics page, if an SDK of OpenTelemetry serves it. */
const metricVariables = (application: Application): Readonly<Record<string, string>> =>
  application.metrics && libraryOf(application) === 'opentelemetry'
    ? {
        OTEL_METRICS_EXPORTER: 'prometheus',
        OTEL_EXPORTER_PROMETHEUS_HOST: '0.0.0.0',
        OTEL_EXPORTER_PROMETHEUS_PORT: `${application.metrics.port}`,
      }
    : { OTEL_METRICS_EXPORTER: 'none' };
