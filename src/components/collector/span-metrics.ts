import { z } from 'zod';
import { goDuration, text } from '../../schema/format.js';

// How a collector counts spans: Jaeger, or a gateway in front of it.

/** The prefix of the metrics about calls between services. */
const callsNamespace = 'traces.peers';

/**
 * Attributes of client spans that name the server, in current and former conventions.
 * https://opentelemetry.io/docs/specs/semconv/registry/attributes/server/
 */
const serverAttributes = ['peer.service', 'server.address', 'net.peer.name'];

/** Why the names of the span metrics cannot change. */
export const spanMetricNames =
  'the default: the Monitor tab, the alerts and the dashboards query traces_span_metrics_…';

const names = z.array(text).min(1);

/** Random at every start unless the collector has a name: each restart would create new series. */
const instance = 'collector.instance.id';

/** The connector that counts all spans. */
export const spanCounterSchema = z.strictObject({
  metrics_flush_interval: goDuration,
  exclude_dimensions: names.optional(),
  histogram: z.strictObject({ unit: z.enum(['ms', 's']) }),
  namespace: z.literal('traces.span.metrics', { error: spanMetricNames }).optional(),
  exemplars: z.strictObject({ enabled: z.boolean() }),
});

/** The connector that counts calls by what is called. */
export const callCounterSchema = z.strictObject({
  metrics_flush_interval: goDuration,
  namespace: z.literal(callsNamespace, {
    error: 'the default: the dashboards query traces_peers_…',
  }),
  dimensions: z.array(z.strictObject({ name: text })).min(1),
  exclude_dimensions: names,
  histogram: z.strictObject({ unit: z.literal('ms') }),
  aggregation_cardinality_limit: z.int().min(1),
});

/** The processor that leaves only calls. */
export const callFilterSchema = z.strictObject({
  error_mode: z.enum(['ignore', 'silent', 'propagate']),
  traces: z.strictObject({ span: names }),
});

/** With `instances`, the series of several collectors differ by a label; it is random if the collector has no name. */
export const spanCounter = (flushInterval: string, exemplars: boolean, instances = false) =>
  ({
    // Each flush replaces the exemplars: with a flush per scrape, none is missed.
    metrics_flush_interval: flushInterval,
    ...(!instances && { exclude_dimensions: [instance] }),
    histogram: { unit: 'ms' },
    exemplars: { enabled: exemplars },
  }) satisfies z.input<typeof spanCounterSchema>;

export const callCounter = (
  flushInterval: string,
  instances = false,
): z.input<typeof callCounterSchema> => ({
  metrics_flush_interval: flushInterval,
  namespace: callsNamespace,
  dimensions: serverAttributes.map((name) => ({ name })),
  exclude_dimensions: ['span.name', ...(instances ? [] : [instance])],
  histogram: { unit: 'ms' },
  // A client of many hosts, such as a crawler, has one series for all further ones.
  aggregation_cardinality_limit: 500,
});

/** Only calls: the address of a server span is what its clients state, so it can have any number of values. */
export const callFilter: z.input<typeof callFilterSchema> = {
  error_mode: 'ignore',
  traces: { span: ['kind != SPAN_KIND_CLIENT and kind != SPAN_KIND_PRODUCER'] },
};
