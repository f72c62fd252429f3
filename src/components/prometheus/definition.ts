import { z } from 'zod';
import { duration, externalLabels, keep, labels } from '../../config/fields.js';
import { orTrue } from '../../config/or-true.js';
import { scrapeConfig } from '../../config/scrape-config.js';
import { severalClusters, withoutSeveralClusters } from '../../content/fact.js';
import { connectionsFor } from '../../model/connection.js';
import { objectName } from '../../model/identity.js';
import { seconds } from '../../promql/duration.js';
import { awsRole } from '../aws-role.js';
import { defineComponent, volumeOptions } from '../definition.js';
import { publicationOf } from '../exposure.js';
import { awsRoleFaults, awsRoleSection } from './aws-role.js';
import { nativeConfig } from './native-config.js';
import { jobNames, nativeSettings } from './native-settings.js';
import { otlp } from './otlp.js';
import { alertmanagerServers, outsideAlertmanagers } from './outside-alertmanagers.js';
import { dataFolder, prometheus as declare } from './prometheus.js';
import { remoteRead, remoteWrite } from './remote.js';
import { remoteReadServers, remoteWriteReceivers } from './remote-servers.js';
import { scrapeTargets } from './scrape-targets.js';
import { validate } from './validate.js';

export const prometheus = defineComponent({
  name: 'prometheus',
  options: {
    ...volumeOptions,
    /** Each replica scrapes, stores and sends alerts independently. */
    replicas: z.int().min(1).max(2).optional(),
    /** Retention of samples by time; the size of the volume also limits it. */
    retention: duration.optional(),
    /**
     * Also the evaluation interval of rules. Queries look back 5 minutes: above half of that, one failed
     * scrape leaves a gap, which is a warning.
     * @default '30s'
     */
    scrapeInterval: z
      .string({ error: "an interval of less than five minutes such as '30s' or '1m'" })
      .refine((value) => duration.safeParse(value).success && (seconds(value) ?? 0) < 300)
      .default('30s'),
    /**
     * Which series of a job are stored, by job name: `all`, `used` (those that rules and dashboards
     * query), or `{ also: ['apiserver_audit_.*'] }` (used ones and names that match a pattern).
     * @default - `used` for apiserver, kubelet, cadvisor and kube-state-metrics, otherwise `all`
     */
    keep: z.record(z.string(), keep).default({}),
    /** Besides `cluster`. */
    externalLabels: externalLabels.default({}),
    /**
     * Servers to which samples are written: the native fields of `remote_write`, such as `{ name: 'mimir',
     * url: 'https://mimir.example.com/api/v1/push', headers: { 'X-Scope-OrgID': 'platform' } }`. Secrets
     * are references, `{ secret, key }`.
     */
    remoteWrite: z.array(remoteWrite).default([]),
    /**
     * The role of AWS as which `sigv4` of `remoteWrite` and `remoteRead` signs requests: `{ kind: 'service-account',
     * arn: 'arn:aws:iam::123456789012:role/prometheus' }`, `{ kind: 'pod-identity' }` or `{ kind: 'node' }`. The
     * policies allow the address at which the pod gets its credentials.
     * @default - none
     */
    awsRole: awsRole.optional(),
    /** Servers from which queries also read: the native fields of `remote_read`. */
    remoteRead: z.array(remoteRead).default([]),
    /**
     * Alertmanagers outside the stack, besides those that parties offer: native entries of `alertmanagers`,
     * such as `{ static_configs: [{ targets: ['alerts.example.com:9093'] }] }`.
     */
    alertmanagers: z.array(alertmanagerServers).default([]),
    /**
     * Native sections of prometheus.yml, such as `{ global: { evaluation_interval: '1m' }, storage: {
     * tsdb: { out_of_order_time_window: '30m' } } }`. Other options set what is not accepted here.
     */
    config: nativeConfig.default({}),
    /**
     * Writes the rules also as PrometheusRule objects, for a Prometheus operator in the cluster: `labels`
     * are those that its `ruleSelector` selects. The Prometheus of the stack evaluates the rules anyway.
     * @default - only files of the stack's Prometheus
     */
    ruleObjects: z.strictObject({ labels: labels.default({}) }).optional(),
    /**
     * Whether it receives metrics by OTLP, or how: a gateway with `metrics: true` sends to it.
     * @default false
     */
    otlp: orTrue(otlp),
    /** Logs every query with its timings to the output of the pod. @default false */
    queryLog: z.boolean().default(false),
    /** Scrape jobs in native Prometheus configuration, for targets that no party offers. */
    scrapeConfigs: z.array(scrapeConfig).default([]),
  },
  reservesMemory: true,
  sizes: {
    small: {
      cpu: '100m',
      memory: '1536Mi',
      memoryLimit: '1536Mi',
      replicas: 1,
      volume: '10Gi',
      retention: '7d',
    },
    medium: {
      cpu: '500m',
      memory: '6Gi',
      memoryLimit: '6Gi',
      replicas: 2,
      volume: '100Gi',
      retention: '15d',
    },
    large: {
      cpu: '2',
      memory: '28Gi',
      memoryLimit: '28Gi',
      replicas: 2,
      volume: '500Gi',
      retention: '15d',
    },
  },
  images: {
    prometheus: {
      repository: 'quay.io/prometheus/prometheus',
      tag: 'v3.14.0-distroless',
      user: 65532,
      group: 65532,
      entrypoint: '/bin/prometheus',
      shell: false,
      dockerfile: 'https://github.com/prometheus/prometheus/blob/v3.14.0/Dockerfile.distroless',
    },
  },
  facts: {
    'configured:remote-write': {
      without: 'remote write is not configured',
      holds: ({ options }) => options.remoteWrite.length > 0,
    },
    'configured:prometheus-replicas': {
      without: 'Prometheus has one replica',
      holds: ({ size }) => size.replicas > 1,
    },
    'configured:alertmanager': {
      without: 'no party receives alerts',
      holds: (_, connections) =>
        [
          ...connectionsFor(connections, 'alerts'),
          ...connectionsFor(connections, 'raw-alerts'),
        ].some(({ consumer }) => consumer.party === 'prometheus'),
    },
    'configured:watchdog': {
      without: 'the alert Watchdog is disabled',
      holds: ({ environment }) =>
        !environment.alerts.some((one) => one.kind === 'without' && one.alert === 'Watchdog'),
    },
    // It stores series of other clusters only with federation.
    [severalClusters]: {
      without: withoutSeveralClusters,
      holds: ({ options }) =>
        options.scrapeConfigs.some(({ config }) => config.metrics_path === '/federate'),
    },
  },
  declare: ({
    options,
    size,
    environment: { exposure, proxy, stack, namespaces, runsLoadTests },
  }) =>
    declare({
      ...options,
      size,
      retention: size.retention,
      native: nativeSettings(options),
      receivesResults: runsLoadTests ?? false,
      certificateAuthority: proxy?.certificateAuthority,
      published: publicationOf('prometheus', exposure?.behindAuthProxy),
      readmeSections: awsRoleSection(options, {
        namespace: namespaces.stack ?? stack,
        name: objectName(stack, 'prometheus'),
      }),
    }),
  // Only finished blocks: Prometheus writes the rest in place, and names a block that it writes or deletes differently.
  copies: ({ size: { replicas, volume } }) => [
    {
      workload: 'prometheus',
      replicas,
      path: dataFolder,
      volume,
      image: 'prometheus',
      // It reads the index and the chunks of the newest block.
      verify: {
        program: 'promtool',
        command: ['/bin/promtool', 'tsdb', 'analyze', '--extended', dataFolder],
      },
      without: [
        'wal',
        'wbl',
        'chunks_head',
        'lock',
        'queries.active',
        'lost+found',
        '*.tmp',
        '*.tmp-for-creation',
        '*.tmp-for-deletion',
      ],
      loss: 'the samples of the last 2 to 3 hours before it, which are not in a finished block',
    },
  ],
  parties: ({ options, environment: { cluster } }) => {
    const aws = { role: options.awsRole, cluster };
    return [
      ...remoteWriteReceivers(options.remoteWrite, aws, jobNames(options.scrapeConfigs)),
      ...remoteReadServers(options.remoteRead, aws),
      ...outsideAlertmanagers(options.alertmanagers),
      ...scrapeTargets(options.scrapeConfigs),
    ];
  },
  validate,
  judge: ({ options }) => awsRoleFaults(options),
});
