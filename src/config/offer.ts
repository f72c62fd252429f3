import { z } from 'zod';
import { capabilities } from '../model/capability.js';
import {
  type DataSourceOffer,
  type DeclaredMetric,
  type MetricsOffer,
  type Offer,
  type OtlpOffer,
  type PlainOffer,
  scrapeProtocols,
} from '../model/offer.js';
import { type RelabelStep, relabelActions } from '../model/scrape-job.js';
import { regex } from '../schema/format.js';
import { nativeScrape } from '../schema/prometheus/native-scrape.js';
import { schemaOf } from '../schema/schema-of.js';
import {
  dnsLabel,
  duration,
  keep,
  labelKey,
  labels,
  line,
  secretReference,
  url,
} from './fields.js';
import { plainHeaders } from './plain-headers.js';

const known = z.enum(Object.keys(capabilities) as [keyof typeof capabilities]);
const receivers = ['traces', 'logs', 'otlp-metrics'] as const;
const ownCapability = z.templateLiteral(['x-', z.string()]);
export const capability = z.union([known, ownCapability]);

export const path = z.string({ error: "a path that starts with '/'" }).startsWith('/');
export const variant = z.string().min(1).optional();

const relabelStep = schemaOf<RelabelStep>()(
  z.strictObject({
    source_labels: z.array(z.string().min(1)).optional(),
    separator: z.string().optional(),
    regex: regex.optional(),
    target_label: z.string().min(1).optional(),
    replacement: z.string().optional(),
    modulus: z.int().min(1).optional(),
    action: z.enum(relabelActions).optional(),
  }),
);

// The policies allow only the port of the endpoint.
const targetStep = relabelStep.refine((step) => step.target_label !== '__address__', {
  path: ['target_label'],
  error: 'another label than __address__: the endpoint has the port',
});

const metricName = z
  .string({ error: "the name of a metric such as 'orders_total'" })
  .regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/);

const targetLabel = z
  .string({ error: 'a label name of letters, digits and underscores' })
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/)
  .refine((name) => !name.startsWith('__') && !['job', 'instance'].includes(name), {
    error: "a label other than 'job' and 'instance' that does not start with two underscores",
  });

const declaredMetric = schemaOf<DeclaredMetric>()(
  z.strictObject({
    type: z.enum(['counter', 'gauge', 'histogram', 'summary', 'unknown']),
    labels: z.array(z.string().min(1)).optional(),
  }),
);

const anyValue = z
  .unknown()
  .refine((value): boolean => value !== null && value !== undefined, { error: 'a value' });

type ScrapeOptions = Omit<
  MetricsOffer,
  'capability' | 'variant' | 'path' | 'discovery' | 'includes'
>;

/** Its properties are those of the offer, whose documentation is also that of the options. */
type ScrapeFields = {
  readonly [Name in keyof ScrapeOptions]-?: z.ZodOptional<
    z.ZodType<Exclude<ScrapeOptions[Name], undefined>, Exclude<ScrapeOptions[Name], undefined>>
  >;
};

/** How Prometheus scrapes a page, besides its path. */
/** Metrics, by their names. */
export const declares = z.record(metricName, declaredMetric);

export const scrapeFields: ScrapeFields = {
  job: z.string().min(1).optional(),
  scrapeJob: z.string().min(1).optional(),
  interval: duration.optional(),
  timeout: duration.optional(),
  fallbackProtocol: z.enum(scrapeProtocols).optional(),
  about: z.enum(['itself', 'node', 'cluster']).optional(),
  labels: z.record(targetLabel, z.string().min(1)).optional(),
  honorLabels: z.boolean().optional(),
  nameEscaping: z.literal('underscores').optional(),
  targetRelabel: z.array(targetStep).optional(),
  sampleRelabel: z.array(relabelStep).optional(),
  nativeHistograms: z.boolean().optional(),
  honorTimestamps: z.boolean().optional(),
  sampleLimit: z.int().min(1).optional(),
  query: z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)])).optional(),
  native: nativeScrape(secretReference).optional(),
  keep: keep.optional(),
  always: z.array(metricName).optional(),
  catalogue: z.string().min(1).optional(),
  declares: declares.optional(),
};

/**
 * Only monitors say how their targets are discovered, only applications include some metrics, only native jobs read SRV
 * records, and only components have replicas with Services of their own.
 */
type DeclaredOffer =
  | Exclude<Offer, MetricsOffer | DataSourceOffer | OtlpOffer | PlainOffer>
  | Omit<MetricsOffer, 'discovery' | 'includes'>
  | Omit<DataSourceOffer, 'replica'>
  | Omit<OtlpOffer, 'replica'>
  | Omit<PlainOffer, 'records' | 'replica'>;

const sourceSettings = {
  jsonData: z.record(z.string(), anyValue).optional(),
  secureJsonData: z.record(z.string(), z.union([secretReference, line])).optional(),
};

export const offer = schemaOf<DeclaredOffer>()(
  z.union(
    [
      z.strictObject({ capability: z.literal('metrics'), variant, path, ...scrapeFields }),
      z.strictObject({
        capability: z.literal('health'),
        variant,
        live: path,
        ready: path.optional(),
        probe: z
          .strictObject({
            interval: duration.optional(),
            status: z.array(z.int().min(100).max(599)).min(1).optional(),
            followRedirects: z.boolean().optional(),
            proxy: url.optional(),
            native: z
              .strictObject({ module: z.string().min(1), target: z.string().min(1) })
              .optional(),
          })
          .optional(),
        startSeconds: z.int().min(1).optional(),
        stopSeconds: z.int().min(1).optional(),
      }),
      z.strictObject({
        capability: z.literal('dashboards'),
        variant,
        path: z.string().optional(),
        configMaps: z
          .strictObject({
            namespace: dnsLabel.optional(),
            labels: labels
              .refine((value) => Object.keys(value).length > 0, { error: 'at least one label' })
              .optional(),
            folderAnnotation: labelKey.optional(),
          })
          .optional(),
      }),
      z.strictObject({
        capability: z.literal('datasource'),
        variant,
        path: z.string().optional(),
        name: line.optional(),
        uid: z
          .string({ error: 'a uid of up to 40 letters, digits, - and _' })
          .regex(/^[\w-]{1,40}$/)
          .optional(),
        ...sourceSettings,
      }),
      z.strictObject({
        capability: z.literal('logql'),
        variant,
        path: z.string().optional(),
        ...sourceSettings,
      }),
      z.strictObject({
        capability: known.extract(receivers),
        variant,
        path: z.string().optional(),
        headers: plainHeaders.optional(),
      }),
      z.strictObject({
        capability: z.union([
          known.exclude(['metrics', 'health', 'dashboards', 'datasource', 'logql', ...receivers]),
          ownCapability,
        ]),
        variant,
        path: z.string().optional(),
      }),
    ],
    { error: "an offer such as metrics('/metrics') or offer('traces')" },
  ),
) as z.ZodType<Offer, Offer>;
