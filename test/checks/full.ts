import type { ComponentKey } from '../../src/components/index.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { workload } from '../../src/kubernetes/workload.js';
import { optional, required } from '../../src/model/consumption.js';
import { health, metrics, offer } from '../../src/model/offer.js';
import type { Component, Party } from '../../src/model/party.js';
import { optionsOfComponents } from '../components/options.js';
import type { Whole } from './whole.js';

const resources = { cpu: '20m', memory: '32Mi', memoryLimit: '64Mi' };

/** A user's component: a Deployment with two containers, one of which uses the API. */
const gatekeeper: Component = {
  name: 'gatekeeper',
  endpoints: {
    web: { port: 8080, offers: [health('/healthy'), metrics()] },
    gossip: { port: 7946, protocol: 'UDP', offers: [offer('peers')] },
  },
  consumes: [required('kubernetes-api'), optional('peers'), optional('x-orders')],
  render: (scope, wiring) => {
    const image = { reference: 'registry.example.com/gatekeeper:1.2.3', user: 1000, group: 1000 };
    workload(scope, wiring, 'gatekeeper', {
      kind: 'Deployment',
      replicas: 2,
      containers: [
        { name: 'web', image, endpoints: ['web'], resources, connects: true },
        { name: 'gossip', image, endpoints: ['gossip'], resources },
      ],
    });
  },
};

/** An application in a namespace with default-deny isolation. */
const shop: Party = {
  name: 'shop',
  workloads: { web: { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } },
  endpoints: {
    metrics: {
      port: 9000,
      authentication: { kind: 'bearer', token: { secret: 'shop-token', key: 'token' } },
      offers: [metrics('/metrics', { job: 'shop', interval: '15s', sampleLimit: 1000 })],
    },
    orders: { port: 8081, offers: [offer('x-orders')] },
  },
  consumes: [optional('traces', { variant: 'grpc' })],
};

/** A data source outside the cluster. */
const logs: Party = {
  name: 'logs',
  workloads: { logs: { kind: 'addresses', cidrs: ['192.0.2.0/28'] } },
  endpoints: {
    query: {
      port: 3100,
      scheme: 'https',
      host: 'logs.example.com',
      verification: { kind: 'public-ca' },
      offers: [offer('datasource', { variant: 'loki' })],
    },
  },
  consumes: [],
};

const grouped = {
  continue: false,
  groupBy: ['...'],
  groupWait: '10s',
  groupInterval: '2m',
  repeatInterval: '8h',
  muteTimeIntervals: [],
  activeTimeIntervals: [],
  routes: [],
};

/** The settings of a route that has those of its parent. */
const inherited = {} as typeof grouped;

const all = await optionsOfComponents();
// Without a load test of an application k6 is not deployed, and without a receiver of Amazon SNS a role has no use.
const { awsRole: _, ...alertmanager } = all.alertmanager;
const options = { ...all, alertmanager, k6: {} };

