import type { Endpoint } from '../../model/endpoint.js';
import { quantityValue } from '../../model/quantity.js';
import type { LokiSections } from '../../schema/loki/section.js';
import { type Bucket, bucketConfig } from './bucket.js';
import { type LokiConfig, rulesFolder } from './file.js';
import { fullShare } from './full-share.js';
import { type Limits, limitsConfig, type SizeLimits, size } from './limits.js';
import { merged } from './native.js';
import { dataFolder } from './program.js';

export interface LokiConfigOptions {
  /** Retention of lines, such as `7d`. */
  readonly retention: string;
  /** Resource attributes that become labels. */
  readonly labels: readonly string[];
  readonly limits: Limits;
  /** Where lines and their index are kept. @default - the volume */
  readonly bucket?: Bucket | undefined;
  /** @default - only what the other options result in */
  readonly native?: LokiSections;
  readonly size: SizeLimits & { readonly memoryLimit: string };
}

/** What evaluates rules in LogQL. */
export interface Ruler {
  /** URLs of the Alertmanagers to which it sends alerts. */
  readonly alertmanagers: readonly string[];
  /** The name of the cluster, which is a label of every alert. */
  readonly cluster: string;
  /** How often rules are evaluated whose group states nothing. */
  readonly interval: string;
}

type Ports = Readonly<Record<string, Pick<Endpoint, 'port'>>>;

/** Loki's configuration: https://grafana.com/docs/loki/v3.7.x/configure/ */
export const lokiConfig = (
  options: LokiConfigOptions,
  endpoints: Ports,
  ruler?: Ruler,
): LokiConfig =>
  merged(
    { ...ownConfig(options, endpoints), ...(ruler && { ruler: rulerConfig(ruler) }) },
    options.native ?? {},
  );

/** https://grafana.com/docs/loki/v3.7.x/configure/#ruler */
const rulerConfig = ({ alertmanagers, cluster, interval }: Ruler) => ({
  storage: { type: 'local' as const, local: { directory: rulesFolder } },
  // Copies of the rule files.
  rule_path: `${dataFolder}/rules-copy`,
  wal: { dir: `${dataFolder}/ruler-wal` },
  evaluation_interval: interval,
  external_labels: { cluster },
  ...(alertmanagers.length > 0 && {
    alertmanager_url: alertmanagers.join(','),
    enable_alertmanager_v2: true as const,
  }),
});

/** Loki as one process with its data on a volume, or in a bucket. */
const ownConfig = (
  { retention, labels, limits, bucket, size: sized }: LokiConfigOptions,
  endpoints: Ports,
): LokiConfig => ({
  target: 'all',
  auth_enabled: false,
  analytics: { reporting_enabled: false },
  server: {
    http_listen_port: endpoints.http!.port,
    // Only its own parts use it.
    grpc_listen_address: loopback,
    grpc_listen_port: 9095,
    ...messageSizes(sized.ingestionBurst),
  },
  common: {
    path_prefix: dataFolder,
    instance_addr: loopback,
    replication_factor: 1,
    ring: { kvstore: { store: 'inmemory' } },
    ...(!bucket && {
      storage: {
        filesystem: {
          chunks_directory: `${dataFolder}/chunks`,
          rules_directory: `${dataFolder}/rules`,
        },
      },
    }),
  },
  ...(bucket && { storage_config: { aws: bucketConfig(bucket) } }),
  schema_config: {
    configs: [
      {
        from: '2024-01-01',
        store: 'tsdb',
        object_store: bucket ? 's3' : 'filesystem',
        schema: 'v13',
        index: { prefix: 'index_', period: '24h' },
      },
    ],
  },
  ingester: {
    wal: {
      enabled: true,
      dir: `${dataFolder}/wal`,
      replay_memory_ceiling: size(`${quantityValue(sized.memoryLimit) / 2}`),
      disk_full_threshold: fullShare,
    },
  },
  compactor: {
    working_directory: `${dataFolder}/compactor`,
    // Without both, nothing is ever deleted.
    retention_enabled: true,
    delete_request_store: bucket ? 's3' : 'filesystem',
  },
  limits_config: {
    ...limitsConfig(limits, sized, retention),
    otlp_config: {
      resource_attributes: {
        ignore_defaults: true,
        attributes_config: [{ action: 'index_label', attributes: [...labels] }],
      },
    },
  },
});

const loopback = '127.0.0.1';

/** One request over HTTP is one message between its parts: at least what one burst allows. */
const messageSizes = (burst: string) => {
  const most = Math.max(2 * quantityValue(burst), 16 * 1024 ** 2);
  return { grpc_server_max_recv_msg_size: most, grpc_server_max_send_msg_size: most };
};
