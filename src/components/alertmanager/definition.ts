import { z } from 'zod';
import { objectName } from '../../model/identity.js';
import { awsRole } from '../aws-role.js';
import { defineComponent, volumeOptions } from '../definition.js';
import { publicationOf } from '../exposure.js';
import { dataFolder, alertmanager as declare } from './alertmanager.js';
import { snsLogins, snsRoleFaults, snsRoleSection } from './aws-role.js';
import { notificationReceivers } from './receivers.js';
import { verifyScript } from './verify.js';

export const alertmanager = defineComponent({
  name: 'alertmanager',
  options: {
    ...volumeOptions,
    /** Three form a mesh; with two, neither can know which one is disconnected. */
    replicas: z.union([z.literal(1), z.literal(3)]).optional(),
    /**
     * The role of AWS as which requests to Amazon SNS are signed, as in `prometheus.awsRole`. The policies allow the
     * address at which the pod gets its credentials.
     * @default - none
     */
    awsRole: awsRole.optional(),
  },
  reservesMemory: true,
  sizes: {
    small: { cpu: '10m', memory: '128Mi', memoryLimit: '128Mi', replicas: 1, volume: '1Gi' },
    medium: { cpu: '20m', memory: '256Mi', memoryLimit: '256Mi', replicas: 3, volume: '2Gi' },
    large: { cpu: '50m', memory: '512Mi', memoryLimit: '512Mi', replicas: 3, volume: '5Gi' },
  },
  images: {
    // There is no distroless image of this version.
    alertmanager: {
      repository: 'quay.io/prometheus/alertmanager',
      tag: 'v0.34.0',
      user: 65534,
      group: 65534,
      entrypoint: '/bin/alertmanager',
      shell: true,
      dockerfile: 'https://github.com/prometheus/alertmanager/blob/v0.34.0/Dockerfile',
    },
  },
  facts: {
    'configured:alertmanager-mesh': {
      without: 'Alertmanager has one replica',
      holds: ({ size }) => size.replicas > 1,
    },
    'configured:receivers': {
      without: 'no receiver of alerts is configured',
      holds: ({ environment }) => environment.alerting !== undefined,
    },
  },
  declare: ({ options, size, environment: { alerting, exposure, proxy, stack, namespaces } }) =>
    declare({
      size,
      claimTemplate: options.claimTemplate,
      alerting,
      awsRole: options.awsRole,
      readmeSections: snsRoleSection(alerting, options.awsRole, {
        namespace: namespaces.stack ?? stack,
        name: objectName(stack, 'alertmanager'),
      }),
      certificateAuthority: proxy?.certificateAuthority,
      published: publicationOf('alertmanager', exposure?.behindAuthProxy),
    }),
  // It replaces each file as a whole, so that a copy of one is consistent at any time.
  copies: ({ size: { replicas, volume } }) => [
    {
      workload: 'alertmanager',
      replicas,
      path: dataFolder,
      volume,
      image: 'alertmanager',
      verify: { program: 'amtool', command: ['/bin/sh', '-c', verifyScript(dataFolder)] },
      // Of files that are being written.
      without: ['silences.*', 'nflog.*', 'lost+found'],
      loss: 'the silences of the last minute before it',
    },
  ],
  parties: ({ options, environment }) => [
    ...notificationReceivers(environment),
    ...snsLogins(environment, options.awsRole),
  ],
  judge: ({ options, environment: { alerting } }) => snsRoleFaults(alerting, options.awsRole),
});
