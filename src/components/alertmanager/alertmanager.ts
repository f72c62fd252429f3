import type { Alerting } from '../../config/alerting.js';
import type { Size } from '../../config/sizing.js';
import { configMap } from '../../kubernetes/config-map.js';
import { workload } from '../../kubernetes/workload.js';
import { optional, required } from '../../model/consumption.js';
import { peersName, serviceHost } from '../../model/identity.js';
import { health, metrics, offer } from '../../model/offer.js';
import type { Component } from '../../model/party.js';
import { alertmanagerConfig } from './config.js';

export interface AlertmanagerOptions {
  /** One replica, or three: two cannot tell which of them is cut off. */
  readonly size: Size;
  /** @default - nobody is told */
  readonly alerting?: Alerting;
  /** Under which people reach it. @default - a port-forward's, on localhost */
  readonly externalUrl?: string;
}

const configFolder = '/etc/alertmanager';
const dataFolder = '/alertmanager';
const port = 9093;
const meshPort = 9094;

/** Alertmanager: groups alerts, silences some, and tells people of the others. */
export const alertmanager = (options: AlertmanagerOptions): Component => {
  const { replicas } = options.size;
  const mesh = replicas > 1;
  return {
    name: 'alertmanager',
    endpoints: {
      web: {
        port,
        offers: [
          offer('alerts'),
          offer('datasource', { variant: 'alertmanager' }),
          ...(options.externalUrl ? [offer('web', { variant: 'internal' })] : []),
          metrics('/metrics', { nativeHistograms: true }),
          health('/-/healthy', { ready: '/-/ready' }),
        ],
      },
      ...(mesh && {
        'mesh-tcp': { port: meshPort, scheme: 'tcp', offers: [offer('peers')] },
        'mesh-udp': { port: meshPort, protocol: 'UDP', offers: [offer('peers')] },
      }),
    },
    consumes: [required('dns'), optional('notifications'), ...(mesh ? [required('peers')] : [])],
    replicasReason: mesh
      ? 'three form a mesh, so that a silence survives the loss of any; of two, neither could tell which is cut off'
      : 'while it restarts, notifications wait; its silences are on the volume',
    render: (scope, wiring) => {
      const { identity } = wiring.workloads.alertmanager!;
      const text = alertmanagerConfig(options.alerting);
      const config = configMap(scope, identity, 'config', { 'alertmanager.yml': text });
      const peers = Array.from(
        { length: mesh ? replicas : 0 },
        (_, ordinal) =>
          `--cluster.peer=${identity.name}-${ordinal}.${serviceHost({ ...identity, name: peersName(identity) })}:${meshPort}`,
      );
      workload(scope, wiring, 'alertmanager', {
        kind: 'StatefulSet',
        replicas,
        volume: options.size.volume,
        volumePath: dataFolder,
        // Whatever their number: the name of a StatefulSet's Service cannot change.
        peers: true,
        // It reloads on a signal alone. A clean stop writes its silences to the volume.
        restartOn: text,
        containers: [
          {
            name: 'alertmanager',
            image: 'alertmanager',
            args: [
              `--config.file=${configFolder}/alertmanager.yml`,
              `--storage.path=${dataFolder}`,
              // What a crash can lose of silences and of what was told already.
              '--data.maintenance-interval=1m',
              `--web.external-url=${options.externalUrl ?? `http://localhost:${port}/`}`,
              '--web.route-prefix=/',
              ...(mesh
                ? [
                    `--cluster.listen-address=0.0.0.0:${meshPort}`,
                    `--cluster.advertise-address=[$(POD_IP)]:${meshPort}`,
                    ...peers,
                  ]
                : ['--cluster.listen-address=']),
            ],
            podFields: mesh ? { POD_IP: 'status.podIP' } : {},
            endpoints: mesh ? ['web', 'mesh-tcp', 'mesh-udp'] : ['web'],
            resources: options.size,
            mounts: [
              { name: 'config', path: configFolder, source: { kind: 'config-map', name: config } },
            ],
          },
        ],
      });
    },
  };
};
