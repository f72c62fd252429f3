import type { Library } from './library.js';

/** The text of an application with a metrics page and spans. */
export const newApplication = (
  name: string,
  { index }: Library,
): string => `import { application } from '${index}';

export default application({
  name: '${name}',
  // EDIT: the namespace of its pods, and labels that select them.
  namespace: '${name}',
  labels: { app: '${name}' },
  // The port of the pods with the metrics page; remove this if it has none.
  metrics: { port: 9464, path: '/metrics' },
  // Whether it sends spans. The generated README has the variables for an OpenTelemetry SDK.
  traces: true,
  // Pages that blackbox-exporter requests, through the Service with the name of the application:
  // health: { port: 8080, live: '/health/live', ready: '/health/ready' },
  // Databases, each with an exporter; import redis and postgres too:
  // dependsOn: [redis({ host: 'sessions.${name}.svc', at: { kind: 'pods', namespace: '${name}', labels: { app: 'sessions' } } })],
  // What share of its requests must be good; import availability and latency too:
  // objectives: [availability(99.9), latency(99, '250ms')],
});
`;
