import { describe, expect, test } from 'vitest';
import endpoints from '../../src/checks/network/endpoints.js';
import { workload } from '../../src/kubernetes/workload.js';
import { metrics } from '../../src/model/offer.js';
import type { Component } from '../../src/model/party.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, type Mutable, manifestOf } from './input.js';
import { proxied, raw } from './raw.js';

const { patch: _patch, ...whole } = full;
const stack = build(whole);

const map = (component: string) => `ConfigMap observability/everything-${component}-config`;
const files = {
  prometheus: [map('prometheus'), 'prometheus.yml'],
  jaeger: [map('jaeger'), 'config.yaml'],
  grafana: [map('grafana'), 'grafana.ini'],
  dataSources: [map('grafana'), 'datasources.yaml'],
  blackbox: [map('blackbox-exporter'), 'config.yml'],
} as const;

const found = (input: ReturnType<typeof inputOf>) =>
  endpoints
    .run(input)
    .map(({ place, fault, suggestion }) => [
      place.path,
      fault,
      ...(suggestion ? [suggestion] : []),
    ]);

/** The findings after a text in a file is replaced. */
const inFile = (file: keyof typeof files, text: string, replacement: string) => {
  const [title, key] = files[file];
  const before: string = manifestOf(stack, title).object.data[key];
  expect(before).toContain(text);
  const input = changed(stack, title, ({ data }: Mutable) => {
    data[key] = before.replace(text, replacement);
  });
  return found(input);
};

/** The findings after an argument of a container is replaced. */
const inArguments = (title: string, text: string, replacement: string) =>
  found(
    changed(stack, title, ({ spec }: Mutable) => {
      for (const container of spec.template.spec.containers) {
        container.args = container.args?.map((one: string) => one.replace(text, replacement));
      }
    }),
  );

test('every address in a minimal and in a full environment has a target', () => {
  expect(endpoints.run(inputOf(build(minimal)))).toEqual([]);
  expect(endpoints.run(inputOf(stack))).toEqual([]);
});

const prometheus = 'http://everything-prometheus.observability.svc:9090';
const forgottenPromql = ['grafana -> prometheus.web (promql)', 'connection-not-configured'];

test('the case of letters in a host does not matter', () => {
  const upper = 'http://Everything-Prometheus.observability.svc:9090';
  expect(inFile('dataSources', prometheus, upper)).toEqual([]);
});

