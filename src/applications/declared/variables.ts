import type { Connection } from '../../model/connection.js';
import { connectionsFor } from '../../model/connection.js';
import type { Application } from './application.js';
import { spanServiceOf } from './span-row.js';

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
  const { host } = new URL(receiver.url);
  return {
    OTEL_SERVICE_NAME: spanServiceOf(application),
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_PROTOCOL: receiver.offer.variant === 'http' ? 'http/protobuf' : 'grpc',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${host}`,
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
  };
};
