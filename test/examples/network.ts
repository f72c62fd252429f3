import production from '../sample/environments/production.js';
import { edit } from './edit.js';
import { merge } from './merge.js';
import {
  alertmanager,
  container,
  dataSourcesFile,
  kubeStateMetrics,
  nodeExporter,
  prometheus,
  prometheusFile,
} from './sample-object.js';
import {
  type Given,
  inEnvironment,
  inFile,
  inObject,
  manifests,
  newObject,
  removed,
  type Settings,
  stackOf,
} from './setting.js';

const inJob = (name: string, given: Given = {}) =>
  inFile(...prometheusFile, `scrape_configs.${name}`, given);
const inSource = (given?: Given) => inFile(...dataSourcesFile, 'datasources.Prometheus', given);
const unusedSource = { also: ['connection-not-configured'] };

const behindIngress = stackOf({
  ...production,
  exposure: {
    ...production.exposure,
    grafana: {
      kind: 'ingress',
      host: 'grafana.example.com',
      ingressClass: 'nginx',
      tlsSecret: 'grafana-tls',
      metricsPassword: { secret: 'grafana-metrics', key: 'password' },
      controller: { namespace: 'ingress-nginx', labels: { app: 'nginx' } },
    },
  },
});
const inIngress = (path: string, given: Given = {}) =>
  inObject('Ingress crowsnest/crowsnest-grafana', path, {
    stack: behindIngress,
    lists: 'by index',
    ...given,
  });

const at = { kind: 'addresses', cidrs: ['192.0.2.0/28'] };
const native = stackOf(
  merge(production, {
    prometheus: {
      scrapeConfigs: [
        { at, config: { job_name: 'db', static_configs: [{ targets: ['db.example.com:9100'] }] } },
      ],
    },
  }),
);
const withLogs = stackOf(
  merge(production, {
    parties: [
      {
        name: 'logs',
        workloads: { logs: at },
        endpoints: {
          query: {
            port: 3100,
            scheme: 'https',
            host: 'logs.example.com',
            verification: { kind: 'public-ca' },
            offers: [{ capability: 'datasource', variant: 'loki' }],
          },
        },
        consumes: [],
      },
    ],
  }),
);

export const endpoints: Settings = {
  'undeclared-connection': inObject(kubeStateMetrics, container),
  'unknown-service': inSource(unusedSource),
  'unknown-service-port': inSource(unusedSource),
  'unknown-pod': inObject(alertmanager, `${container}.args.+`),
  'closed-port': inObject(alertmanager, `${container}.args.+`),
  'other-declared-port': inFile(...dataSourcesFile, 'datasources.3', {
    stack: withLogs,
    ...unusedSource,
  }),
  'undeclared-address': inSource(unusedSource),
  'undeclared-port': inObject(prometheus, container),
  'closed-local-port': inObject(nodeExporter, 'spec.template.spec.containers.1'),
  'port-taken': inObject(kubeStateMetrics, container),
  'loopback-only': inObject(prometheus, container),
  'no-brackets': inObject(prometheus, container, {
    stack: stackOf(merge(production, { cluster: { nodeCidrs: ['2001:db8::/64'] } })),
  }),
  'not-configured': inObject(prometheus, container),
  'connection-not-configured': inFile(...dataSourcesFile),
  'unknown-module': inJob('probe', { lists: 'replace' }),
  'unknown-host': manifests((example) =>
    edit('ConfigMap crowsnest/crowsnest-grafana-config', ({ data, ...rest }) => ({
      ...rest,
      data: {
        ...data,
        'grafana.ini': data['grafana.ini'].replace(/root_url = .*/, example.replace(/ +#.*/, '')),
      },
    })),
  ),
  'unreached-pages': inIngress('spec.rules.0.http'),
  'no-certificate': inIngress('spec'),
  'no-backend': inIngress('spec'),
  'missing-job': inFile(...prometheusFile, '', {
    also: ['connection-not-configured', 'page-not-probed'],
  }),
  'undeclared-job': inFile(...prometheusFile),
  'no-target': inJob('db', { stack: native }),
  'undeclared-target': inJob('db', { stack: native }),
  'unscraped-target': inJob('db', { stack: native, also: ['no-target'] }),
  'wrong-targets': inJob('prometheus', { lists: 'replace', also: ['no-target-label'] }),
  'all-namespaces': inJob('prometheus', { lists: 'replace', also: ['no-target-label'] }),
  'no-target-label': inJob('prometheus', { also: ['wrong-targets'] }),
  'differs-from-declaration': inJob('prometheus'),
  'alertmanager-not-found': inFile(...prometheusFile),
  'target-not-probed': inJob('probe'),
  'no-service-label': inJob('probe'),
  'page-not-probed': inJob('probe', { lists: 'replace', also: ['connection-not-configured'] }),
};

const unencrypted = stackOf(
  merge(production, {
    exposure: {
      grafana: {
        kind: 'ingress',
        gateway: undefined,
        tlsSecret: { heldBy: 'load-balancer' },
        controller: {
          kind: 'addresses',
          namespace: undefined,
          labels: undefined,
          cidrs: ['10.0.0.0/20'],
        },
        probe: undefined,
      },
    },
  }),
);

export const ingress: Settings = {
  'two-classes': inIngress(''),
  'no-node-port': inIngress('', { also: ['default-health-check'] }),
  'other-protocol': inIngress(''),
  'rewritten-path': inIngress(''),
  'misspelt-annotation': inIngress(''),
  'invalid-range': inIngress(''),
  'incomplete-login': inIngress(''),
  'default-target': inIngress('', { also: ['default-health-check'] }),
  'default-health-check': inIngress(''),
  'no-https': inIngress('', { stack: unencrypted, also: ['default-health-check'] }),
  'unread-class': inIngress(''),
  'no-endpoint-group': inIngress('', { replaces: ['spec.ingressClassName'] }),
};

export const reachability: Settings = {
  'no-default-deny': removed('crowsnest'),
  'blocked-egress': inObject('NetworkPolicy crowsnest/crowsnest-grafana'),
  'blocked-ingress': inObject('NetworkPolicy crowsnest/crowsnest-prometheus'),
  'undeclared-pods': newObject({ apiVersion: 'networking.k8s.io/v1', metadata: { name: 'shop' } }),
  'no-listener': inObject(prometheus, container),
  'named-port': inObject('NetworkPolicy crowsnest/crowsnest-prometheus', 'spec', {
    also: ['unneeded-opening'],
  }),
  'unneeded-opening': inObject('NetworkPolicy crowsnest/crowsnest-prometheus', 'spec'),
};

export const spans: Settings = {
  'no-sender': inEnvironment({ together: { parties: undefined } }),
};
