import { z } from 'zod';
import { bytes, duration } from '../../config/fields.js';
import { quantityValue } from '../../model/quantity.js';

const count = z.int().min(1);

/** Limits that do not depend on the size of the environment. What exceeds them is discarded and counted. */
export const limits = z.strictObject({
  /** Bytes per second of one stream, which are the lines with the same labels. @default '3Mi' */
  streamRate: bytes.default('3Mi'),
  /** Size of a line; the rest of a longer one is cut off. @default '256Ki' */
  lineSize: bytes.default('256Ki'),
  /** Number of labels of a stream. @default 15 */
  labels: count.default(15),
  /** Size of the structured metadata of a line. @default '64Ki' */
  metadataSize: bytes.default('64Ki'),
  /** Number of fields in the structured metadata of a line. @default 128 */
  metadataFields: count.default(128),
  /** Age of a line when it arrives. @default - `retention` */
  age: duration.optional(),
  /** Lines in the result of a query. @default 5000 */
  queryLines: count.default(5000),
  /** Series in the result of a query. @default 500 */
  querySeries: count.default(500),
  /** Duration of a query. @default '1m' */
  queryTimeout: duration.default('1m'),
});

export type Limits = z.output<typeof limits>;

/** Limits that depend on the size of the environment. */
export interface SizeLimits {
  /** Bytes per second of all lines with their metadata. */
  readonly ingestionRate: string;
  /** Bytes of one burst: no request can be larger. */
  readonly ingestionBurst: string;
  /** Number of active streams. */
  readonly streams: number;
}

/** In Loki's notation, in which units are powers of 1024. */
export const size = (quantity: string): string => `${Math.floor(quantityValue(quantity))}B`;

const mebibytes = (quantity: string): number => quantityValue(quantity) / 1024 ** 2;

/** The limits of the only tenant: https://grafana.com/docs/loki/v3.7.x/configure/#limits_config */
export const limitsConfig = (
  { streamRate, age, ...limits }: Limits,
  { ingestionRate, ingestionBurst, streams }: SizeLimits,
  retention: string,
) => ({
  retention_period: retention,
  ingestion_rate_mb: mebibytes(ingestionRate),
  ingestion_burst_size_mb: mebibytes(ingestionBurst),
  per_stream_rate_limit: size(streamRate),
  per_stream_rate_limit_burst: size(`${5 * quantityValue(streamRate)}`),
  max_global_streams_per_user: streams,
  max_line_size: size(limits.lineSize),
  // Otherwise the whole line would be discarded.
  max_line_size_truncate: true,
  max_label_names_per_series: limits.labels,
  allow_structured_metadata: true,
  max_structured_metadata_size: size(limits.metadataSize),
  max_structured_metadata_entries_count: limits.metadataFields,
  reject_old_samples: true,
  reject_old_samples_max_age: age ?? retention,
  max_entries_limit_per_query: limits.queryLines,
  max_query_series: limits.querySeries,
  query_timeout: limits.queryTimeout,
  // A query can span the whole retention.
  max_query_length: '0s',
  volume_enabled: true,
});
