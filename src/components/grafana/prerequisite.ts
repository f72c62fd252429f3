import type { DeclaredPrerequisite, SecretReference } from '../../model/prerequisite.js';
import { trustPrerequisite } from '../../model/trust.js';
import { routePrerequisites } from '../exposure.js';
import type { GrafanaOptions } from './options.js';
import { grafanaRoute } from './route.js';
import { settingSecrets } from './setting.js';

/** Objects that Grafana requires in the cluster, besides those of its connections. */
export const prerequisites = (options: GrafanaOptions): DeclaredPrerequisite[] => [
  ...credentials(options),
  ...routePrerequisites(options.exposure && grafanaRoute(options.exposure), 'Grafana'),
  ...metricsPassword(options),
  ...database(options),
  ...references(options),
];

const credentials = ({ credentialsSecret }: GrafanaOptions): DeclaredPrerequisite[] =>
  credentialsSecret === undefined
    ? []
    : [
        {
          kind: 'Secret',
          name: credentialsSecret,
          in: 'stack',
          keys: {
            'admin-user': 'user name of the first administrator',
            'admin-password': 'password of the first administrator, read once at the first start',
            'secret-key':
              'encrypts the secrets in the database of Grafana; keep it as long as the volume',
          },
          purpose: "Grafana's credentials",
          rotation: { kind: 'manual', steps: rotationSteps },
        },
      ];

/** Grafana reads them once: https://grafana.com/docs/grafana/latest/administration/cli/#reset-admin-password */
const rotationSteps =
  'Grafana has stored them. Change the password of the administrator in its pages, or with `grafana cli admin reset-admin-password`, and then in the Secret. Keep secret-key: without it, Grafana cannot decrypt what its database has, so that the volume would have to be deleted with it';

const metricsPassword = ({ exposure }: GrafanaOptions): DeclaredPrerequisite[] =>
  exposure === undefined
    ? []
    : [
        {
          kind: 'Secret',
          name: exposure.metricsPassword.secret,
          in: 'stack',
          keys: { [exposure.metricsPassword.key]: 'password' },
          purpose: 'protects the metrics of Grafana',
        },
      ];

const database = ({ database: server }: GrafanaOptions): DeclaredPrerequisite[] =>
  server === undefined
    ? []
    : [
        {
          kind: 'Secret',
          name: server.certificateAuthority.secret,
          in: 'stack',
          keys: { [server.certificateAuthority.key]: 'certificate authority of the database' },
          purpose: `used to verify ${server.host}`,
        },
      ];

const references = ({
  ldap,
  certificateAuthority,
  settings = {},
}: GrafanaOptions): DeclaredPrerequisite[] => {
  const secret = ({ secret: name, key }: SecretReference, value: string, purpose: string) => ({
    kind: 'Secret' as const,
    name,
    in: 'stack' as const,
    keys: { [key]: value },
    purpose,
  });
  return [
    ...(ldap
      ? [secret(ldap.config, "Grafana's ldap.toml", 'has the servers and the password for LDAP')]
      : []),
    ...trustPrerequisite(certificateAuthority, 'used to verify logins'),
    ...settingSecrets(settings).map(({ reference, setting }) =>
      secret(reference, `the setting ${setting}`, "Grafana's settings"),
    ),
  ];
};
