import type { ApplicationOptions } from '../../src/applications/declared/application.js';
import type { WrongValue } from './wrong-values.js';

const name = (length: number) =>
  `a name of at most ${length} lower-case letters and digits, with dashes between them`;
const port = 'a whole number from 1 to 65535';
const path = "a path that starts with '/'";
const users = 'a whole number from 1 to 100000';
const duration = "a duration above zero such as '30s', '5m' or '1h30m'";
const pause = "a duration such as '500ms' or '1s', or '0'";
const threshold =
  "an expression such as 'p(95)<400', or { threshold, abortOnFail, delayAbortEval }";
const inRequests = "a path such as '/orders?page=1': all requests are sent to the application";

/** A scenario with all options but the times, which stages replace. */
const inStages = {
  arrivalRate: 5,
  maxVirtualUsers: 50,
  stages: [{ duration: '1h30m', target: 5 }],
  thinkTime: '0',
  thresholds: {
    checks: [{ threshold: 'rate>0.9', abortOnFail: true, delayAbortEval: '1m' }],
  },
};

/** The whole application to which these values belong. */
export const application = {
  name: 'search',
  namespace: 'shop',
  labels: { app: 'search' },
  metrics: { port: 9464, path: '/metrics', scheme: 'https', http: 'promhttp' },
  traces: { protocol: 'http', service: 'search-api', configMap: true },
  logs: { configMap: true },
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
  loadTest: {
    port: 8081,
    service: { name: 'search-web', port: 8081 },
    requests: [
      {
        name: 'log in',
        method: 'POST',
        path: '/login',
        headers: {
          Accept: 'text/html',
          Authorization: { secret: 'search-load', key: 'token', prefix: 'Bearer ' },
        },
        body: 'user=test',
        status: 302,
      },
      { path: '/search?q=a', status: [200, 404] },
    ],
    thinkTime: '500ms',
    virtualUsers: 20,
    scenarios: {
      smoke: inStages,
      load: inStages,
      stress: inStages,
      spike: inStages,
      soak: inStages,
    },
    thresholds: { checks: ['rate>0.99'] },
  },
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
    "'opentelemetry', 'express-prom-bundle', 'promhttp', 'micrometer', 'prometheus-fastapi-instrumentator', 'prometheus-flask-exporter', 'django-prometheus' or 'prometheus-net'; for another library, leave http out, and state what each objective counts in its option of: docs/objectives.md has a table of client libraries",
    'promhttp',
  ],
  ['traces', 'yes', 'true, false or an object'],
  ['traces.protocol', 'grcp', "'grpc' or 'http'", 'grpc'],
  ['traces.service', '', 'a text of one line that is not empty'],
  ['traces.configMap', 'yes', 'true or false'],
  ['logs', 'yes', 'true, false or an object'],
  ['sendsMetrics', 'yes', 'true, false or an object'],
  ['logs.configMap', 'yes', 'true or false'],
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
  [
    'dependsOn[0].host',
    'sessions:6379',
    "a host name such as 'grafana.example.com': here 'sessions', without the port 6379",
  ],
  ['loadTest.port', 0, port],
  ['loadTest.service.name', 'Search', name(63)],
  ['loadTest.service.port', 70_000, port],
  ['loadTest.requests', [], 'a list of at least 1 item'],
  ['loadTest.requests[0].name', '', 'a text of one line that is not empty'],
  [
    'loadTest.requests[0].method',
    'post',
    "'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD' or 'OPTIONS'",
    'POST',
  ],
  ['loadTest.requests[0].path', 'login', path],
  ['loadTest.requests[0].path', '//example.com/login', inRequests],
  ['loadTest.requests[0].path', '/log in', inRequests],
  [
    'loadTest.requests[0].headers.Accept',
    1,
    "a text, or a reference { secret, key, prefix: 'Bearer ' }",
  ],
  ['loadTest.requests[0].status', 99, 'a whole number from 100 to 599'],
  ['loadTest.thinkTime', '1 second', pause],
  ['loadTest.virtualUsers', 0, users],
  ['loadTest.arrivalRate', 5, 'nothing: virtualUsers states the load'],
  ['loadTest.scenarios', {}, 'at least one of smoke, load, stress, spike, soak'],
  ['loadTest.scenarios.smoke.duration', '1 minute', duration],
  ...(['smoke', 'load', 'stress', 'spike', 'soak'] as const).flatMap((scenario): WrongValue[] => {
    const at = `loadTest.scenarios.${scenario}`;
    return [
      [`${at}.virtualUsers`, 0, users],
      [`${at}.arrivalRate`, 0, users],
      [`${at}.maxVirtualUsers`, 0, users],
      [`${at}.rampUp`, '1min', pause],
      [`${at}.duration`, '0s', duration],
      [`${at}.rampDown`, '-1s', pause],
      [`${at}.thinkTime`, 'a while', pause],
      [`${at}.stages[0].duration`, '1 hour', pause],
      [`${at}.stages[0].target`, -1, 'a whole number from 0 to 100000'],
      [`${at}.thresholds.checks[0]`, 1, threshold],
      [`${at}.thresholds.checks[0].threshold`, 1, 'a text of one line that is not empty'],
      [`${at}.thresholds.checks[0].abortOnFail`, 'yes', 'true or false'],
      [`${at}.thresholds.checks[0].delayAbortEval`, '1 minute', duration],
    ];
  }),
  ['loadTest.scenarios.soak.stages', [], 'a list of at least 1 item'],
  ['loadTest.requests[0].body', Number.NaN, 'a text, or a value of JSON'],
  ['loadTest.requests[1].status[0]', 99, 'a whole number from 100 to 599'],
  ['loadTest.thresholds.checks[0]', 1, threshold],
  ['loadTest.thresholds.checks', 'rate>0.99', `a list, each item ${threshold}`],
];

/** Wrong values of the second item of `applications`. */
export const wrongApplications: readonly WrongValue[] = [
  ['applications[0]', 1, 'the name of a file in applications/, or application({ … })'],
  ...values.map(([at, ...rest]): WrongValue => [`applications[1].${at}`, ...rest]),
];
