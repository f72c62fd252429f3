import type { Size } from '../../config/size.js';
import { mountFiles, writeFile } from '../../kubernetes/config-files.js';
import { type Mount, trustMounts } from '../../kubernetes/volume.js';
import { workload } from '../../kubernetes/workload.js';
import { connectionsFor } from '../../model/connection.js';
import { optional, required } from '../../model/consumption.js';
import { health, metrics, offer } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { trustEnvironment } from '../../model/trust.js';
import type { Wiring } from '../../model/wiring.js';
import { roleAnnotations } from '../aws-role.js';
import { bucketSecrets, regionOf } from './bucket.js';
import { bucketPrerequisites } from './bucket-party.js';
import { type LokiConfigOptions, lokiConfig, type Ruler } from './config.js';
import { configFile, configFolder, ruleFile, tenantFolder } from './file.js';
import { fullShare } from './full-share.js';
import { dataFolder, program, temporaryFolder } from './program.js';

export interface LokiOptions extends LokiConfigOptions {
  readonly size: Omit<Size, 'replicas'> & LokiConfigOptions['size'];
  /** Size in the claim template. @default - that of `kubernetes/claim.ts` */
  readonly claimTemplate?: string;
  /** Further sections of the generated README. @default - none */
  readonly readmeSections?: readonly string[];
}

/** Loki: receives logs by OTLP, stores them on its volume or in a bucket, and answers queries in LogQL. */
export const loki = (options: LokiOptions): Component => ({
  name: 'loki',
  endpoints: {
    http: {
      port: 3100,
      offers: [
        offer('logs', { variant: 'http', path: '/otlp' }),
        offer('logql'),
        metrics(),
        // It answers while the write-ahead log is read again; ready is only what takes lines and queries.
        health('/loki/api/v1/status/buildinfo', {
          ready: '/ready',
          startSeconds: 900,
          stopSeconds: 300,
        }),
      ],
    },
  },
  consumes: [required('dns'), optional('alerts'), ...(options.bucket ? [required('objects')] : [])],
  replicasReason: options.bucket
    ? 'new lines are on its volume until they are in the bucket, and only one process may compact the index in a bucket'
    : 'its data are on one volume; several would need an object store',
  readme: {
    volumes: [
      `Loki keeps lines for ${options.retention}${options.bucket ? ` in the bucket ${options.bucket.name}` : ''}. It refuses new ones while ${fullShare * 100} % of its volume is used; clients then send them again.`,
    ],
    ...(options.readmeSections && { sections: options.readmeSections }),
  },
  prerequisites: bucketPrerequisites(options.bucket),
  programs: { loki: program },
  render: (scope, wiring) => {
    const { identity, endpoints, secrets } = wiring.workloads.loki!;
    const { bucket } = options;
    const login = bucket?.authentication;
    const config = mountFiles(scope, identity, 'config', configFolder, [
      writeFile(configFile, lokiConfig(options, endpoints, rulerOf(wiring))),
    ]);
    const ruleFiles = Object.entries(wiring.content.logRuleFiles ?? {});
    const rules =
      ruleFiles.length === 0
        ? []
        : [
            mountFiles(
              scope,
              identity,
              'rules',
              tenantFolder,
              ruleFiles.map(([name, groups]) =>
                writeFile(ruleFile, { groups } as never, { path: `${tenantFolder}/${name}.yaml` }),
              ),
            ),
          ];
    workload(scope, wiring, 'loki', {
      kind: 'StatefulSet',
      replicas: 1,
      volume: options.size.volume,
      claimTemplate: options.claimTemplate,
      volumePath: dataFolder,
      ...(login && login.kind !== 'keys' && { accountAnnotations: roleAnnotations(login) }),
      containers: [
        {
          name: 'loki',
          image: 'loki',
          args: [`-config.file=${configFile.path}`],
          endpoints: Object.keys(endpoints),
          resources: options.size,
          goMemoryLimit: true,
          ...(bucket && {
            // Of the server that gives credentials for a role.
            env: { AWS_REGION: regionOf(bucket), ...trustEnvironment(bucket.certificateAuthority) },
            secretEnv: bucketSecrets(bucket),
          }),
          mounts: [
            config,
            temporary,
            ...rules,
            ...trustMounts(bucket?.certificateAuthority, secrets),
          ],
        },
      ],
    });
  },
});

const temporary: Mount = {
  name: 'tmp',
  path: temporaryFolder,
  source: { kind: 'scratch', sizeLimit: '64Mi' },
};

/** Only with rules: without a ruler, Loki evaluates nothing. */
const rulerOf = ({ content, outgoing, setting }: Wiring): Ruler | undefined =>
  Object.keys(content.logRuleFiles ?? {}).length === 0
    ? undefined
    : {
        alertmanagers: connectionsFor(outgoing, 'alerts').flatMap(({ url }) => url ?? []),
        cluster: setting.cluster,
        interval: setting.scrapeInterval,
      };
