import type { FaultKinds } from '../../model/fault.js';

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
    what: 'Prometheus has two replicas, and the results of a run are in one of them.',
    why: 'k6 sends them to one address, whose Service keeps a client at one replica: Grafana is at the same one, or shows nothing of the run.',
    example: `prometheus: { replicas: 2 },\n${example("requests: [{ path: '/' }]")}`,
    fix: "Use the end of the log of a run, set prometheus.replicas to 1, or send the results to a store of your own: a party with offer('results', { path: '/api/v1/push' }) and choices: { results: 'its name' }, from which Grafana also reads.",
    severity: 'warning',
  },
  'long-name': {
    what: 'The CronJob of a load test would have a name of more than 52 characters.',
    why: 'Kubernetes rejects it.',
    example: `stack: 'observability-team-1',\n${example("requests: [{ path: '/' }]").replace("name: 'shop'", "name: 'orders-of-the-international-1'")}`,
    fix: 'Shorten the name of the application, or that of the stack.',
  },
} satisfies FaultKinds;