/** An environment that sets every option; the options of the components are next to their tests. */
export const full = {
  ...options,
  stage: 'production',
  stack: 'everything',
  cluster: {
    name: 'full',
    nodes: 100,
    cores: 16,
    pods: 2000,
    platform: 'kubeadm',
    nodeCidrs: ['10.20.0.0/22', 'fd00:20::/64'],
    apiServer: {
      serviceAddress: '10.96.0.1',
      endpointCidrs: ['10.20.0.10/32', '10.20.0.11/32'],
      endpointPort: 7443,
    },
    controlPlane: 'exposed',
    dns: {
      localAddresses: ['169.254.20.10'],
      pods: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
      port: 5353,
      metricsPort: 9153,
    },
    kubelet: { kind: 'unverified', reason: 'it signs its own certificate' },
    networkPlugin: 'kubernetes',
    storageClass: { name: 'fast', expandable: true },
  },
  namespaces: { stack: 'observability', nodeAgents: 'observability-agents' },
  otherNamespaces: { shop: { isolation: 'default-deny' } },
  size: 'large',
  nodeAgents: { kind: 'deployed' },
  containerMetrics: 'cadvisor',
  alerting: {
    receivers: [
      {
        kind: 'webhook',
        name: 'hook',
        sendResolved: false,
        url: { secret: 'alertmanager', key: 'hook' },
        port: 8443,
        at: { kind: 'addresses', cidrs: ['192.0.2.80/28'] },
      },
      {
        kind: 'slack',
        name: 'channel',
        sendResolved: true,
        url: { secret: 'alertmanager', key: 'slack' },
        port: 443,
        channel: '#alerts',
        at: { kind: 'addresses', cidrs: ['192.0.2.96/28'] },
      },
      {
        kind: 'msteams',
        name: 'teams',
        sendResolved: true,
        url: { secret: 'alertmanager', key: 'teams' },
        port: 443,
        at: { kind: 'addresses', cidrs: ['192.0.2.112/28'] },
      },
      {
        kind: 'pagerduty',
        name: 'on-call',
        sendResolved: true,
        routingKey: { secret: 'alertmanager', key: 'pagerduty' },
        at: { kind: 'addresses', cidrs: ['192.0.2.128/28'] },
      },
      {
        kind: 'email',
        name: 'mail',
        sendResolved: true,
        to: 'platform@example.com',
        from: 'alerts@example.com',
        smtp: {
          host: 'smtp.example.com',
          port: 587,
          username: 'alerts',
          password: { secret: 'alertmanager', key: 'smtp' },
          requireTls: true,
        },
        at: { kind: 'addresses', cidrs: ['192.0.2.144/28'] },
      },
    ],
    defaultReceiver: 'channel',
    groupBy: ['alertname', 'cluster', 'namespace'],
    groupWait: '30s',
    groupInterval: '5m',
    repeatInterval: '12h',
    templates: { 'shop.tmpl': '{{ define "shop.title" }}{{ .Status }}{{ end }}' },
    servers: [],
    routes: [
      {
        matchers: ['severity="critical"', 'namespace=~"platform|data"'],
        receiver: 'on-call',
        continue: true,
        groupBy: ['alertname', 'namespace'],
        groupWait: '0s',
        groupInterval: '1m',
        repeatInterval: '4h',
        muteTimeIntervals: [],
        activeTimeIntervals: [],
        routes: [
          { matchers: ['namespace="data"'], receiver: 'teams', ...grouped },
          { matchers: ['region="eu"', 'subject="targets"'], receiver: 'mail', ...grouped },
          { matchers: ['alertname=~"Prometheus.*"'], receiver: 'hook', ...inherited },
        ],
      },
      { matchers: ['severity="critical"'], receiver: 'channel', ...grouped, routes: [] },
    ],
    deadMansSwitch: {
      url: { secret: 'alertmanager', key: 'dead-mans-switch' },
      port: 443,
      at: { kind: 'addresses', cidrs: ['192.0.2.160/28'] },
    },
    proxy: {
      url: 'http://proxy.example.com:3128',
      at: { kind: 'addresses', cidrs: ['192.0.2.176/28'] },
    },
  },
  exposure: {
    grafana: {
      kind: 'ingress',
      host: 'grafana.example.com',
      ingressClass: 'nginx',
      tlsSecret: 'grafana-tls',
      annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '8m' },
      otherHosts: ['dashboards.example.com'],
      path: '/grafana',
      serviceAnnotations: { 'example.com/owner': 'platform' },
      metricsPassword: { secret: 'grafana-metrics', key: 'password' },
      probe: {
        kind: 'service',
        service: 'ingress-nginx-controller',
        port: 443,
        podPort: 8443,
        verified: false,
      },
      controller: {
        kind: 'pods',
        namespace: 'ingress-nginx',
        labels: { 'app.kubernetes.io/name': 'ingress-nginx' },
        hostNetwork: true,
      },
    },
    behindAuthProxy: {
      proxy: {
        kind: 'pods',
        namespace: 'auth',
        labels: { app: 'oauth2-proxy' },
        hostNetwork: false,
      },
      path: 'kept',
      prometheus: 'https://ops.example.com/prometheus',
      alertmanager: 'https://ops.example.com/alertmanager',
      jaeger: 'https://ops.example.com/jaeger',
      route: {
        kind: 'ingress',
        ingressClass: 'nginx',
        tlsSecret: 'ops-tls',
        annotations: {
          'nginx.ingress.kubernetes.io/auth-url': 'https://login.example.com/oauth2/auth',
        },
        authentication: 'the controller asks oauth2-proxy about each request',
      },
    },
  },
  runbooks: 'https://git.example.com/platform/runbooks',
  proxy: {
    url: 'http://proxy.example.com:3128',
    at: { kind: 'addresses', cidrs: ['192.0.2.16/28'] },
    certificateAuthority: { configMap: 'trusted-ca', key: 'ca.crt' },
  },
  imageMirror: 'registry.example.com/mirror',
  pullSecrets: ['registry'],
  secrets: {
    source: {
      kind: 'external-secrets',
      store: { kind: 'ClusterSecretStore', name: 'vault' },
      refreshInterval: '30m',
      prefix: 'observability/production/',
      remote: {
        registry: {
          key: 'shared/registry',
          values: { '.dockerconfigjson': { key: 'shared/registry', property: 'docker' } },
        },
      },
      except: ['grafana-credentials'],
    },
    versions: { 'postgres-orders': '2' },
  },
  priorityClass: 'observability',
  hostUsers: false,
  appArmor: 'RuntimeDefault',
  labels: { team: 'platform' },
  annotations: { 'example.com/owner': 'platform@example.com' },
  nodeSelector: { pool: 'observability' },
  tolerations: [{ key: 'pool', operator: 'Equal', value: 'observability', effect: 'NoSchedule' }],
  choices: { promql: 'prometheus' },
  applications: [],
  annotatedPods: [{ namespace: 'annotated', ports: [8080, 9090] }],
  parties: [shop, logs],
  components: [gatekeeper],
  patch: (object) => object,
} satisfies Whole<Omit<EnvironmentOptions, Free | ComponentKey | 'alerting'>> &
  Pick<EnvironmentOptions, Free> & { alerting: Whole<Omit<Alerting, Alternative>> };

type Alerting = NonNullable<EnvironmentOptions['alerting']>;

// Instead of other options, or with receivers that need them.
type Alternative = 'config' | 'plainSmtp' | 'unverified';

// No environment needs all of these: they list what exists, or what is wrong.
type Free = 'alerts' | 'choices' | 'parties' | 'components' | 'waivers';
