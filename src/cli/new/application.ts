import type { Library } from './library.js';

/** The text of an application with a metrics page and spans, and everything else it can have as comments. */
export const newApplication = (
  name: string,
  { index }: Library,
): string => `import { application } from '${index}';
// What the lines below use, as soon as they are no comments:
// import { availability, latency, postgres, redis } from '${index}';

export default application({
  // The value of the label job of its metrics, and the name of its Service unless health states another one.
  name: '${name}',
  // EDIT: the namespace of its pods: kubectl get pods --all-namespaces
  namespace: '${name}',
  // EDIT: labels that all of its pods have, and no other pods: kubectl -n ${name} get pods --show-labels
  labels: { app: '${name}' },
  // EDIT: the port of the pods (not of the Service) with the metrics page; remove this line if there is none.
  metrics: { port: 9464, path: '/metrics' },
  // EDIT: whether it sends spans. The generated README has the variables for an OpenTelemetry SDK.
  traces: true,

  // EDIT: pages that blackbox-exporter requests through the Service; it states its name and port if they differ:
  // health: { port: 8080, live: '/health/live', ready: '/health/ready', service: { name: '${name}', port: 80 } },

  // EDIT: databases, each with an exporter; the Secret is in the namespace of the stack:
  // dependsOn: [
  //   redis({ host: 'sessions.${name}.svc', at: { kind: 'pods', namespace: '${name}', labels: { app: 'sessions' } } }),
  //   postgres({
  //     host: 'database.${name}.svc',
  //     user: 'exporter',
  //     password: { secret: '${name}-database', key: 'password' },
  //     tls: { kind: 'verify-full', certificateAuthority: { secret: '${name}-database', key: 'ca.crt' } },
  //     at: { kind: 'pods', namespace: '${name}', labels: { app: 'database' } },
  //   }),
  // ],

  // EDIT: what share of its requests must succeed, and end within this time: a bound of the histogram. They are
  // counted by the HTTP metrics of OpenTelemetry; metrics: { http: 'promhttp' } counts those of another library.
  // objectives: [availability(99.9), latency(99, '250ms')],

  // EDIT: a load test with k6, whose thresholds follow from the objectives. Nothing runs until you start it; the
  // generated README has the commands. Values of a body can be references to Secrets too.
  // loadTest: {
  //   port: 8080,
  //   requests: [
  //     { path: '/items?page=1' },
  //     {
  //       method: 'POST',
  //       path: '/items',
  //       headers: { Authorization: { secret: '${name}-load-test', key: 'token', prefix: 'Bearer ' } },
  //       body: { amount: 1 },
  //       status: 201,
  //     },
  //   ],
  //   // The usual number; smoke, load, stress, spike and soak multiply it.
  //   virtualUsers: 10,
  // },
});
`;
