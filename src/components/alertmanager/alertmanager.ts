import type { Alerting } from '../../config/alerting.js';
import type { Size } from '../../config/size.js';
import { mountFiles, writeFile } from '../../kubernetes/config-files.js';
import { route } from '../../kubernetes/route.js';
import { trustMounts } from '../../kubernetes/volume.js';
import { workload } from '../../kubernetes/workload.js';
import { optional, required } from '../../model/consumption.js';
import { peersName, serviceHost } from '../../model/identity.js';
import { health, metrics, offer } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import {
  type CertificateAuthority,
  trustEnvironment,
  trustPrerequisite,
} from '../../model/trust.js';
import { type AwsRole, roleAnnotations } from '../aws-role.js';
import { type Publication, routePrerequisites } from '../exposure.js';
import { alertmanagerConfig } from './config.js';
import { configFolder, filesOf, templateFile } from './file.js';
import { programOf } from './program.js';
import { readAtStart } from './read-at-start.js';

export interface AlertmanagerOptions {
  /** One replica, or three: with two, neither can know which one is disconnected. */
  readonly size: Size;
  /** @default - no notifications are sent */
  readonly alerting?: Alerting;
  /** @default - it signs no requests */
  readonly awsRole?: AwsRole;
  /** Further sections of the generated README. @default - none */
  readonly readmeSections?: readonly string[];
  /** Size in the claim template. @default - that of `kubernetes/claim.ts` */
  readonly claimTemplate?: string;
  /** Further certificate authorities of receivers. @default - only public ones */
  readonly certificateAuthority?: CertificateAuthority;
  /** How it is served to users. @default - only by a port-forward, on localhost */
  readonly published?: Publication;
}

/** Where the volume is mounted. */
export const dataFolder = '/alertmanager';

/** Alertmanager: groups, silences and inhibits alerts, and sends notifications. */
export const alertmanager = (options: AlertmanagerOptions): Component => {
  const { published } = options;
  const { replicas } = options.size;
  // Alertmanager serves everything below its prefix: pages, API, metrics and health.
  const { path = '' } = published ?? {};
  const below = path ? { path } : {};
  const mesh = replicas > 1;
  const files = filesOf(options.alerting);
  const [configFile] = files;
  return {
    name: 'alertmanager',
    endpoints: {
      web: {
        port: 9093,
        offers: [
          offer('alerts', below),
          offer('datasource', { variant: 'alertmanager', ...below }),
          ...(published ? [offer('web', { variant: 'internal' })] : []),
          metrics(`${path}/metrics`, { nativeHistograms: true }),
          health(`${path}/-/healthy`, { ready: `${path}/-/ready` }),
        ],
      },
      ...(mesh && {
        // Both protocols share one listener, and so one port.
        'mesh-tcp': { port: 9094, scheme: 'tcp', offers: [offer('peers')] },
        'mesh-udp': { port: 9094, protocol: 'UDP', offers: [offer('peers')] },
      }),
    },
    consumes: [required('dns'), optional('notifications'), ...(mesh ? [required('peers')] : [])],
    replicasReason: mesh
      ? 'three replicas form a mesh, so that silences survive the loss of one; with two, neither can know which one is disconnected'
      : 'notifications are delayed while it restarts; silences are on the volume',
    readme: {
      page: { endpoint: 'web', url: published?.url },
      sections: options.readmeSections ?? [],
    },
    rereads: { except: readAtStart(options.alerting) },
    prerequisites: [
      ...routePrerequisites(published?.route, 'Alertmanager'),
      ...trustPrerequisite(options.certificateAuthority, 'used to verify receivers'),
    ],
    programs: { alertmanager: programOf(files) },
    render: (scope, wiring) => {
      const { identity, endpoints, secrets } = wiring.workloads.alertmanager!;
      const { port } = endpoints.web!;
      const meshPort = endpoints['mesh-tcp']?.port;
      const config = mountFiles(scope, identity, 'config', configFolder, [
        writeFile(configFile, alertmanagerConfig(options.alerting, published !== undefined)),
        ...Object.entries(options.alerting?.templates ?? {}).map(([name, text]) =>
          writeFile(templateFile, text, { path: `${configFolder}/${name}` }),
        ),
      ]);
      const peers = Array.from(
        { length: mesh ? replicas : 0 },
        (_, ordinal) =>
          `--cluster.peer=${identity.name}-${ordinal}.${serviceHost({ ...identity, name: peersName(identity) })}:${meshPort}`,
      );
      workload(scope, wiring, 'alertmanager', {
        kind: 'StatefulSet',
        replicas,
        volume: options.size.volume,
        claimTemplate: options.claimTemplate,
        volumePath: dataFolder,
        accountAnnotations: roleAnnotations(options.awsRole),
        // For any number of replicas: the Service name of a StatefulSet is immutable.
        peers: true,
        containers: [
          {
            name: 'alertmanager',
            image: 'alertmanager',
            args: [
              `--config.file=${configFile.path}`,
              `--storage.path=${dataFolder}`,
              // After a crash, silences and sent notifications of this time are lost.
              '--data.maintenance-interval=1m',
              `--web.listen-address=:${port}`,
              // GOMEMLIMIT at 90 % of the container's limit.
              '--enable-feature=auto-gomemlimit',
              `--web.external-url=${published?.url ?? `http://localhost:${port}/`}`,
              `--web.route-prefix=${path || '/'}`,
              ...(mesh
                ? [
                    `--cluster.listen-address=:${meshPort}`,
                    `--cluster.advertise-address=[$(POD_IP)]:${meshPort}`,
                    ...peers,
                    // A mesh rejects packets of another mesh, even from a reused address.
                    `--cluster.label=${wiring.setting.cluster}/${identity.namespace}/${identity.name}`,
                  ]
                : ['--cluster.listen-address=']),
            ],
            podFields: mesh ? { POD_IP: 'status.podIP' } : {},
            endpoints: mesh ? ['web', 'mesh-tcp', 'mesh-udp'] : ['web'],
            resources: options.size,
            env: trustEnvironment(options.certificateAuthority),
            mounts: [config, ...trustMounts(options.certificateAuthority, secrets)],
          },
        ],
      });
      if (published?.route) route(scope, identity, 'web', endpoints.web!, published.route);
    },
  };
};
