import { moduleFaults, strayFaults } from '../config/faults.js';
import { objectiveFaults } from '../content/objective/fault-kinds.js';
import { type FaultKinds, type FoundFault, findingMaker } from '../model/fault.js';
import { optionReference, valueFaults } from '../schema/fault.js';
import { loadTestFaults } from './declared/load-test-kinds.js';

const monitor = (rest: string): string =>
  `kind: ServiceMonitor\nmetadata: { name: shop, namespace: shop }\nspec:\n  selector: { matchLabels: { app: shop } }\n  ${rest}`;

const service = (rest: string): string =>
  `kind: Service\nmetadata: { name: shop, namespace: shop, labels: { app: shop } }\nspec: { selector: { app: shop }, ports: [${rest}] }`;

const both = (endpoint: string, port: string): string =>
  `${service(port)}\n---\n${monitor(`endpoints: [${endpoint}]`)}`;

const declaration = (rest: string): string =>
  `export default application({\n  name: 'shop', namespace: 'shop', labels: { app: 'shop' },\n  ${rest}\n});`;

/** Kinds of fault in the objects of `applications/`. */
export const applicationFaults = {
  ...valueFaults(
    {
      'unknown-option': declaration('metric: { port: 9464 },'),
      'missing-option':
        'kind: PodMonitor\nmetadata: { name: shop, namespace: shop }\nspec: { selector: {} }',
      'invalid-value': declaration("metrics: { port: 9464, interval: '30 seconds' },"),
      'invalid-name':
        'kind: PodMonitor\nmetadata: { name: shop, namespace: shop }\nspec:\n  selector: { matchLabels: { "the app": shop } }\n  podMetricsEndpoints: [{ portNumber: 8080 }]',
    },
    `${optionReference} The fields of monitors are those of the Prometheus operator.`,
  ),
  ...moduleFaults({
    'not-loadable':
      "import { application } from '../src/idnex.js';\n\nexport default application({ … });",
    'no-default-export': 'export const shop = application({ … });',
    'duplicate-name': 'applications/shop.ts, applications/shop.js',
  }),
  ...strayFaults('applications/shop.json5'),
  'invalid-yaml': {
    what: 'The file is not valid YAML.',
    why: 'Its objects cannot be read.',
    example: 'kind: ServiceMonitor\nmetadata: { name: {{ .Release.Name }} }',
    fix: 'Correct the YAML. If it is a template of a Helm chart, add what helm template writes.',
  },
  'invalid-encoding': {
    what: 'The file is not encoded in UTF-8.',
    why: 'Its other characters would become unreadable.',
    example: 'kind: ServiceMonitor   # Größe, in Latin-1',
    fix: 'Save the file in UTF-8.',
  },
  'unreadable-file': {
    what: 'The file cannot be read.',
    why: 'Its objects are unknown, so nothing is written.',
    example: 'applications/shop.yaml -> ../nothere.yaml   # a link to a file that does not exist',
    fix: 'Give yourself the permission to read it, correct a link, or remove it.',
  },
  'unknown-kind': {
    what: 'Objects of this kind are not read here.',
    why: 'The object has no effect.',
    example: 'kind: ServiceMonitr\nmetadata: { name: shop, namespace: shop }',
    fix: 'Use ServiceMonitor, PodMonitor, Probe or ScrapeConfig.',
  },
  'no-monitor': {
    what: 'The file has no monitor, and no object that a monitor uses.',
    why: 'The file has no effect.',
    example: 'kind: ConfigMap\nmetadata: { name: shop }',
    fix: 'Add a ServiceMonitor, PodMonitor, Probe or ScrapeConfig, or remove the file.',
    severity: 'warning',
  },
  'duplicate-monitor': {
    what: 'Another object has the same kind, namespace and name.',
    why: 'Both would have the same scrape jobs.',
    example: [1, 2]
      .map(
        () =>
          'kind: PodMonitor\nmetadata: { name: shop, namespace: shop }\nspec:\n  selector: { matchLabels: { app: shop } }\n  podMetricsEndpoints: [{ portNumber: 8080 }]',
      )
      .join('\n---\n'),
    fix: 'Remove one of them.',
  },
  'no-namespace': {
    what: 'The object has no namespace.',
    why: 'Prometheus gets a Role in each namespace in which it discovers targets.',
    example:
      'kind: PodMonitor\nmetadata: { name: shop }\nspec:\n  selector: { matchLabels: { app: shop } }\n  podMetricsEndpoints: [{ portNumber: 8080 }]',
    fix: 'Set metadata.namespace.',
  },
  'all-namespaces': {
    what: 'The monitor selects all namespaces.',
    why: 'Prometheus gets no permissions for the whole cluster, only a Role in each namespace that is listed.',
    example: monitor('namespaceSelector: { any: true }\n  endpoints: [{ targetPort: 8080 }]'),
    fix: 'List the namespaces: namespaceSelector: { matchNames: [shop] }.',
  },
  'no-service': {
    what: 'No Service in applications/ has the labels that the monitor selects.',
    why: 'The selector of the Service says which pods are scraped, and its ports say on which port. The network policies need both.',
    example: monitor('endpoints: [{ port: http }]'),
    fix: 'Add the Service as YAML, in the same or in another file of applications/, or state the port of the pods: targetPort: 8080.',
  },
  'no-port': {
    what: 'The endpoint names no port.',
    why: 'Prometheus would scrape every port of the pods.',
    example: both('{ path: /metrics }', '{ name: http, port: 80, targetPort: 8080 }'),
    fix: 'Set port to the name of a port, or state the number.',
  },
  'unknown-port': {
    what: 'The Service has no port of this name.',
    why: 'Prometheus finds no targets.',
    example: both('{ port: metrics }', '{ name: http, port: 80, targetPort: 8080 }'),
    fix: 'Use the name of a port of the Service.',
  },
  'unknown-pod-port': {
    what: 'The number of a named port of the pods is unknown.',
    why: 'Network policies need the number.',
    example: both('{ port: http }', '{ name: http, port: 80, targetPort: web }'),
    fix: 'State the number, or add the workload of the pods (Deployment, StatefulSet, DaemonSet or Pod) as YAML to applications/.',
  },
  'no-pods': {
    what: 'The Service has no selector, so its pods are unknown.',
    why: 'The network policies need the pods or the addresses.',
    example: `kind: Service\nmetadata: { name: shop, namespace: shop, labels: { app: shop } }\nspec: { ports: [{ name: http, port: 80 }] }\n---\n${monitor('endpoints: [{ port: http }]')}`,
    fix: 'Add the Endpoints or the EndpointSlice of the Service as YAML to applications/.',
  },
  'unknown-client-id': {
    what: 'No ConfigMap in applications/ has the client id.',
    why: 'Prometheus reads it from no file, so it must be in its configuration.',
    example: both(
      "{ port: http, oauth2: { clientId: { configMap: { name: login, key: id } }, clientSecret: { name: login, key: secret }, tokenUrl: 'https://login.example.com/token' } }",
      '{ name: http, port: 80, targetPort: 8080 }',
    ),
    fix: 'Add the ConfigMap as YAML to applications/.',
  },
  'unknown-server': {
    what: 'The server is in the cluster, and its pods are unknown.',
    why: 'Network policies allow only known pods and addresses.',
    example: both(
      "{ port: http, proxyUrl: 'http://proxy.shop.svc:3128' }",
      '{ name: http, port: 80, targetPort: 8080 }',
    ),
    fix: 'Add its Service as YAML to applications/, and write its host as name.namespace.svc.',
  },
  'other-address': {
    what: 'Relabelling changes the address of the targets.',
    why: 'Network policies allow only the ports of the selected pods.',
    example: both(
      '{ port: http, relabelings: [{ targetLabel: __address__, replacement: "10.1.2.3:80" }] }',
      '{ name: http, port: 80, targetPort: 8080 }',
    ),
    fix: 'Remove the step, and select the port with targetPort, or with portNumber of a PodMonitor.',
  },
  'shared-prober': {
    what: 'The blackbox-exporter of the stack requests the pages of a Probe, without the other settings of the Probe.',
    why: 'All pages are in its jobs, with the labels instance and service.',
    example:
      'kind: Probe\nmetadata: { name: shop, namespace: shop }\nspec:\n  jobName: shop\n  prober: { url: "blackbox-exporter.monitoring.svc:9115" }\n  targets: { staticConfig: { static: ["https://shop.example.com/"] } }',
    fix: 'Remove these settings. To use the prober that the Probe names, add its Service as YAML to applications/, and write prober.url as name.namespace.svc:port.',
    severity: 'warning',
  },
  'unknown-module': {
    what: 'The blackbox-exporter of the stack does not have the module of a Probe.',
    why: 'It answers each probe with an error.',
    example:
      'kind: Probe\nmetadata: { name: shop, namespace: shop }\nspec:\n  module: tcp_connect\n  prober: { url: "blackbox-exporter.monitoring.svc:9115" }\n  targets: { staticConfig: { static: ["db.example.com:5432"] } }',
    fix: "Add it to blackboxExporter.modules of the environment: { tcp_connect: { prober: 'tcp' } }.",
  },
  'no-service-port': {
    what: 'The Service in applications/ does not have the port of an address.',
    why: 'Connections to the address fail.',
    example:
      "parties: [{\n  name: 'mail', consumes: [],\n  workloads: { mail: { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } },\n  endpoints: { web: { host: 'shop.shop.svc', port: 81, offers: [health('/')] } },\n}]   // beside a Service with port 80",
    fix: 'Use a port of the Service.',
  },
  'other-pod-port': {
    what: 'The Service in applications/ maps the port of an address to another port of its pods.',
    why: 'The policies allow the port of the address, and see that of the pods: connections are blocked.',
    example:
      "parties: [{\n  name: 'mail', consumes: [],\n  workloads: { mail: { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } },\n  endpoints: { web: { host: 'shop.shop.svc', port: 80, offers: [health('/')] } },\n}]   // beside a Service with port 80 and targetPort 8080",
    fix: 'State the port of the pods in port, and that of the Service in servicePort.',
  },
  ...objectiveFaults,
  ...loadTestFaults,
  'unmeasured-objective': {
    what: 'The application does not have the events that the objective counts.',
    why: 'The objective would never have a value, and its alerts would never fire.',
    example:
      "applications: [application({\n  name: 'shop', namespace: 'shop', labels: { app: 'shop' }, traces: true,\n  objectives: [availability(99.9)],   // of its HTTP metrics, but it has no metrics page\n})]",
    fix: 'Count other events with the option of, or declare the page.',
  },
  'shared-spans': {
    what: 'Objectives of two applications count the same spans.',
    why: 'The spans of both have the same service.name, so each objective counts the requests of both.',
    example: `applications: [\n${['shop', 'shop-admin'].map((name) => `  application({\n    name: '${name}', namespace: 'shop', labels: { app: '${name}' }, traces: { service: 'orders' },\n    objectives: [availability(99.9, { of: 'spans' })],\n  }),\n`).join('')}]`,
    fix: 'Give the spans of each application a service.name of their own, and state it in traces.service.',
  },
  'left-out-objective': {
    what: 'No environment measures the objective.',
    why: 'Its rules are left out everywhere, so its alerts never fire.',
    example:
      "blackboxExporter: { enabled: false },\napplications: [application({\n  name: 'shop', namespace: 'shop', labels: { app: 'shop' },\n  health: { port: 8080, live: '/live' },\n  objectives: [availability(99.9, { of: 'probes' })],\n})]",
    fix: 'Enable the component that measures it, or count other events with the option of.',
    severity: 'warning',
  },
  'no-password': {
    what: 'The exporter has neither a password nor a client certificate for the database.',
    why: 'Only a server that trusts its clients (trust in pg_hba.conf) lets it in.',
    example:
      "applications: [application({\n  name: 'shop', namespace: 'shop', labels: { app: 'shop' }, traces: true,\n  dependsOn: [postgres({ host: 'orders-db.shop.svc', user: 'exporter', tls: { kind: 'plain', reason: 'both are on the same node' }, at: { kind: 'pods', namespace: 'shop', labels: { app: 'orders-db' } } })],\n})]",
    fix: "Set password: { secret: 'orders-db', key: 'password' }, or tls.client with a certificate.",
    severity: 'warning',
  },
  'open-password': {
    what: 'The exporter would send the password of the database without TLS.',
    why: 'Everybody on the path of the connection can read it.',
    example:
      "applications: [application({\n  name: 'shop', namespace: 'shop', labels: { app: 'shop' }, traces: true,\n  dependsOn: [redis({ host: 'cache.shop.svc', password: { secret: 'cache', key: 'passwords.json' }, at: { kind: 'pods', namespace: 'shop', labels: { app: 'cache' } } })],\n})]",
    fix: "Set tls: { certificateAuthority: { secret: 'cache', key: 'ca.crt' } }, or { kind: 'plain', reason: '…' }.",
  },
  'unverifiable-database': {
    what: 'The exporter cannot verify the certificate of the database.',
    why: 'No public certificate authority issues a certificate for the name of a Service, so it never connects.',
    example:
      "applications: [application({\n  name: 'shop', namespace: 'shop', labels: { app: 'shop' }, traces: true,\n  dependsOn: [postgres({ host: 'orders-db.shop.svc', user: 'exporter', password: { secret: 'orders-db', key: 'password' }, at: { kind: 'pods', namespace: 'shop', labels: { app: 'orders-db' } } })],\n})]",
    fix: "Set tls: { kind: 'verify-full', certificateAuthority: { secret: 'orders-db', key: 'ca.crt' } }, or { kind: 'plain', reason: '…' }.",
  },
  'private-authority': {
    what: 'The operator of the database signs its certificate with an authority of its own.',
    why: 'The exporter trusts only public certificate authorities, so it probably never connects.',
    example:
      "applications: [application({\n  name: 'shop', namespace: 'shop', labels: { app: 'shop' }, traces: true,\n  dependsOn: [postgres({ host: 'orders.abc.eu-central-1.rds.amazonaws.com', user: 'exporter', password: { secret: 'orders', key: 'password' }, at: { kind: 'addresses', cidrs: ['10.0.8.0/24'] } })],\n})]",
    fix: 'Put the bundle of certificates of the operator into a Secret, and state it in tls.certificateAuthority.',
    severity: 'warning',
  },
  'duplicate-application': {
    what: 'Another application has the same name.',
    why: 'The name is that of a party and of a scrape job.',
    example:
      "applications: [\n  application({ name: 'shop', namespace: 'shop', labels: { app: 'shop' }, traces: true }),\n  application({ name: 'shop', namespace: 'old-shop', labels: { app: 'shop' }, traces: true }),\n]",
    fix: 'Rename one of them.',
  },
  'stack-namespace': {
    what: 'The namespace of the application is one of the stack.',
    why: 'Default-deny policies isolate all pods of these namespaces, and the Services of the application would have to be among the manifests of the stack.',
    example:
      "applications: [application({ name: 'shop', namespace: 'crowsnest', labels: { app: 'shop' }, metrics: { port: 9464 } })]",
    fix: 'Deploy the application to another namespace. Pods that must be in this one can be declared in parties.',
  },
  'taken-name': {
    what: 'An application generates a dashboard or rules with the name of this file.',
    why: 'One of them would replace the other.',
    example: 'dashboards/app-shop.ts   # beside the application shop',
    fix: 'Rename the file, or the application.',
  },
  'other-server': {
    what: 'Another server of a database has the same name, but other options.',
    why: 'The name is that of an exporter, which reads one server.',
    example:
      "applications: [application({\n  name: 'shop', namespace: 'shop', labels: { app: 'shop' }, traces: true,\n  dependsOn: [redis({ name: 'cache', host: 'cache.shop.svc', at: { kind: 'pods', namespace: 'shop', labels: { app: 'cache' } } })],\n})]   // beside redisExporter.servers with another cache",
    fix: 'Give it another name, or state the same options.',
  },
  'unknown-application': {
    what: 'The option applications names a file that applications/ does not have.',
    why: 'The option has no effect.',
    example: "applications: ['shpo']",
    fix: 'Use the name of a file of applications/, without its extension.',
  },
} satisfies FaultKinds;

export type ApplicationFault = FoundFault<keyof typeof applicationFaults>;

/** Reports a fault at a path of an object. */
export type Report = (
  path: string,
  fault: ApplicationFault['fault'],
  texts?: Partial<Omit<ApplicationFault, 'fault' | 'place'>>,
) => void;

export const applicationFinding = findingMaker('applications', applicationFaults);
