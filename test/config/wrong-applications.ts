import type { ApplicationOptions } from '../../src/applications/declared/application.js';
import type { WrongValue } from './wrong-values.js';

const name = (length: number) =>
  `a name of at most ${length} lower-case letters and digits, with dashes between them`;
const port = 'a whole number from 1 to 65535';
const path = "a path that starts with '/'";

/** The whole application to which these values belong. */
export const application = {
  name: 'search',
  namespace: 'shop',
  labels: { app: 'search' },
  metrics: { port: 9464, path: '/metrics', scheme: 'https', http: 'promhttp' },
  traces: { protocol: 'http', service: 'search-api', configMap: true },
  health: {
    port: 8080,
    live: '/live',
    ready: '/ready',
    startup: '/startup',
    service: { name: 'search-web', port: 80 },
    interval: '1m',
  },
  dependsOn: [
    {
      kind: 'redis',
      name: 'sessions',
      host: 'sessions.shop.svc',
      at: { kind: 'pods', namespace: 'shop', labels: { app: 'sessions' } },
    },
  ],
} as const satisfies ApplicationOptions;

const values: readonly WrongValue[] = [
  ['name', 'Search', name(30)],
  ['namespace', 'Shop', name(63)],
  ['labels', {}, 'at least one label: an empty selector matches every pod'],
  ['labels.app', 'a b', 'a string of at most 63 letters and digits, with -, _ and . between them'],
  ['metrics', 9464, 'an object with port'],
  ['metrics.port', 0, port],
  ['metrics.path', 'metrics', path],
  ['metrics.scheme', 'htps', "'http' or 'https'", 'https'],
  [
    'metrics.http',
    'prom-http',
    "'opentelemetry', 'express-prom-bundle', 'promhttp' or 'micrometer'",
    'promhttp',
  ],
  ['traces', 'yes', 'true, false or an object'],
  ['traces.protocol', 'grcp', "'grpc' or 'http'", 'grpc'],
  ['traces.service', '', 'a text of one line that is not empty'],
  ['traces.configMap', 'yes', 'true or false'],
  ['health', '/live', 'an object with port'],
  ['health.port', 70_000, port],
  ['health.live', 'live', path],
  ['health.ready', 'ready', path],
  ['health.startup', 1, path],
  ['health.service', 'search-web', 'an object'],
  ['health.service.name', 'Search', name(63)],
  ['health.service.port', 0, port],
  [
    'health.interval',
    '1 minute',
    "a Prometheus duration above zero such as '30s', '1h30m' or '15d'",
  ],
  ['dependsOn', {}, "a list, each item an object whose kind is 'postgres' or 'redis'"],
  ['dependsOn[0]', 'sessions', "an object whose kind is 'postgres' or 'redis'"],
  ['dependsOn[0].kind', 'redi', "'postgres' or 'redis'", 'redis'],
  ['dependsOn[0].host', 'sessions:6379', "a host name such as 'grafana.example.com'"],
];

/** Wrong values of the second item of `applications`. */
export const wrongApplications: readonly WrongValue[] = [
  ['applications[0]', 1, 'the name of a file in applications/, or application({ … })'],
  ...values.map(([at, ...rest]): WrongValue => [`applications[1].${at}`, ...rest]),
];
