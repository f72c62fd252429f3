import { optional } from '../../model/consumption.js';
import type { Endpoint } from '../../model/endpoint.js';
import { health as healthOffer, metrics as metricsOffer, offer } from '../../model/offer.js';
import type { Party } from '../../model/party.js';
import type { DeclaredPrerequisite } from '../../model/prerequisite.js';
import type { RelabelStep } from '../../model/scrape-job.js';
import type { Application, DeclaredApplication } from './application.js';
import { targetOf } from './load-test.js';
import { metricsOf } from './objectives.js';
import { spanServiceOf } from './span-service.js';

/** The kinds of health pages. */
export const healthPages = ['live', 'ready', 'startup'] as const;

/** The party of an application: its pods, what they offer, and what they consume. */
export const partyOf = (application: DeclaredApplication): Party => {
  const { name, namespace, labels, declaredAt } = application;
  return {
    name,
    workloads: { [name]: { kind: 'pods', namespace, labels } },
    endpoints: {
      ...metricsEndpoint(application),
      ...healthEndpoints(application),
      ...loadEndpoint(application),
    },
    consumes: [...tracesOf(application), ...logsOf(application), ...sentMetricsOf(application)],
    prerequisites: servicesOf(application),
    declaration: {
      ...declaredAt,
      path: declaredAt.path ?? '',
      options: {
        name: 'name',
        workloads: 'namespace',
        metrics: 'metrics',
        'metrics.interval': 'metrics.interval',
        load: 'loadTest',
        ...Object.fromEntries(
          healthPages.flatMap((kind) => [
            [kind, `health.${kind}`],
            [`${kind}.interval`, 'health.interval'],
          ]),
        ),
      },
    },
  };
};

/**
 * The name with the unit, as all SDKs of OpenTelemetry have it except that of JavaScript:
 * https://github.com/open-telemetry/opentelemetry-js/issues/3466
 */
const withUnit: RelabelStep = {
  source_labels: ['__name__'],
  regex: 'http_server_request_duration_(bucket|count|sum)',
  target_label: '__name__',
  replacement: 'http_server_request_duration_seconds_$1',
};

const metricsEndpoint = (application: Application): Record<string, Endpoint> => {
  const { metrics } = application;
  if (!metrics) return {};
  const { port, path, scheme = 'http', http = 'opentelemetry', ...settings } = metrics;
  const includes = metrics.declares ? undefined : metricsOf(application);
  const sampleRelabel = [
    ...(http === 'opentelemetry' ? [withUnit] : []),
    ...(settings.sampleRelabel ?? []),
  ];
  const offer = metricsOffer(path, {
    ...settings,
    ...(includes && { includes }),
    ...(sampleRelabel.length > 0 && { sampleRelabel }),
  });
  return { metrics: { port, scheme, offers: [offer] } };
};

/** An endpoint for each page, since an endpoint has one probe. All have the same port. */
const healthEndpoints = ({ name, namespace, health }: Application): Record<string, Endpoint> => {
  if (!health) return {};
  const { port, service, interval } = health;
  const host = `${service.name ?? name}.${namespace}.svc`;
  const found = healthPages.flatMap((kind): [string, Endpoint][] => {
    const path = health[kind];
    if (path === undefined) return [];
    const probe = interval === undefined ? {} : { probe: { interval } };
    return [
      [
        kind,
        {
          port,
          host,
          ...(service.port !== undefined && { servicePort: service.port }),
          offers: [healthOffer(path, probe)],
        },
      ],
    ];
  });
  return Object.fromEntries(found);
};

/** The endpoint that gets the requests of a load test. */
const loadEndpoint = (application: Application): Record<string, Endpoint> => {
  const target = targetOf(application);
  if (!target) return {};
  const { service: _, ...endpoint } = target;
  return { load: { ...endpoint, offers: [offer('load', { variant: application.name })] } };
};

/** The Services through which its health pages are requested, and by its load test. */
const servicesOf = (application: Application): DeclaredPrerequisite[] => {
  const { name, namespace, health } = application;
  const target = targetOf(application);
  const service = (of: string, purpose: string): DeclaredPrerequisite => ({
    kind: 'Service',
    name: of,
    namespace,
    purpose,
  });
  return [
    ...(health
      ? [
          service(
            health.service.name ?? name,
            `leads to the health pages of ${name}, on port ${health.service.port ?? health.port}`,
          ),
        ]
      : []),
    ...(target
      ? [service(target.service, `leads the load test to ${name}, on port ${target.servicePort}`)]
      : []),
  ];
};

const tracesOf = ({ traces }: Application): Party['consumes'] => {
  if (!traces) return [];
  // Optional, since an environment can be without Jaeger.
  return [optional('traces', { variant: traces.protocol })];
};

/** At a receiver of both, with the protocol of its spans, so that an SDK needs only one exporter. */
const logsOf = ({ traces, logs }: Application): Party['consumes'] =>
  logs ? [optional('logs', { prefer: traces?.protocol ?? 'http' })] : [];

const sentMetricsOf = (application: Application): Party['consumes'] => {
  const { traces, sendsMetrics } = application;
  return sendsMetrics
    ? [
        optional('otlp-metrics', {
          prefer: traces?.protocol ?? 'http',
          job: spanServiceOf(application),
          ...(sendsMetrics.declares && { declares: sendsMetrics.declares }),
        }),
      ]
    : [];
};