describe('an address without a target is reported', () => {
  test.each<[keyof typeof files, string, string, string[][]]>([
    [
      'dataSources',
      prometheus,
      'http://everything-promtheus.observability.svc:9090',
      [
        ['datasources.yaml: datasources[0].url', 'unknown-service', 'everything-prometheus'],
        forgottenPromql,
      ],
    ],
    [
      'dataSources',
      prometheus,
      'http://everything-prometheus.observability.svc:9091',
      [['datasources.yaml: datasources[0].url', 'unknown-service-port', '9090'], forgottenPromql],
    ],
    [
      'dataSources',
      prometheus,
      'http://everything-prometheus.observabilty.svc:9090',
      [['datasources.yaml: datasources[0].url', 'undeclared-address'], forgottenPromql],
    ],
    [
      'dataSources',
      prometheus,
      'http://everything-kube-state-metrics.observability.svc:8080',
      [['datasources.yaml: datasources[0].url', 'undeclared-connection'], forgottenPromql],
    ],
    [
      'dataSources',
      'https://logs.example.com:3100',
      'https://log.example.com:3100',
      [
        ['datasources.yaml: datasources[4].url', 'undeclared-address', 'logs.example.com'],
        ['grafana -> logs.query (datasource)', 'connection-not-configured'],
      ],
    ],
    [
      'jaeger',
      ':4317',
      ':4319',
      [['config.yaml: receivers.otlp.protocols.grpc.endpoint', 'undeclared-port']],
    ],
    [
      'jaeger',
      ':4317',
      '127.0.0.1:4317',
      [['config.yaml: receivers.otlp.protocols.grpc.endpoint', 'loopback-only']],
    ],
    [
      'jaeger',
      ':13133',
      'localhost:13133',
      [['config.yaml: extensions.healthcheckv2.http.endpoint', 'loopback-only']],
    ],
    [
      'jaeger',
      'port: 8888',
      'port: 8887',
      [
        [
          'config.yaml: service.telemetry.metrics.readers[0].pull.exporter.prometheus.port',
          'undeclared-port',
        ],
      ],
    ],
    [
      'grafana',
      'root_url = https://grafana.example.com',
      'root_url = https://graphana.example.com',
      [['grafana.ini: server.root_url', 'unknown-host', 'grafana.example.com']],
    ],
  ])('%s: %j as %j', (file, text, replacement, findings) => {
    expect(inFile(file, text, replacement)).toEqual(findings);
  });

  test('of a pod behind its Service', () => {
    const alertmanager = 'StatefulSet observability/everything-alertmanager';
    const peer = 'everything-alertmanager-2.everything-alertmanager-peers';
    const at = 'spec.template.spec.containers[0].args[11]';
    const paths = (replacement: string) => inArguments(alertmanager, peer, replacement);
    expect(paths('everything-alertmanager-3.everything-alertmanager-peers')).toEqual([
      [at, 'unknown-pod', 'everything-alertmanager-0'],
    ]);
    expect(paths('everything-alertmanager-2.everything-alertmanager')).toEqual([
      [at, 'unknown-pod', 'everything-alertmanager-2'],
    ]);
    expect(
      inArguments(alertmanager, `${peer}.observability.svc:9094`, `${peer}.observability.svc:9095`),
    ).toEqual([[at, 'closed-port', '9093']]);
  });

  test('of a server in the same pod', () => {
    const plain = build(minimal);
    const input = changed(
      plain,
      'DaemonSet crowsnest-agents/crowsnest-node-exporter',
      ({ spec }) => {
        for (const container of spec.template.spec.containers) {
          container.args = container.args.map((one: string) =>
            one.replace('--upstream=http://127.0.0.1:9100/', '--upstream=http://127.0.0.1:9102/'),
          );
        }
      },
    );
    expect(found(input)).toEqual([[expect.stringMatching(/args/), 'closed-local-port']]);
  });

  test('of the container itself instead of another container', () => {
    const exporter = 'DaemonSet crowsnest-agents/crowsnest-node-exporter';
    const input = changed(build(minimal), exporter, ({ spec }) => {
      const [, proxy] = spec.template.spec.containers;
      proxy.args = proxy.args.map((one: string) => one.replace(/^(--upstream=.*:)9100/, '$19101'));
    });
    expect(found(input)).toEqual([[expect.stringMatching(/args/), 'closed-local-port']]);
  });
});

test('a connection without configuration is reported at the workload that needs it', () => {
  const [title, key] = files.dataSources;
  const input = changed(stack, title, ({ data }: Mutable) => {
    data[key] = data[key].replaceAll(prometheus, 'http://127.0.0.1:3000');
  });
  expect(endpoints.run(input).map(({ place }) => place)).toEqual([
    {
      object: 'StatefulSet observability/everything-grafana',
      construct: expect.stringMatching(/./),
      path: forgottenPromql[0],
    },
  ]);
});

