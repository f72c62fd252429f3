import type { FaultKinds, FoundFault } from '../../../model/fault.js';
import type { ObjectFault } from '../../support/pod/fault.js';

export const faults = {
  'undeclared-connection': {
    what: 'The workload uses an address to which no connection is declared.',
    why: 'No network policy allows the traffic.',
    example:
      'args: [--remote=http://crowsnest-prometheus.crowsnest.svc:9090]   # consumes is empty',
    fix: 'Declare what the workload consumes, or use the address of a declared connection.',
  },
  'unknown-service': {
    what: 'The address names a Service that does not exist.',
    why: 'The name does not resolve, and no connection is possible.',
    example: 'url: http://crowsnest-promtheus.crowsnest.svc:9090',
    fix: 'Use the name of a Service that ships.',
  },
  'unknown-service-port': {
    what: 'The Service of the address does not have this port.',
    why: 'Connections fail.',
    example: 'url: http://crowsnest-prometheus.crowsnest.svc:9091',
    fix: 'Use a port of the Service.',
  },
  'unknown-pod': {
    what: 'The address names a pod that does not exist, or one without a name of its own.',
    why: 'The name does not resolve, and no connection is possible.',
    example:
      '--cluster.peer=crowsnest-alertmanager-7.crowsnest-alertmanager-peers.crowsnest.svc:9094',
    fix: 'Use the name of a pod of a StatefulSet, with the Service in its serviceName.',
  },
  'closed-port': {
    what: 'No container of the pods behind the address has this port.',
    why: 'Connections fail.',
    example:
      '--cluster.peer=crowsnest-alertmanager-2.crowsnest-alertmanager-peers.crowsnest.svc:9095   # the containers have 9094',
    fix: 'Use a port of the containers.',
  },
  'other-declared-port': {
    what: 'The party at this address is declared on another port.',
    why: 'No network policy allows the traffic.',
    example: 'url: https://logs.example.com:3101   # declared with port 3100',
    fix: 'Use the declared port, or declare this one.',
  },
  'undeclared-address': {
    what: 'No party is declared at this address.',
    why: 'No network policy allows the traffic.',
    example: 'url: https://metrics.example.com/write   # no party has this host',
    fix: 'Use a Service that ships, as name.namespace.svc, or declare the party.',
  },
  'undeclared-port': {
    what: 'The process listens on a port that its container does not declare.',
    why: 'Services, probes and network policies are derived from the declared ports.',
    example: 'args: [--web.listen-address=:9999]\nports:\n  - containerPort: 9090',
    fix: 'Use a declared port, or declare the port in the container.',
  },
  'closed-local-port': {
    what: 'Nothing else in the pod listens on this local port.',
    why: 'Connections fail.',
    example: 'args: [--upstream=http://127.0.0.1:9101/]   # nothing in the pod listens on 9101',
    fix: 'Use a port on which another process of the pod listens.',
  },
  'port-taken': {
    what: 'Two servers of a pod, or of pods on the host network, listen on the same port.',
    why: 'The second one does not start.',
    example: 'args: [--web.listen-address=:8080, --telemetry-address=:8080]',
    fix: 'Give one of them another port.',
  },
  'loopback-only': {
    what: 'A port that the container declares is open only on the loopback address of its pod.',
    why: 'Probes, scrapes and clients connect to the address of the pod, where nothing answers.',
    example: 'args: [--web.listen-address=localhost:9090]\nports:\n  - containerPort: 9090',
    fix: 'Listen on all addresses, or remove the port from the container.',
  },
  'no-brackets': {
    what: 'The address of a pod or a node is before a port without brackets, in a cluster with IPv6.',
    why: 'An IPv6 address has colons itself: the process cannot parse the text, and does not start.',
    example:
      'args: [--web.listen-address=$(POD_IP):9090]\nenv:\n  - name: POD_IP\n    valueFrom: { fieldRef: { fieldPath: status.podIP } }',
    fix: 'Put the variable in brackets, which IPv4 addresses may have too.',
  },
  'not-configured': {
    what: 'No argument, variable or file of the pod configures a port that the container declares.',
    why: 'A process that listens on another port does not answer probes, scrapes and clients.',
    example:
      'args: [--web.listen-address=:9090]\nports:\n  - containerPort: 9090\n  - containerPort: 9999',
    fix: 'Configure the process with the port of the endpoint, or waive this if the image always listens on it.',
    severity: 'warning',
  },
  'connection-not-configured': {
    what: 'No configuration of the workload has the address of a declared connection.',
    why: 'The workload never uses the connection.',
    example: 'datasources: []   # grafana consumes promql',
    fix: 'Configure the address, or remove the consumption.',
  },
  'unknown-module': {
    what: 'The prober does not have this module.',
    why: 'Every probe of this job fails.',
    example: 'params:\n  module: [http_2xxx]',
    fix: 'Use a module of the prober.',
  },
  'unknown-host': {
    what: 'No Ingress or HTTPRoute that leads to this server has the host of its public address.',
    why: 'Links in notifications and redirects after a login do not work.',
    example: 'root_url = https://grafana.example.org/   # the Ingress has grafana.example.com',
    fix: 'Use a host of the routes.',
  },
  'unreached-pages': {
    what: 'The route does not cover all pages below the public address of the server.',
    why: 'Some pages of the server answer 404.',
    example: 'paths:\n  - path: /graf\n    pathType: Exact',
    fix: 'Use the path of the public address as a prefix.',
  },
  'no-certificate': {
    what: 'The Ingress has no certificate for the host of an https address.',
    why: 'Browsers get another certificate, and warn.',
    example: 'rules:\n  - host: grafana.example.com\ntls: []',
    fix: 'Add the host to an entry of tls, with the Secret of its certificate.',
  },
  'no-backend': {
    what: 'The host has no path that leads to a Service.',
    why: 'Its requests are answered with 404.',
    example: 'rules:\n  - host: grafana.example.com\n    http: { paths: [] }',
    fix: 'Add a path with its backend.',
  },
  'missing-job': {
    what: 'A scrape job is missing that is declared.',
    why: 'Prometheus does not scrape its targets.',
    example: 'scrape_configs: []   # a declared party offers metrics',
    fix: 'Add the job.',
  },
  'undeclared-job': {
    what: 'No party offers the metrics of this scrape job.',
    why: 'No network policy allows its scrapes.',
    example: 'scrape_configs:\n  - job_name: shpo',
    fix: 'Declare the party, or remove the job.',
  },
  'no-target': {
    what: 'The relabelling of the job drops all targets.',
    why: 'Prometheus scrapes nothing for this job.',
    example: 'relabel_configs:\n  - { action: keep, source_labels: [team], regex: shpo }',
    fix: 'Change the relabelling.',
  },
  'undeclared-target': {
    what: 'The job scrapes an address that is not declared.',
    why: 'No network policy allows the traffic.',
    example: "relabel_configs:\n  - { target_label: __address__, replacement: 'db:9999' }",
    fix: 'Scrape the declared addresses.',
  },
  'unscraped-target': {
    what: 'The job does not scrape an address that is declared.',
    why: 'A network policy is open for an address that nothing uses.',
    example: 'static_configs: []   # scrapeConfigs lists db.example.com:9100',
    fix: 'Add the address to the targets.',
  },
  'wrong-targets': {
    what: 'The job finds other targets than the declared party, or not all of its pods.',
    why: 'Metrics are missing, or come from something else.',
    example:
      'kubernetes_sd_configs:\n  - role: pod   # without the labels of the party\n    namespaces: { names: [crowsnest] }',
    fix: 'Discover only the declared party, and set __address__ to its port.',
  },
  'all-namespaces': {
    what: 'The job discovers targets in all namespaces.',
    why: 'Prometheus may list only the namespaces for which it has a Role, and finds nothing.',
    example: 'kubernetes_sd_configs:\n  - role: pod',
    fix: 'Set the namespace of the party in namespaces.names.',
  },
  'no-target-label': {
    what: 'The targets do not get a label that distinguishes them.',
    why: 'Rules and dashboards use this label.',
    example: 'relabel_configs: []   # without target_label: pod',
    fix: 'Copy it from the __meta_kubernetes_… label of the target.',
  },
  'differs-from-declaration': {
    what: 'The value differs from the declaration.',
    why: 'Scrapes or notifications fail, or get other data than declared.',
    example: 'metrics_path: /metric   # declared as /metrics',
    fix: 'Use the declared value.',
  },
  'alertmanager-not-found': {
    what: 'No entry finds the Alertmanager to which Prometheus is declared to send alerts.',
    why: 'No alert is sent.',
    example: 'alerting:\n  alertmanagers: []',
    fix: 'Discover its pods, and set __address__ to its port.',
  },
  'target-not-probed': {
    what: 'The relabelling of the job does not send the target to the prober.',
    why: 'Prometheus scrapes the target itself, or the probe of another one.',
    example: 'relabel_configs: []   # without target_label: __param_target',
    fix: 'Copy __address__ to __param_target, that (or the host of __param_hostname, if the server has several hosts) to instance, and set __address__ to the prober.',
  },
  'no-service-label': {
    what: "The target has no label 'service'.",
    why: 'Rules and dashboards distinguish the probed pages by it.',
    example:
      "static_configs:\n  - targets: ['http://crowsnest-grafana.crowsnest.svc:3000/api/health']   # without labels",
    fix: 'Add the name of the workload as the label service.',
  },
  'page-not-probed': {
    what: 'No job probes a health page that is declared to be probed.',
    why: 'Nobody notices that the server is down.',
    example: 'static_configs:\n  - targets: []',
    fix: 'Add the page to the targets.',
  },
} satisfies FaultKinds;

export type EndpointsFault = ObjectFault<keyof typeof faults>;
export type Result = FoundFault<keyof typeof faults>;
