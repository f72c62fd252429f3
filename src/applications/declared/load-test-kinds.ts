import type { FaultKinds, FoundFault } from '../../model/fault.js';

const example = (rest: string): string =>
  `applications: [application({\n  name: 'shop', namespace: 'shop', labels: { app: 'shop' },\n  loadTest: { port: 8080, ${rest} },\n})]`;

/** Kinds of fault in the load test of an application, besides those of its schema. */
export const loadTestFaults = {
  'invalid-threshold': {
    what: 'k6 rejects the threshold, or never evaluates it.',
    why: 'The run would end with an error, or could not fail.',
    example: example("requests: [{ path: '/' }], thresholds: { http_req_duraton: ['p(95)<400'] }"),
    fix: "Use a metric of k6 and an expression such as 'p(95)<400'.",
  },
  'threshold-unit': {
    what: 'A threshold of a duration has the number of an objective in another unit.',
    why: 'k6 measures milliseconds: the threshold would fail in every run, or in none.',
    example: `${example("requests: [{ path: '/' }], thresholds: { http_req_duration: ['p(99)<0.25'] }").replace('loadTest:', "metrics: { port: 9464 }, objectives: [latency(99, '250ms')],\n  loadTest:")}`,
    fix: 'Write the number of milliseconds.',
    severity: 'warning',
  },
  'literal-credential': {
    what: 'A request of the load test has a credential.',
    why: 'It would be in the script, which everybody can read.',
    example: example("requests: [{ path: '/', headers: { Authorization: 'Bearer eyJhbGci' } }]"),
    fix: "Use a reference to a Secret in the namespace of the stack: headers: { Authorization: { secret: 'shop-load-test', key: 'token', prefix: 'Bearer ' } }.",
  },
  'duplicate-request': {
    what: 'Another request of the load test has the same name.',
    why: 'Their results would be added up.',
    example: example("requests: [{ path: '/?page=1' }, { path: '/?page=2' }]"),
    fix: 'Set the option name of one of them.',
  },
  'split-results': {
    what: 'An outside Grafana has no data source for the replica of Prometheus that has the results of load tests.',
    why: 'Prometheus has several replicas, and the Service keeps a client at one of them: Grafana is at that replica, or shows nothing of a run.',
    example: `prometheus: { replicas: 2 },\ngrafana: { enabled: false },\nparties: [{\n  name: 'company-grafana',\n  workloads: { grafana: { kind: 'pods', namespace: 'monitoring', labels: { app: 'grafana' } } },\n  endpoints: { web: { port: 443, scheme: 'https', host: 'grafana.example.com', offers: [{ capability: 'dashboards' }] } },\n  consumes: [required('promql')],\n}],\n${example("requests: [{ path: '/' }]")}`,
    fix: "Add optional('datasource') to the consumes of the party of Grafana, and the data source with the uid prometheus-0 of the generated README to Grafana.",
    severity: 'warning',
  },
  'multiplied-load': {
    what: 'A scenario multiplies the load to more than an option can state.',
    why: 'One pod cannot produce it.',
    example: example("requests: [{ path: '/' }], virtualUsers: 20_000"),
    fix: 'Lower the load, or state that of the scenario.',
  },
  'large-load': {
    what: 'The pod of a run requests more than 64Gi of memory for its virtual users.',
    why: 'If no node has so much, the pod never starts.',
    example: example("requests: [{ path: '/' }], scenarios: { load: { virtualUsers: 80_000 } }"),
    fix: 'Lower the load. If a node has so much memory, state it in k6.memory of the environment.',
    severity: 'warning',
  },
  'long-name': {
    what: 'The CronJob of a load test would have a name of more than 52 characters.',
    why: 'Kubernetes rejects it.',
    example: `stack: 'observability-team-1',\n${example("requests: [{ path: '/' }]").replace("name: 'shop'", "name: 'orders-of-the-international-1'")}`,
    fix: 'Shorten the name of the application, or that of the stack.',
  },
} satisfies FaultKinds;

/** A fault in a load test, without its place. */
export type LoadTestFault = Omit<FoundFault<keyof typeof loadTestFaults>, 'place'>;