describe('the public address of a server needs a route', () => {
  const ingress = 'Ingress observability/everything-grafana';
  const route = 'HTTPRoute crowsnest/crowsnest-grafana';
  const behindGateway = build({
    ...minimal,
    exposure: {
      grafana: {
        kind: 'gateway',
        host: 'grafana.example.com',
        gateway: { namespace: 'gateways', name: 'public' },
        metricsPassword: { secret: 'grafana-metrics', key: 'password' },
        controller: { namespace: 'gateways', labels: { app: 'proxy' } },
      },
    },
  });
  const pages = 'unreached-pages';
  const path = 'spec.rules[0].http.paths[0].path';
  const certificate = ['spec.tls', 'no-certificate'];

  test.each<[string, (spec: Mutable) => unknown, unknown[]]>([
    ['without a path', ({ rules }) => delete rules[0].http.paths[0].path, [[path, pages]]],
    ['with a longer path', ({ rules }) => (rules[0].http.paths[0].path = '/d'), [[path, pages]]],
    [
      'for one page only',
      ({ rules }) => (rules[0].http.paths[0].pathType = 'Exact'),
      [[path, pages]],
    ],
    [
      'with a host without a path',
      ({ rules }) => delete rules[0].http,
      [
        ['grafana.ini: server.root_url', 'unknown-host'],
        ['spec.rules[0].http', 'no-backend'],
      ],
    ],
    ['without TLS', (spec) => delete spec.tls, [certificate]],
    ['with a certificate without hosts', ({ tls }) => delete tls[0].hosts, [certificate]],
    [
      'with the certificate of another host',
      ({ tls }) => (tls[0].hosts = ['graphs.example.com', '*.grafana.example.com']),
      [certificate],
    ],
    ['with a wildcard certificate', ({ tls }) => (tls[0].hosts = ['*.example.com']), []],
  ])('an Ingress %s', (_, change, findings) => {
    expect(found(changed(stack, ingress, ({ spec }) => change(spec)))).toEqual(findings);
  });

  test('an HTTPRoute', () => {
    expect(found(inputOf(behindGateway))).toEqual([]);
    const input = changed(behindGateway, route, ({ spec }) => {
      spec.rules[0].matches[0].path.value = '/d';
    });
    expect(found(input)).toEqual([['spec.rules[0].matches[0].path', pages]]);
  });
});

describe('Prometheus must discover exactly the declared targets', () => {
  const misled = (text: string, replacement: string) =>
    inFile('prometheus', text, replacement).map(([path, fault]) => [
      path?.replace('prometheus.yml: ', ''),
      fault,
    ]);
  const job = (name: string, text: string, replacement: string) => {
    const before: string = manifestOf(stack, files.prometheus[0]).object.data['prometheus.yml'];
    const from = before.indexOf(`- job_name: ${name}\n`);
    const section = before.slice(from, before.indexOf('- job_name:', from + 5));
    expect(section).toContain(text);
    return misled(section, section.replace(text, replacement)).map(([, fault]) => fault);
  };

  test.each<[string, string, string, string[]]>([
    ['a port', '$1:8888', '$1:8887', ['wrong-targets']],
    [
      'a meta label',
      '__meta_kubernetes_pod_name',
      '__meta_kubernetes_pod_nmae',
      ['no-target-label'],
    ],
    ['a label', 'target_label: node', 'target_label: nod', ['no-target-label']],
    ['the phase', 'Pending|Succeeded|Failed|Unknown', 'Pending|Running', ['wrong-targets']],
    ['the namespace', '- observability\n', '- observabilty\n', ['wrong-targets']],
    [
      'the selector',
      'app.kubernetes.io/name=jaeger,app.kubernetes.io/instance=everything,app.kubernetes.io/component=jaeger',
      'app.kubernetes.io/instance=everything',
      ['wrong-targets'],
    ],
    [
      'the role',
      'role: pod\n',
      'role: node\n',
      ['wrong-targets', ...Array(3).fill('no-target-label')],
    ],
    ['the scheme', 'scheme: http', 'scheme: https', ['differs-from-declaration']],
    ['the page', 'metrics_path: /metrics', 'metrics_path: /metric', ['differs-from-declaration']],
    ['the name', 'job_name: jaeger\n', 'job_name: jeager\n', ['missing-job', 'undeclared-job']],
  ])('%s', (_, text, replacement, faults) => {
    expect(job('jaeger', text, replacement)).toEqual(faults);
  });

  test('with the declared credentials', () => {
    expect(job('shop', 'type: Bearer', 'type: Basic')).toEqual(['differs-from-declaration']);
  });

  test('and the Alertmanagers', () => {
    expect(misled('replacement: $1:9093', 'replacement: $1:9090')).toEqual([
      ['alerting.alertmanagers', 'alertmanager-not-found'],
    ]);
  });

  test('and the probed pages', () => {
    expect(misled('target_label: __param_target', 'target_label: __param_targt')[0]).toEqual([
      expect.stringMatching(/^scrape_configs\[\d+\]\.relabel_configs$/),
      'target-not-probed',
    ]);
    for (const [text, wrong] of [
      ['__param_hostname: grafana', '__param_hostname: grafan'],
      ['__param_hostname: grafana.example.com', 'hostname: grafana.example.com'],
      ['replacement: https://$1', 'replacement: http://$1'],
    ] as const) {
      expect(misled(text, wrong)).toContainEqual([
        expect.stringMatching(/^scrape_configs\[\d+\]\.relabel_configs$/),
        'target-not-probed',
      ]);
    }
    expect(inFile('blackbox', 'http_200:', 'http_20:')).toEqual([
      [
        expect.stringMatching(/^prometheus\.yml: scrape_configs\[\d+\]\.params\.module$/),
        'unknown-module',
        'http_20',
      ],
    ]);
  });

  test('and probes all declared pages with a name', () => {
    const grafana = `      - targets:
          - http://everything-grafana.observability.svc:3000/grafana/api/health
        labels:
          service: grafana
`;
    const unasked = ['scrape_configs', 'page-not-probed'];
    expect(misled(grafana, '')).toContainEqual(unasked);
    expect(misled(grafana, grafana.replace('/health', '/healthy'))).toContainEqual(unasked);
    expect(misled(grafana, grafana.replace('service: grafana', 'page: grafana'))).toEqual([
      [expect.stringMatching(/^scrape_configs\[\d+\]\.static_configs$/), 'no-service-label'],
    ]);
  });

  test('and only in namespaces that it may list', () => {
    const namespaces = `        namespaces:
          names:
            - observability
`;
    expect(job('jaeger', namespaces, '')).toEqual(['all-namespaces']);
  });
});

