import { z } from 'zod';
import { duration, labelKey, labels } from '../config/fields.js';
import { scrapeProtocols } from '../model/offer.js';
import { seconds } from '../promql/duration.js';
import { size } from '../schema/format.js';
import { refused } from '../schema/refinement.js';
import { clientFields, oneLogin, present } from './client.js';
import { relabelings } from './relabeling.js';

// The fields of https://github.com/prometheus-operator/prometheus-operator/tree/v0.95.2/pkg/apis/monitoring/v1

const emptyOr = <T extends z.ZodType>(schema: T) =>
  z.union([z.literal('').transform(() => undefined), schema]).optional();

const limit = z.int().min(0).optional();

/** Fields of an endpoint of a ServiceMonitor or a PodMonitor. */
const endpointFields = {
  port: z.string().optional(),
  targetPort: z.union([z.int().min(0).max(65535), z.string()]).optional(),
  path: z.string().optional(),
  params: z.record(z.string(), z.array(z.string())).optional(),
  interval: emptyOr(duration),
  scrapeTimeout: emptyOr(duration),
  honorLabels: z.boolean().optional(),
  honorTimestamps: z.boolean().optional(),
  trackTimestampsStaleness: z.boolean().optional(),
  metricRelabelings: relabelings,
  relabelings,
  filterRunning: z.boolean().optional(),
  ...clientFields,
};

/** Prometheus rejects a job whose timeout is longer than its interval. */
const inTime = (
  { interval, scrapeTimeout }: { readonly interval?: string; readonly scrapeTimeout?: string },
  { addIssue }: z.RefinementCtx,
): void => {
  if (interval === undefined || scrapeTimeout === undefined) return;
  if ((seconds(scrapeTimeout) ?? 0) <= (seconds(interval) ?? 0)) return;
  const message = `at most ${interval}, the interval`;
  addIssue({ code: 'custom', path: ['scrapeTimeout'], message, input: scrapeTimeout });
};

const serviceEndpoint = z.strictObject(endpointFields).superRefine(oneLogin).superRefine(inTime);

const podEndpoint = z
  .strictObject({ ...endpointFields, portNumber: z.int().min(1).max(65535).optional() })
  .superRefine(oneLogin)
  .superRefine(inTime);

export type MonitorEndpoint = z.output<typeof podEndpoint>;

const noClass =
  'nothing: a scrape class belongs to the Prometheus object of the operator. Set its fields in the endpoints';

/** Fields about the page as a whole. */
export const pageFields = {
  sampleLimit: limit,
  targetLimit: limit,
  labelLimit: limit,
  labelNameLengthLimit: limit,
  labelValueLengthLimit: limit,
  keepDroppedTargets: limit,
  bodySizeLimit: emptyOr(size),
  scrapeProtocols: z.array(z.enum(scrapeProtocols)).optional(),
  fallbackScrapeProtocol: z.enum(scrapeProtocols).optional(),
  extraScrapeMetrics: z.boolean().optional(),
  scrapeNativeHistograms: z.boolean().optional(),
  scrapeClassicHistograms: z.boolean().optional(),
  nativeHistogramBucketLimit: limit,
  nativeHistogramMinBucketFactor: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d+(\.\d+)?$/)
        .transform(Number),
    ])
    .optional(),
  convertClassicHistogramsToNHCB: z.boolean().optional(),
  scrapeClass: refused(noClass),
};

const page = z.object(pageFields);

/** The fields about the page, in Prometheus's notation. */
export const nativePage = (fields: z.output<typeof page>): Record<string, unknown> =>
  present({
    target_limit: fields.targetLimit || undefined,
    label_limit: fields.labelLimit || undefined,
    label_name_length_limit: fields.labelNameLengthLimit || undefined,
    label_value_length_limit: fields.labelValueLengthLimit || undefined,
    keep_dropped_targets: fields.keepDroppedTargets || undefined,
    body_size_limit: fields.bodySizeLimit,
    scrape_protocols: fields.scrapeProtocols?.length ? fields.scrapeProtocols : undefined,
    extra_scrape_metrics: fields.extraScrapeMetrics,
    scrape_native_histograms: fields.scrapeNativeHistograms,
    always_scrape_classic_histograms: fields.scrapeClassicHistograms,
    native_histogram_bucket_limit: fields.nativeHistogramBucketLimit || undefined,
    native_histogram_min_bucket_factor: fields.nativeHistogramMinBucketFactor || undefined,
    convert_classic_histograms_to_nhcb: fields.convertClassicHistogramsToNHCB,
  });

const selector = z.strictObject({
  matchLabels: labels.optional(),
  matchExpressions: z
    .array(
      z
        .strictObject({
          key: labelKey,
          operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
          values: z.array(z.string()).optional(),
        })
        .superRefine(({ operator, values = [] }, { addIssue }) => {
          const needed = operator === 'In' || operator === 'NotIn';
          if (needed === values.length > 0) return;
          const message = needed ? 'a list of values' : `nothing: ${operator} has no values`;
          addIssue({ code: 'custom', path: ['values'], message, input: values });
        }),
    )
    .optional(),
});

const monitorFields = {
  jobLabel: z.string().optional(),
  podTargetLabels: z.array(z.string()).optional(),
  selector,
  selectorMechanism: z.enum(['RelabelConfig', 'RoleSelector']).optional(),
  namespaceSelector: z
    .strictObject({
      any: z.boolean().optional(),
      matchNames: z.array(z.string().min(1)).optional(),
    })
    .optional(),
  attachMetadata: z.strictObject({ node: z.boolean().optional() }).optional(),
  ...pageFields,
};

/** The `spec` of a ServiceMonitor. */
export const serviceMonitorSpec = z.strictObject({
  ...monitorFields,
  targetLabels: z.array(z.string()).optional(),
  serviceDiscoveryRole: z.enum(['Endpoints', 'EndpointSlice']).optional(),
  endpoints: z.array(serviceEndpoint).min(1),
});

/** The `spec` of a PodMonitor. */
export const podMonitorSpec = z.strictObject({
  ...monitorFields,
  podMetricsEndpoints: z.array(podEndpoint).min(1),
});

/** The fields that both monitors have. */
export type MonitorSpec = Omit<z.output<typeof podMonitorSpec>, 'podMetricsEndpoints'>;
