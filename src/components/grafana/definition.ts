import { z } from 'zod';
import { objectName } from '../../config/fields.js';
import { certificateAuthority } from '../../config/outgoing-proxy.js';
import { place } from '../../config/place.js';
import { logs, severalClusters, withoutLogs, withoutSeveralClusters } from '../../content/fact.js';
import { connectionsFor } from '../../model/connection.js';
import { defineComponent, volumeOptions } from '../definition.js';
import { grafanaBackends } from './backend.js';
import { dataFolder, grafana as declare } from './grafana.js';
import { judge } from './judge.js';
import { database, ldap, oidc, proxy } from './login.js';
import { settings } from './setting.js';
import { validate } from './validate.js';

const pluginId = z
  .string({ error: "the id of a plugin such as 'grafana-clickhouse-datasource'" })
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);

export const grafana = defineComponent({
  name: 'grafana',
  options: {
    ...volumeOptions,
    /** The login of the administrator, and the key that encrypts secrets. @default - created at the first start on Grafana's volume */
    credentials: z
      .strictObject({
        /** Secret in the stack's namespace with the keys admin-user, admin-password, secret-key. */
        secret: objectName,
      })
      .optional(),
    /** Login with an identity provider. @default - with a password in Grafana */
    oidc: oidc.optional(),
    /** Login with an LDAP directory. @default - none */
    ldap: ldap.optional(),
    /** A PostgreSQL server. @default - a file on the volume */
    database: database.optional(),
    /** The proxy for logins and other requests to the internet. @default - `proxy` of the environment */
    proxy: proxy.optional(),
    /**
     * A key of a Secret or of a ConfigMap with further certificate authorities in PEM, which Grafana trusts for logins and for the
     * servers in its settings; a data source has its own (`secureJsonData.tlsCACert`).
     * @default - those of `proxy` of the environment, or only public ones
     */
    certificateAuthority: certificateAuthority.optional(),
    /**
     * Settings of Grafana's configuration file by section, such as `{ users: { default_theme: 'light' } }`. A
     * secret is a reference, `{ secret, key }`. They override what Crowsnest chooses, but not what other options set.
     */
    settings: settings.default({}),
    /**
     * Where the servers of settings are, by section, such as `{ smtp: { kind: 'pods', … } }`.
     * @default - any address outside private ranges, listed as open
     */
    settingsAt: z.record(z.string().min(1), place).default({}),
    /**
     * Plugins that the image contains besides those of Grafana: an image of your own, under the name of
     * Grafana's image in `imageMirror`. Synth accepts the types of their data sources and panels.
     * @default - only those of Grafana
     */
    plugins: z
      .strictObject({
        ids: z.array(pluginId).min(1),
        /** Folder of the plugins in the image: the volume hides those in /var/lib/grafana. */
        folder: z
          .string({ error: 'an absolute path outside /var/lib/grafana' })
          .regex(/^\/(?!var\/lib\/grafana(?:\/|$))[\w./-]+$/),
      })
      .optional(),
    /**
     * Number of ConfigMaps for the dashboards of a folder. It is doubled until they fit, and a large
     * dashboard has its own. A change moves dashboards to other ConfigMaps.
     */
    dashboardShards: z.int().min(1).max(64).default(4),
  },
  sizes: {
    small: { cpu: '50m', memory: '192Mi', memoryLimit: '512Mi', volume: '1Gi' },
    medium: { cpu: '100m', memory: '256Mi', memoryLimit: '1Gi', volume: '5Gi' },
    large: { cpu: '250m', memory: '512Mi', memoryLimit: '2Gi', volume: '10Gi' },
  },
  images: {
    // Not distroless: the init container that creates the credentials runs a script in this image, and a
    // distroless variant is documented only from 13.3.
    grafana: {
      repository: 'docker.io/grafana/grafana',
      tag: '13.2.0',
      user: 472,
      group: 472,
      entrypoint: '/run.sh',
      shell: true,
      dockerfile: 'https://github.com/grafana/grafana/blob/v13.2.0/Dockerfile',
    },
  },
  facts: {
    // An outside Prometheus can store the series of several clusters.
    [severalClusters]: {
      without: withoutSeveralClusters,
      holds: (_, connections) =>
        connectionsFor(connections, 'promql').some(
          ({ consumer, provider }) =>
            consumer.party === 'grafana' && provider.party !== 'prometheus',
        ),
    },
    [logs]: {
      without: withoutLogs,
      holds: (_, connections) => connectionsFor(connections, 'logql').length > 0,
    },
  },
  declare: ({ options, size, environment: { exposure, stack, namespaces } }) =>
    declare({
      ...options,
      resources: size,
      volume: size.volume,
      credentialsSecret: options.credentials?.secret,
      pluginFolder: options.plugins?.folder,
      exposure: exposure?.grafana,
      names: { stack, namespaces },
    }),
  copies: ({ options: { database }, size: { volume } }) => [
    {
      workload: 'grafana',
      replicas: 1,
      path: dataFolder,
      volume,
      image: 'grafana',
      ...(!database && { databases: ['grafana.db'] }),
      // Indexes for the search, which change in place: Grafana makes them from the database.
      derived: ['unified-search'],
      without: ['lost+found'],
      loss: 'nothing that Grafana had stored',
    },
  ],
  parties: ({ options }) => grafanaBackends(options),
  validate,
  judge,
});
