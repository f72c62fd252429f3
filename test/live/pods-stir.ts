import type { KubernetesObject } from '../../src/model/manifest.js';
import { bystanderImage, elsewhere } from './pods-bystanders.js';
import type { PodCluster } from './pods-cluster.js';

/** Causes activity until the machine ends: traces, DNS requests, alerts, requests to pages. */
export const stir = async ({ machine, pods }: PodCluster): Promise<void> => {
  const all = await pods();
  const addressOf = (title: string): string => all.get(title)?.status.podIP;
  const addresses = {
    jaeger: addressOf('crowsnest/crowsnest-jaeger-0'),
    prometheus: addressOf('crowsnest/crowsnest-prometheus-0'),
    alertmanager: addressOf('crowsnest/crowsnest-alertmanager-0'),
    dns: addressOf('kube-system/coredns'),
  };
  machine.start([process.execPath, '-e', everySecond, JSON.stringify(addresses)]);
};

const everySecond = `
const { jaeger, prometheus, alertmanager, dns } = JSON.parse(process.argv[1]);
const { Resolver } = require('node:dns').promises;
const { randomBytes } = require('node:crypto');
const resolver = new Resolver({ timeout: 1000, tries: 1 });
resolver.setServers([dns]);
const post = (url, body) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const trace = () => {
  const traceId = randomBytes(16).toString('hex');
  const [parent, child] = [randomBytes(8).toString('hex'), randomBytes(8).toString('hex')];
  const end = Date.now() * 1e6;
  const times = { startTimeUnixNano: String(end - 2e7), endTimeUnixNano: String(end) };
  return { resourceSpans: [{
    resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
    scopeSpans: [{ spans: [
      { traceId, spanId: parent, name: 'GET /order', kind: 2, ...times },
      { traceId, spanId: child, parentSpanId: parent, name: 'SELECT order', kind: 3, status: { code: 2 }, attributes: [{ key: 'server.address', value: { stringValue: 'orders-db.shop.svc' } }], ...times },
    ] }],
  }] };
};
const later = () => new Date(Date.now() + 3600000).toISOString();
const now = () => new Date().toISOString();
const silence = () => post('http://' + alertmanager + ':9093/api/v2/silences', {
  matchers: [{ name: 'alertname', value: 'Silenced', isRegex: false, isEqual: true }],
  startsAt: now(), endsAt: later(), createdBy: 'the test', comment: 'while it is mended',
});
const alerts = () => post('http://' + alertmanager + ':9093/api/v2/alerts', ['Silenced', 'Told'].map(
  (alertname) => ({ labels: { alertname, severity: 'warning' }, startsAt: now() })));
const all = () => [
  post('http://' + jaeger + ':4318/v1/traces', trace()),
  fetch('http://' + jaeger + ':16686/api/traces?service=shop'),
  fetch('http://' + prometheus + ':9090/api/v1/query?query=up'),
  alerts(),
  ...['kubernetes.default.svc.cluster.local', 'no.such.svc.cluster.local', 'example.com'].map((name) => resolver.resolve4(name)),
];
silence().catch(() => {});
setInterval(() => Promise.allSettled(all()), 1000);
`;

const limits = { cpu: '100m', memory: '32Mi' };

const podSpec = (args: readonly string[]) => ({
  automountServiceAccountToken: false,
  terminationGracePeriodSeconds: 0,
  containers: [
    {
      name: 'main',
      image: bystanderImage.reference,
      args,
      resources: { requests: limits, limits },
    },
  ],
});

const workload = (name: string, args: readonly string[]): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: elsewhere, name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: podSpec(args) },
  },
});

/** Workloads with and without problems. */
export const workloadsOfAllKinds: readonly KubernetesObject[] = [
  workload('well', ['httpd', '-f', '-p', '8080']),
  workload('failing', ['false']),
  workload('grown-too-large', ['tail', '/dev/zero']),
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: elsewhere, name: 'without-a-place' },
    spec: { ...podSpec(['sleep', '1']), nodeSelector: { 'example.com/none': 'such' } },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { namespace: elsewhere, name: 'once' },
    spec: { template: { spec: { ...podSpec(['true']), restartPolicy: 'Never' } } },
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { namespace: elsewhere, name: 'share' },
    spec: { hard: { pods: '50' } },
  },
];