test('the declared labels of targets must exist and have the declared values', () => {
  const labelled = {
    name: 'north',
    workloads: { web: { kind: 'pods', namespace: 'shop', labels: { app: 'north' } } },
    endpoints: {
      metrics: { port: 9000, offers: [metrics('/metrics', { labels: { shop: 'a' } })] },
    },
    consumes: [],
  } as const;
  const environment = build({ ...minimal, parties: [labelled] });
  expect(endpoints.run(inputOf(environment))).toEqual([]);
  const title = 'ConfigMap crowsnest/crowsnest-prometheus-config';
  const message = "The label 'shop' of its targets differs from the declaration.";
  for (const [text, replacement, value] of [
    ['replacement: a\n', 'replacement: b\n', 'b'],
    ['target_label: shop', 'target_label: shopp', 'nothing'],
  ] as const) {
    const input = changed(environment, title, ({ data }: Mutable) => {
      expect(data['prometheus.yml']).toContain(text);
      data['prometheus.yml'] = data['prometheus.yml'].replace(text, replacement);
    });
    expect(endpoints.run(input)).toMatchObject([{ message, value }]);
  }
});

test('two servers of a pod on the same port are reported', () => {
  const [title, key] = [map('jaeger'), 'config.yaml'];
  const input = changed(stack, title, ({ data }) => {
    data[key] = data[key].replaceAll(' :4318', ' :4317');
  });
  expect(endpoints.run(input).map(({ fault }) => fault)).toContain('port-taken');
});

test('a port that is declared for TCP and UDP has a server for each', () => {
  const statsd = (...args: string[]): Component => ({
    name: 'statsd',
    endpoints: {
      tcp: { port: 9125, scheme: 'tcp', offers: [] },
      udp: { port: 9125, protocol: 'UDP', offers: [] },
    },
    consumes: [],
    render: (scope, wiring) =>
      workload(scope, wiring, 'statsd', {
        kind: 'Deployment',
        replicas: 1,
        containers: [
          {
            name: 'statsd',
            image: { reference: 'registry.example.com/statsd:1.0.0', user: 1000, group: 1000 },
            args,
            endpoints: ['tcp', 'udp'],
            resources: { cpu: '10m', memory: '16Mi', memoryLimit: '32Mi' },
          },
        ],
      }),
  });
  const faultsOf = (...args: string[]) =>
    endpoints
      .run(inputOf(build({ ...minimal, components: [statsd(...args)] })))
      .map(({ fault }) => fault);
  const both = ['--listen-tcp=:9125', '--listen-udp=:9125'];
  expect(faultsOf(...both)).toEqual([]);
  expect(faultsOf(...both, '--listen-unix=:9125')).toEqual(['port-taken']);
});

