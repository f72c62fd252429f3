import type { DeclaredPrerequisite } from '../../model/prerequisite.js';
import type { GrafanaOptions } from './options.js';

/** Objects that Grafana requires in the cluster, besides those of its connections. */
export const prerequisites = (options: GrafanaOptions): DeclaredPrerequisite[] => [
  ...credentials(options),
  ...exposure(options),
  ...database(options),
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
        },
      ];

const exposure = ({ exposure: way }: GrafanaOptions): DeclaredPrerequisite[] => {
  if (way === undefined) return [];
  if (way.kind === 'gateway') {
    return [
      {
        kind: 'Gateway',
        name: way.gateway.name,
        namespace: way.gateway.namespace,
        purpose: `terminates TLS for ${way.host} and allows routes from the stack's namespace`,
      },
    ];
  }
  return [
    { kind: 'IngressClass', name: way.ingressClass, purpose: 'exposes Grafana' },
    {
      kind: 'Secret',
      name: way.tlsSecret,
      in: 'stack',
      type: 'kubernetes.io/tls',
      keys: { 'tls.crt': 'certificate', 'tls.key': 'key' },
      purpose: `TLS certificate of ${way.host}`,
    },
  ];
};

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
