import { type FaultKinds, findingMaker } from '../model/fault.js';

/** Kinds of fault in parties and their connections. */
export const connectionFaults = {
  'duplicate-party': {
    what: 'Two parties have the same name.',
    why: 'Connections, objects and scrape jobs use the name.',
    example: "parties: [{ name: 'shop', … }, { name: 'shop', … }]",
    fix: 'Give each component, application and outside party its own name.',
  },
  'duplicate-workload': {
    what: 'Two components have a workload of the same name.',
    why: 'The objects of a workload have its name.',
    example: "workloads: { server: { kind: 'own', namespace: 'stack' } }   // of two components",
    fix: 'Name the workload after its component.',
  },
  'duplicate-port': {
    what: 'Two endpoints of a workload have the same port.',
    why: 'A Service and a container can have a port only once.',
    example:
      'endpoints: { web: { port: 8080, … }, metrics: { port: 8080, … } }   // of a component',
    fix: 'Use one endpoint: it can have several offers.',
  },
  'no-provider': {
    what: 'A party requires something that nothing in this environment offers.',
    why: 'The party does not work without it.',
    example: "consumes: [required('traces')]   // Jaeger is disabled",
    fix: 'Add a component or an outside party that offers it.',
  },
  'several-providers': {
    what: 'Several parties offer what a party consumes from exactly one.',
    why: 'Crowsnest does not guess which one to use.',
    example: "consumes: [required('promql')]   // and two parties offer it",
    fix: "Choose one: choices: { promql: 'prometheus' }.",
  },
  'unknown-choice': {
    what: 'A choice names a party that does not exist, or does not offer this.',
    why: 'The choice has no effect.',
    example: "choices: { promql: 'promtheus' }",
    fix: 'Use the name of a party that offers it, or remove the choice.',
  },
  'duplicate-source': {
    what: 'Grafana has two data sources with the same uid.',
    why: 'Grafana does not start with such data sources.',
    example:
      "endpoints: {\n  a: { port: 3100, offers: [offer('datasource', { variant: 'loki' })], … },\n  b: { port: 3101, offers: [offer('datasource', { variant: 'loki' })], … },\n}",
    fix: "Give one of them its own uid: offer('datasource', { variant: 'loki', uid: '…' }).",
  },
  'source-authentication': {
    what: 'Grafana cannot authenticate with the token of its service account.',
    why: 'Queries to this data source fail.',
    example: "authentication: { kind: 'token', … }   // of an endpoint that offers a data source",
    fix: "Use authentication of the kind 'bearer' or 'basic'.",
  },
  'receiver-host': {
    what: 'The gateway has no address of the party to which it sends.',
    why: 'Its configuration needs a host name.',
    example:
      "otelGateway: { enabled: true },\nchoices: { 'otel-gateway.traces': 'tempo' },\nparties: [{ name: 'tempo', endpoints: { grpc: { port: 4317, … } }, … }]   // without host",
    fix: "Add the name of its Service: host: 'tempo.tempo.svc'.",
  },
  'receiver-login': {
    what: 'The gateway cannot log in to the party to which it sends.',
    why: 'It sends a token or a password only in a header, and only over TLS.',
    example:
      "endpoints: { grpc: { port: 4317, scheme: 'grpc', authentication: { kind: 'bearer', … }, … } }   // of a party that offers traces",
    fix: "Use scheme: 'https' and authentication of the kind 'bearer', 'basic' or 'token'; for another header, the option otelGateway.store.",
  },
  'receiver-path': {
    what: 'The path of a receiver by OTLP is not the one to which clients add theirs.',
    why: 'The receiver answers with status 404, and what was sent is lost.',
    example:
      "logAgent: { enabled: true, store: { url: 'https://loki.example.com/loki/api/v1/push' } }",
    fix: "Use the path before '/v1/logs': of Loki, '/otlp'.",
  },
  'loki-path': {
    what: 'Lines are sent by OTLP to the root of Loki.',
    why: 'Loki receives OTLP at /otlp. At its root it answers with status 404, and the lines are lost.',
    example: "logAgent: { enabled: true, store: { url: 'http://loki.example.com:3100' } }",
    fix: "Add '/otlp' to the path. If a proxy adds it, this warning does not apply.",
    severity: 'warning',
  },
  'no-tenant': {
    what: 'Grafana queries this Loki as a tenant, and lines are sent to it without one.',
    why: 'A Loki with tenants rejects requests without X-Scope-OrgID, and the lines are lost.',
    example:
      "logAgent: { enabled: true },\nparties: [{ name: 'loki', endpoints: { http: { port: 3100, host: 'loki.shop.svc', offers: [\n  offer('logs', { variant: 'http', path: '/otlp' }),\n  offer('logql', { jsonData: { httpHeaderName1: 'X-Scope-OrgID' }, secureJsonData: { httpHeaderValue1: 'shop' } }),\n] } } }]",
    fix: "Add the header to the offer: offer('logs', { …, headers: { 'X-Scope-OrgID': '…' } }).",
    severity: 'warning',
  },
  'no-logs': {
    what: 'A store or a gateway for logs is deployed, and nothing sends lines to it.',
    why: 'It stays empty. The policies deny connections of senders that are not declared.',
    example: 'loki: { enabled: true }',
    fix: "Set logAgent: { enabled: true }, logs in an application, or declare what sends as a party: consumes: [required('logs')].",
    severity: 'warning',
  },
  'relay-loop': {
    what: 'Parties pass on to each other what they receive.',
    why: 'What they receive circulates between them, and no other party gets it.',
    example: "choices: { 'otel-gateway.traces': 'relay', 'relay.traces': 'otel-gateway' }",
    fix: 'Choose another provider for one of them.',
  },
  'uncounted-spans': {
    what: 'Spans bypass the gateway that counts them.',
    why: 'The store of traces counts no spans itself if a gateway does: dashboards, alerts and objectives miss these.',
    example: "otelGateway: { enabled: true },\nchoices: { 'checkout.traces': 'jaeger' }",
    fix: 'Remove the choice.',
    severity: 'warning',
  },
  'other-place': {
    what: 'The host of a party is not where the party is.',
    why: 'The policies allow connections only to where it is.',
    example:
      "endpoints: { web: { port: 3100, host: 'loki.logging.svc', … } },\nworkloads: { loki: { kind: 'pods', namespace: 'loki', labels: { app: 'loki' } } }",
    fix: 'Use the name of a Service in the namespace of its pods, or correct the workload.',
  },
  'shared-namespace': {
    what: 'Pods that Crowsnest does not deploy run in a namespace of the stack.',
    why: 'Its policies deny everything else, such as their DNS queries, and it allows only restricted pods.',
    example:
      "parties: [{ name: 'relay', workloads: { relay: { kind: 'pods', namespace: 'crowsnest', labels: { app: 'relay' } } }, … }]",
    fix: 'Use another namespace, or add your own NetworkPolicy for what else these pods need.',
    severity: 'warning',
  },
  'unknown-kept-job': {
    what: 'prometheus.keep names a scrape job that this environment does not have.',
    why: 'The option has no effect.',
    example: "prometheus: { keep: { kubelt: { also: ['kubelet_.*'] } } }",
    fix: 'Use the name of a scrape job.',
  },
  'unknown-kept-metric': {
    what: 'prometheus.keep names a metric that the targets of the scrape job do not expose.',
    why: 'The option has no effect: the series is never stored.',
    example: "prometheus: { keep: { kubelet: { also: ['kubelet_no_such_total'] } } }",
    fix: 'Correct the name, or remove it.',
  },
  'duplicate-job': {
    what: 'Two scrape jobs have the same name.',
    why: 'Prometheus does not start with such a configuration.',
    example: "offers: [metrics('/metrics'), metrics('/metrics/more')]",
    fix: "Give one of them its own name: metrics('/metrics/more', { job: '…' }).",
  },
  'long-timeout': {
    what: 'The timeout of a scrape is longer than its interval.',
    why: 'Prometheus does not start with such a configuration.',
    example: "offers: [metrics('/metrics', { interval: '5s', timeout: '10s' })]",
    fix: 'Set it to at most the interval, or set a longer interval.',
  },
} satisfies FaultKinds;

export const connectionFinding = findingMaker('connections', connectionFaults);