describe('a port of a node', () => {
  const agent = (name: string, port: number): Component => ({
    name,
    workloads: { [name]: { kind: 'own', namespace: 'nodeAgents', hostNetwork: true } },
    endpoints: { web: { port, offers: [] } },
    consumes: [],
    render: (scope, wiring) =>
      workload(scope, wiring, name, {
        kind: 'DaemonSet',
        hostAccess: { hostNetwork: 'it measures the network', openPort: `${port}: for a test` },
        containers: [
          {
            name,
            image: { reference: 'registry.example.com/agent:1.0.0', user: 1000, group: 1000 },
            args: [`--listen=[$(POD_IP)]:${port}`],
            podFields: { POD_IP: 'status.podIP' },
            endpoints: ['web'],
            resources: { cpu: '10m', memory: '16Mi', memoryLimit: '32Mi' },
          },
        ],
      }),
  });
  const faultsOf = (agents: Component[], selectors: Record<string, Mutable> = {}) => {
    const input = inputOf(build({ ...minimal, components: agents }));
    const manifests = input.manifests.map((one) => {
      const object: Mutable = structuredClone(one.object);
      const nodeSelector = selectors[object.metadata.name];
      if (object.kind === 'DaemonSet' && nodeSelector) {
        object.spec.template.spec.nodeSelector = nodeSelector;
      }
      return { ...one, object };
    });
    return endpoints.run({ ...input, manifests }).map(({ place, fault }) => [place.path, fault]);
  };

  test('that two agents use is reported', () => {
    expect(faultsOf([agent('gpu', 9400)])).toEqual([]);
    expect(faultsOf([agent('gpu', 9400), agent('hardware', 9400)])).toEqual([
      ['components[1].endpoints', 'port-taken'],
    ]);
  });

  test('that the kubelet uses is reported', () => {
    expect(faultsOf([agent('gpu', 10250)])).toEqual([['components[0].endpoints', 'port-taken']]);
  });

  test('that the kubelet and kube-proxy use without a connection is reported', () => {
    for (const port of [10248, 10249, 10256])
      expect(faultsOf([agent('gpu', port)])).toHaveLength(1);
    expect(faultsOf([agent('gpu', 10251)])).toEqual([]);
  });

  test('can be shared by agents that run on different nodes', () => {
    const agents = [agent('gpu', 9400), agent('hardware', 9400)];
    const nodes = (vendor: string) => ({ 'example.com/vendor': vendor });
    const on = (gpu: string, hardware: string) => ({
      'crowsnest-gpu': nodes(gpu),
      'crowsnest-hardware': nodes(hardware),
    });
    expect(faultsOf(agents, on('a', 'b'))).toEqual([]);
    expect(faultsOf(agents, on('a', 'a'))).toHaveLength(1);
  });
});

test('a variable that overrides the port of a file is reported', () => {
  const withPort = (value: string) =>
    found(
      changed(stack, 'StatefulSet observability/everything-grafana', ({ spec }: Mutable) =>
        spec.template.spec.containers[0].env.push({ name: 'GF_SERVER_HTTP_PORT', value }),
      ),
    );
  expect(withPort('80')).toEqual([
    [expect.stringMatching(/env\[\d+\]\.value$/), 'undeclared-port'],
  ]);
  expect(withPort('3000')).toEqual([]);
});

test('the address of a pod needs brackets before a port, in a cluster with IPv6', () => {
  const withoutBrackets = (...nodeCidrs: string[]) => {
    const { cluster } = minimal;
    const stack = build({
      ...minimal,
      cluster: { ...cluster, nodeCidrs },
      alertmanager: { replicas: 3 },
    });
    const input = changed(
      stack,
      'StatefulSet crowsnest/crowsnest-alertmanager',
      ({ spec }: Mutable) => {
        const [container] = spec.template.spec.containers;
        expect(container.args.join()).toContain('[$(POD_IP)]');
        container.args = container.args.map((one: string) =>
          one.replace('[$(POD_IP)]', '$(POD_IP)'),
        );
      },
    );
    return endpoints.run(input).map(({ fault }) => fault);
  };
  expect(withoutBrackets('2001:db8::/64')).toEqual(['no-brackets']);
  expect(withoutBrackets('10.0.0.0/16', '2001:db8::/64')).toEqual(['no-brackets']);
  expect(withoutBrackets('10.0.0.0/16')).toEqual([]);
});

