import { type Connection, connectionsFor } from '../../model/connection.js';
import { clientPort } from '../../model/endpoint.js';
import { headersOf } from '../../model/offer.js';
import type { Application } from './application.js';
import { libraryOf } from './objectives.js';
import { spanServiceOf } from './span-service.js';

type Sent = Connection & { readonly url?: string };

/** What an SDK sends, with the part of the names of its variables and of the path at which a receiver takes it. */
const signals = {
  traces: { capability: 'traces', name: 'TRACES', path: '/v1/traces' },
  logs: { capability: 'logs', name: 'LOGS', path: '/v1/logs' },
  sendsMetrics: { capability: 'otlp-metrics', name: 'METRICS', path: '/v1/metrics' },
} as const;

/** What an SDK sends by OTLP. */
export type Signal = keyof typeof signals;

/**
 * The variables with which an SDK of OpenTelemetry sends what an application declares to the stack; undefined if
 * nothing receives any of it. By default, SDKs send everything to the receiver of spans.
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export const sdkVariables = (
  application: Application,
  outgoing: readonly Sent[],
): Readonly<Record<string, string>> | undefined => {
  const sent = sentBy(application, outgoing);
  const [first] = sent;
  if (!first) return undefined;
  const exporter = (of: Signal): string =>
    sent.some(({ signal }) => signal === of) ? 'otlp' : 'none';
  return {
    OTEL_SERVICE_NAME: spanServiceOf(application),
    // Nothing else adds the namespace to lines that no agent has read, and to metrics that are not scraped.
    ...([exporter('logs'), exporter('sendsMetrics')].includes('otlp') && {
      OTEL_RESOURCE_ATTRIBUTES: `k8s.namespace.name=${application.namespace}`,
    }),
    OTEL_TRACES_EXPORTER: exporter('traces'),
    OTEL_EXPORTER_OTLP_PROTOCOL: first.protocol,
    OTEL_EXPORTER_OTLP_ENDPOINT: first.endpoint,
    ...(exporter('sendsMetrics') === 'otlp'
      ? { OTEL_METRICS_EXPORTER: 'otlp' }
      : metricVariables(application)),
    ...(libraryOf(application) === 'opentelemetry' && stableNames),
    OTEL_LOGS_EXPORTER: exporter('logs'),
    ...Object.assign({}, ...sent.map(headerVariable)),
    ...Object.assign({}, ...sent.slice(1).map((one) => differing(one, first))),
  };
};

/** What nothing in the environment receives, of what an application declares that it sends. */
export const unreceived = (application: Application, outgoing: readonly Sent[]): Signal[] => {
  const sent = sentBy(application, outgoing).map(({ signal }) => signal);
  return signalsOf(application).filter((signal) => !sent.includes(signal));
};

/** What an application declares that it sends. */
export const signalsOf = (application: Application): Signal[] =>
  (Object.keys(signals) as Signal[]).filter((signal) => application[signal]);

interface Receiver {
  readonly signal: Signal;
  readonly protocol: 'grpc' | 'http/protobuf';
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where each signal of an application is received. */
const sentBy = (application: Application, outgoing: readonly Sent[]): Receiver[] =>
  signalsOf(application).flatMap((signal) => {
    const [receiver] = connectionsFor(outgoing, signals[signal].capability).filter(
      ({ consumer }) => consumer.party === application.name,
    );
    if (receiver?.url === undefined) return [];
    const { hostname, pathname } = new URL(receiver.url);
    const { endpoint, offer } = receiver;
    const isHttp = offer.variant === 'http';
    // With its port, also if it is the default one of the scheme: that of OTLP is another one.
    const host = `${endpoint.scheme === 'https' ? 'https' : 'http'}://${hostname}:${clientPort(endpoint)}`;
    return {
      signal,
      protocol: isHttp ? 'http/protobuf' : 'grpc',
      headers: headersOf(offer),
      endpoint: isHttp ? `${host}${pathname.replace(/\/$/, '')}` : host,
    };
  });

/** Headers of one signal: they are no credentials. */
const headerVariable = ({ signal, headers }: Receiver): Readonly<Record<string, string>> => {
  const all = Object.entries(headers).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return all.length > 0
    ? { [`OTEL_EXPORTER_OTLP_${signals[signal].name}_HEADERS`]: all.join(',') }
    : {};
};

/** Those of a signal with another receiver. By HTTP, its own variable has the whole path. */
const differing = (one: Receiver, first: Receiver): Readonly<Record<string, string>> => {
  if (one.endpoint === first.endpoint && one.protocol === first.protocol) return {};
  const { name, path } = signals[one.signal];
  return {
    [`OTEL_EXPORTER_OTLP_${name}_PROTOCOL`]: one.protocol,
    [`OTEL_EXPORTER_OTLP_${name}_ENDPOINT`]:
      one.protocol === 'grpc' ? one.endpoint : `${one.endpoint}${path}`,
  };
};

/**
 * Metrics of HTTP with the names of the stable conventions, which are counted here: older SDKs, such as the
 * instrumentation for JavaScript before 0.222 and that for Python, use other names without it.
 * https://opentelemetry.io/docs/specs/semconv/non-normative/http-migration/
 */
const stableNames = { OTEL_SEMCONV_STABILITY_OPT_IN: 'http' } as const;

/** The exporter of the metrics page, if an SDK of OpenTelemetry serves it. */
const metricVariables = (application: Application): Readonly<Record<string, string>> =>
  application.metrics && libraryOf(application) === 'opentelemetry'
    ? {
        OTEL_METRICS_EXPORTER: 'prometheus',
        OTEL_EXPORTER_PROMETHEUS_HOST: '0.0.0.0',
        OTEL_EXPORTER_PROMETHEUS_PORT: `${application.metrics.port}`,
      }
    : { OTEL_METRICS_EXPORTER: 'none' };
