import type { Environment } from '../../config/environment.js';
import type { LocatedParty } from '../../derive/locate.js';
import { objectName, serviceHost } from '../../model/identity.js';
import { code, table } from './markdown.js';

/** Where people find the pages, and applications the server for their spans. */
export const addresses = (environment: Environment, parties: readonly LocatedParty[]): string[] => {
  const { exposure } = environment;
  const urls = {
    grafana: exposure?.grafana && `https://${exposure.grafana.host}/`,
    prometheus: exposure?.behindAuthProxy?.prometheus,
    alertmanager: exposure?.behindAuthProxy?.alertmanager,
    jaeger: exposure?.behindAuthProxy?.jaeger,
  };
  const portOf = (party: string, endpoint: string): number | undefined =>
    parties.find(({ name, own }) => own && name === party)?.endpoints[endpoint]?.port;
  const jaeger = serviceHost({
    name: objectName(environment.stack, 'jaeger'),
    namespace: environment.namespaces.stack,
  });
  return [
    '## Addresses',
    table(
      ['what', 'where'],
      [
        ...Object.entries(urls).map(([name, url]) => [
          name,
          url ?? forward(environment, name, portOf(name, name === 'jaeger' ? 'query' : 'web')),
        ]),
        [
          'spans by OTLP',
          `${code(`${jaeger}:${portOf('jaeger', 'otlp-grpc')}`)} (gRPC) or ${code(`${jaeger}:${portOf('jaeger', 'otlp-http')}`)} (HTTP), for the applications that the environment declares`,
        ],
      ],
    ),
  ];
};

const forward = ({ stack, namespaces }: Environment, name: string, port?: number): string =>
  `not exposed: ${code(`kubectl -n ${namespaces.stack} port-forward svc/${objectName(stack, name)} ${port}`)}, then http://localhost:${port}/`;