test('a client of another container is not a second server', () => {
  const faultsOf = (...args: string[]) => {
    const container = (name: string, arg: string, own: string[]) => ({
      name,
      image: { reference: 'registry.example.com/cache:1.0.0', user: 1000, group: 1000 },
      args: [arg],
      endpoints: own,
      resources: { cpu: '10m', memory: '16Mi', memoryLimit: '32Mi' },
    });
    const component: Component = {
      name: 'cache',
      endpoints: { web: { port: 9150, offers: [] } },
      consumes: [],
      render: (scope, wiring) =>
        workload(scope, wiring, 'cache', {
          kind: 'Deployment',
          replicas: 1,
          containers: args.map((arg, index) =>
            container(`cache-${index}`, arg, index === 0 ? ['web'] : []),
          ),
        }),
    };
    return endpoints
      .run(inputOf(build({ ...minimal, components: [component] })))
      .map(({ fault }) => fault);
  };
  expect(faultsOf('--listen=:9150', '--memcached.address=localhost:9150')).toEqual([]);
  expect(faultsOf('--listen=:9150', '--upstream=127.0.0.1:9150')).toEqual([]);
  expect(faultsOf('--listen=:9150', '--listen=127.0.0.1:9150')).toEqual(['port-taken']);
  expect(faultsOf('--listen=localhost:9150', '--upstream=localhost:9150')).toEqual([
    'loopback-only',
  ]);
});

describe('native receivers', () => {
  const inReceiver = (of: Parameters<typeof build>[0], text: string, replacement: string) =>
    found(
      changed(
        build(of),
        'ConfigMap crowsnest/crowsnest-alertmanager-config',
        ({ data }: Mutable) => {
          expect(data['alertmanager.yml']).toContain(text);
          data['alertmanager.yml'] = data['alertmanager.yml'].replace(text, replacement);
        },
      ),
    );
  const telegram = 'https://telegram.example.com';
  const at = 'alertmanager.yml: receivers[1].telegram_configs[0].api_url';

  test('with an address that no party has are reported', () => {
    expect(inReceiver(raw, telegram, 'https://telegramm.example.com')).toEqual([
      [at, 'undeclared-address', 'telegram.example.com'],
    ]);
    expect(inReceiver(raw, telegram, `${telegram}:8443`)).toEqual([[at, 'other-declared-port']]);
  });

  test('can have links for people, which are not addresses of connections', () => {
    expect(inReceiver(raw, 'https://people.example.com/', 'https://others.example.com/')).toEqual(
      [],
    );
  });

  test('connect only to the proxy if there is one', () => {
    expect(inReceiver(proxied, telegram, 'https://telegramm.example.com')).toEqual([]);
    expect(inReceiver(proxied, 'proxy.example.com:3128', 'proxy.example.com:3129')).toEqual([
      ['alertmanager.yml: global.http_config.proxy_url', 'other-declared-port'],
    ]);
    // Without the field, this receiver has its own HTTP client and does not use the proxy.
    const proxy = '          proxy_url: http://proxy.example.com:3128\n          basic_auth:';
    expect(inReceiver(proxied, proxy, '          basic_auth:')).toEqual([
      ['alertmanager.yml: receivers[1].jira_configs[0].api_url', 'undeclared-address'],
    ]);
  });
});

describe('native scrape jobs', () => {
  const inJobs = (text: string, replacement: string) =>
    found(
      changed(
        build(raw),
        'ConfigMap crowsnest/crowsnest-prometheus-config',
        ({ data }: Mutable) => {
          expect(data['prometheus.yml']).toContain(text);
          data['prometheus.yml'] = data['prometheus.yml'].replace(text, replacement);
        },
      ),
    );
  const path = expect.stringMatching(/^prometheus\.yml: scrape_configs\[\d+\]$/);
  const stray = 'undeclared-target';
  const lost = 'unscraped-target';

  test.each([
    ['another target', '10.1.2.3:9100', '10.1.2.4:9100', '10.1.2.3:9100'],
    [
      'another port',
      'exporter.example.com:9116',
      'exporter.example.com:9117',
      'exporter.example.com:9116',
    ],
    [
      'another DNS name',
      '- appliances.example.com',
      '- appliance.example.com',
      'appliances.example.com:8443',
    ],
    [
      'another token server',
      'https://login.example.com/',
      'https://logins.example.com/',
      'login.example.com:443',
    ],
    [
      'another exporter',
      'pages.exporters.svc:9115',
      'pages.exporters.svc:9116',
      'pages.exporters.svc:9115',
    ],
  ])('with %s are reported', (_, text, replacement, meant) => {
    expect(inJobs(text, replacement)).toEqual([
      [path, stray, meant],
      [path, lost],
    ]);
  });

  test('with an address that relabelling sets are reported', () => {
    expect(inJobs('target_label: shard', 'target_label: __address__')).toContainEqual([
      path,
      stray,
    ]);
    expect(inJobs('target_label: host', 'target_label: __address__')).toEqual([
      [path, 'no-target'],
    ]);
  });

  test('with another scheme, path or name are reported', () => {
    const scheme = 'scheme: http\n    enable_compression: false';
    expect(inJobs(scheme, scheme.replace('http', 'https'))).toEqual([
      [expect.stringContaining('.scheme'), 'differs-from-declaration'],
    ]);
    expect(inJobs('job_name: appliances', 'job_name: appliance')).toContainEqual([
      'prometheus.yml: scrape_configs',
      'missing-job',
      'appliance',
    ]);
  });

  test('connect to the exporter, and not to addresses in parameters and labels', () => {
    expect(inJobs('https://switch.example.com/', 'https://other.example.com/')).toEqual([]);
    expect(inJobs('https://shop.example.com/', 'https://other.example.com/')).toEqual([]);
    expect(inJobs('https://a.example/', 'https://b.example/')).toEqual([]);
    expect(inJobs('- if_mib', '- other_mib')).toEqual([]);
  });
});

describe('a declared port that is not configured', () => {
  const kubeStateMetrics = 'Deployment observability/everything-kube-state-metrics';
  const inComponent = (args: string[], ...ports: number[]) => {
    const component: Component = {
      name: 'cache',
      endpoints: Object.fromEntries(ports.map((port) => [`port-${port}`, { port, offers: [] }])),
      consumes: [],
      render: (scope, wiring) =>
        workload(scope, wiring, 'cache', {
          kind: 'Deployment',
          replicas: 1,
          containers: [
            {
              name: 'cache',
              image: { reference: 'registry.example.com/cache:1.0.0', user: 1000, group: 1000 },
              args,
              endpoints: ports.map((port) => `port-${port}`),
              resources: { cpu: '10m', memory: '16Mi', memoryLimit: '32Mi' },
            },
          ],
        }),
    };
    return endpoints
      .run(inputOf(build({ ...minimal, components: [component] })))
      .map(({ severity, place, value }) => [severity, place.path, value]);
  };

  test('is a warning if other ports of the pod are configured', () => {
    const port = 'spec.template.spec.containers[0].ports[1].containerPort';
    expect(
      found(
        changed(stack, kubeStateMetrics, ({ spec }: Mutable) => {
          const [container] = spec.template.spec.containers;
          container.args = container.args.filter((one: string) => !one.includes('telemetry'));
        }),
      ),
    ).toEqual([[port, 'not-configured']]);
    expect(inComponent(['--listen=:8000'], 8000, 8001)).toEqual([
      ['warning', port, '8001 (port-8001)'],
    ]);
  });

  test('is an error if the process listens on another port', () => {
    expect(inComponent(['--listen=:8002'], 8000)).toEqual([
      ['error', 'spec.template.spec.containers[0].args[0]', ':8002'],
    ]);
  });

  test('has no finding if an argument has its number, or if nothing configures a listener', () => {
    expect(inComponent(['--listen=:8000', '--admin', '8001'], 8000, 8001)).toEqual([]);
    expect(inComponent([], 8000, 8001)).toEqual([]);
    expect(inComponent(['--verbose'], 8000)).toEqual([]);
  });
});
