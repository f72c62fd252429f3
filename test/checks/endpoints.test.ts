import { describe, expect, test } from 'vitest';
import endpoints from '../../src/checks/endpoints.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, manifestOf, type Spoilt } from './input.js';
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
    .map(({ place, message, suggestion }) => [
      place.path,
      message,
      ...(suggestion ? [suggestion] : []),
    ]);

/** What is found where one text of a file is another. */
const inFile = (file: keyof typeof files, text: string, replacement: string) => {
  const [title, key] = files[file];
  const before: string = manifestOf(stack, title).object.data[key];
  expect(before).toContain(text);
  const input = changed(stack, title, ({ data }: Spoilt) => {
    data[key] = before.replace(text, replacement);
  });
  return found(input);
};

/** What is found where one argument of a container is another. */
const inArguments = (title: string, text: string, replacement: string) =>
  found(
    changed(stack, title, ({ spec }: Spoilt) => {
      for (const container of spec.template.spec.containers) {
        container.args = container.args?.map((one: string) => one.replace(text, replacement));
      }
    }),
  );

test('every address of a minimal and of a full environment leads somewhere', () => {
  expect(endpoints.run(inputOf(build(minimal)))).toEqual([]);
  expect(endpoints.run(inputOf(stack))).toEqual([]);
});

const prometheus = 'http://everything-prometheus.observability.svc:9090';
const forgottenPromql = [
  'grafana -> prometheus.web (promql)',
  'No configuration of grafana has the address.',
];

describe('an address that leads nowhere is found', () => {
  test.each<[keyof typeof files, string, string, string[][]]>([
    [
      'dataSources',
      prometheus,
      'http://everything-promtheus.observability.svc:9090',
      [
        [
          'datasources.yaml: datasources[0].url',
          "There is no Service 'everything-promtheus' in observability.",
          'everything-prometheus',
        ],
        forgottenPromql,
      ],
    ],
    [
      'dataSources',
      prometheus,
      'http://everything-prometheus.observability.svc:9091',
      [
        [
          'datasources.yaml: datasources[0].url',
          "Service 'everything-prometheus' has no port 9091.",
          '9090',
        ],
        forgottenPromql,
      ],
    ],
    [
      'dataSources',
      prometheus,
      'http://everything-prometheus.observabilty.svc:9090',
      [
        ['datasources.yaml: datasources[0].url', 'No party is declared at this address.'],
        forgottenPromql,
      ],
    ],
    [
      'dataSources',
      prometheus,
      'http://everything-kube-state-metrics.observability.svc:8080',
      [
        [
          'datasources.yaml: datasources[0].url',
          'No connection is declared from everything-grafana to this address.',
        ],
        forgottenPromql,
      ],
    ],
    [
      'dataSources',
      'https://logs.example.com:3100',
      'https://log.example.com:3100',
      [
        [
          'datasources.yaml: datasources[3].url',
          'No party is declared at this address.',
          'logs.example.com',
        ],
        ['grafana -> logs.query (datasource)', 'No configuration of grafana has the address.'],
      ],
    ],
    [
      'jaeger',
      '0.0.0.0:4317',
      '0.0.0.0:4319',
      [
        [
          'config.yaml: receivers.otlp.protocols.grpc.endpoint',
          'It listens on port 4319, which its container does not name.',
        ],
      ],
    ],
    [
      'jaeger',
      'port: 8888',
      'port: 8887',
      [
        [
          'config.yaml: service.telemetry.metrics.readers[0].pull.exporter.prometheus.port',
          'It listens on port 8887, which its container does not name.',
        ],
      ],
    ],
    [
      'grafana',
      'root_url = https://grafana.example.com',
      'root_url = https://graphana.example.com',
      [
        [
          'grafana.ini: server.root_url',
          'People do not come by this address: none of the routes that lead here has the host.',
          'grafana.example.com',
        ],
      ],
    ],
  ])('%s: %j as %j', (file, text, replacement, findings) => {
    expect(inFile(file, text, replacement)).toEqual(findings);
  });

  test('of a pod behind its Service', () => {
    const alertmanager = 'StatefulSet observability/everything-alertmanager';
    const peer = 'everything-alertmanager-2.everything-alertmanager-peers';
    const at = 'spec.template.spec.containers[0].args[9]';
    const paths = (replacement: string) => inArguments(alertmanager, peer, replacement);
    expect(paths('everything-alertmanager-3.everything-alertmanager-peers')).toEqual([
      [
        at,
        "No pod is called 'everything-alertmanager-3' behind the Service 'everything-alertmanager-peers'.",
        'everything-alertmanager-0',
      ],
    ]);
    expect(paths('everything-alertmanager-2.everything-alertmanager')).toEqual([
      [
        at,
        "No pod is called 'everything-alertmanager-2' behind the Service 'everything-alertmanager'.",
        'everything-alertmanager-2',
      ],
    ]);
    expect(
      inArguments(alertmanager, `${peer}.observability.svc:9094`, `${peer}.observability.svc:9095`),
    ).toEqual([[at, "No container of 'everything-alertmanager-2' listens on port 9095.", '9093']]);
  });

  test('of a server inside the pod', () => {
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
    expect(found(input)).toEqual([
      [expect.stringMatching(/args/), 'Nothing else in the pod listens on port 9102.'],
    ]);
  });

  test('of the container itself, where another is meant', () => {
    const exporter = 'DaemonSet crowsnest-agents/crowsnest-node-exporter';
    const input = changed(build(minimal), exporter, ({ spec }) => {
      const [, proxy] = spec.template.spec.containers;
      proxy.args = proxy.args.map((one: string) => one.replace(/^(--upstream=.*:)9100/, '$19101'));
    });
    expect(found(input)).toEqual([
      [expect.stringMatching(/args/), 'Nothing else in the pod listens on port 9101.'],
    ]);
  });
});

test('a connection that no configuration has is found at the workload that is to have it', () => {
  const [title, key] = files.dataSources;
  const input = changed(stack, title, ({ data }: Spoilt) => {
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

describe('people come by the address that a server says of itself', () => {
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
  const pages = 'It does not lead to all pages below https://grafana.example.com/.';
  const path = 'spec.rules[0].http.paths[0].path';
  const certificate = ['spec.tls', 'No certificate is for the host by which people come.'];

  test.each<[string, (spec: Spoilt) => unknown, unknown[]]>([
    ['without a path', ({ rules }) => delete rules[0].http.paths[0].path, [[path, pages]]],
    ['by a path below', ({ rules }) => (rules[0].http.paths[0].path = '/d'), [[path, pages]]],
    [
      'by one page alone',
      ({ rules }) => (rules[0].http.paths[0].pathType = 'Exact'),
      [[path, pages]],
    ],
    [
      'by a host without a path',
      ({ rules }) => delete rules[0].http,
      [['spec.rules[0].http', 'The host leads to no Service.']],
    ],
    ['without TLS', (spec) => delete spec.tls, [certificate]],
    ['with a certificate of nobody', ({ tls }) => delete tls[0].hosts, [certificate]],
    [
      'with the certificate of another host',
      ({ tls }) => (tls[0].hosts = ['graphs.example.com', '*.grafana.example.com']),
      [certificate],
    ],
    ['with a certificate of all hosts', ({ tls }) => (tls[0].hosts = ['*.example.com']), []],
  ])('an Ingress that leads there %s', (_, change, findings) => {
    expect(found(changed(stack, ingress, ({ spec }) => change(spec)))).toEqual(findings);
  });

  test('an HTTPRoute that leads there', () => {
    expect(found(inputOf(behindGateway))).toEqual([]);
    const input = changed(behindGateway, route, ({ spec }) => {
      spec.rules[0].matches[0].path.value = '/d';
    });
    expect(found(input)).toEqual([['spec.rules[0].matches[0].path', pages]]);
  });
});

describe('Prometheus finds what it is declared to scrape, and nothing else', () => {
  const misled = (text: string, replacement: string) =>
    inFile('prometheus', text, replacement).map(([path, message]) => [
      path?.replace('prometheus.yml: ', ''),
      message,
    ]);
  const job = (name: string, text: string, replacement: string) => {
    const before: string = manifestOf(stack, files.prometheus[0]).object.data['prometheus.yml'];
    const from = before.indexOf(`- job_name: ${name}\n`);
    const section = before.slice(from, before.indexOf('- job_name:', from + 5));
    expect(section).toContain(text);
    return misled(section, section.replace(text, replacement)).map(([, message]) => message);
  };

  test.each<[string, string, string, string[]]>([
    ['a port', '$1:8888', '$1:8887', ['It does not find jaeger on port 8888 alone.']],
    [
      'a meta label',
      '__meta_kubernetes_pod_name',
      '__meta_kubernetes_pod_nmae',
      ["Its targets get no label 'pod'."],
    ],
    ['a label', 'target_label: node', 'target_label: nod', ["Its targets get no label 'node'."]],
    [
      'the phase',
      'Pending|Succeeded|Failed|Unknown',
      'Pending|Running',
      ['It does not find jaeger on port 8888 alone.'],
    ],
    [
      'the namespace',
      '- observability\n',
      '- observabilty\n',
      ['It does not find jaeger on port 8888 alone.'],
    ],
    [
      'the selector',
      'app.kubernetes.io/name=jaeger,app.kubernetes.io/instance=everything,app.kubernetes.io/component=jaeger',
      'app.kubernetes.io/instance=everything',
      ['It does not find jaeger on port 8888 alone.'],
    ],
    [
      'the role',
      'role: pod\n',
      'role: node\n',
      [
        'It does not find jaeger on port 8888 alone.',
        ...['namespace', 'pod', 'node'].map((label) => `Its targets get no label '${label}'.`),
      ],
    ],
    ['the scheme', 'scheme: http', 'scheme: https', ['It is declared otherwise.']],
    ['the page', 'metrics_path: /metrics', 'metrics_path: /metric', ['It is declared otherwise.']],
    [
      'the name',
      'job_name: jaeger\n',
      'job_name: jeager\n',
      [
        "No job 'jaeger' scrapes jaeger, which is declared to be scraped.",
        'No party is declared that offers the metrics of this job.',
      ],
    ],
  ])('%s', (_, text, replacement, messages) => {
    expect(job('jaeger', text, replacement)).toEqual(messages);
  });

  test('with the credentials that are declared', () => {
    expect(job('shop', 'type: Bearer', 'type: Basic')).toEqual(['It is declared otherwise.']);
  });

  test('and the Alertmanagers', () => {
    expect(misled('replacement: $1:9093', 'replacement: $1:9090')).toEqual([
      [
        'alerting.alertmanagers',
        'No entry finds alertmanager, to which alerts are declared to go.',
      ],
    ]);
  });

  test('and the pages that are probed', () => {
    expect(misled('target_label: __param_target', 'target_label: __param_targt')[0]).toEqual([
      'scrape_configs[20].relabel_configs',
      'It does not have blackbox-exporter ask this target, under its name.',
    ]);
    expect(inFile('blackbox', 'http_200:', 'http_20:')).toEqual([
      [
        'prometheus.yml: scrape_configs[20].params.module',
        'The prober has no such module.',
        'http_20',
      ],
    ]);
  });

  test('and pages that nobody probes, or under no name', () => {
    const grafana = `      - targets:
          - http://everything-grafana.observability.svc:3000/api/health
        labels:
          service: grafana
`;
    const unasked = ['scrape_configs', 'The page of grafana is not asked.'];
    expect(misled(grafana, '')).toContainEqual(unasked);
    expect(misled(grafana, grafana.replace('/health', '/healthy'))).toContainEqual(unasked);
    expect(misled(grafana, grafana.replace('service: grafana', 'page: grafana'))).toEqual([
      ['scrape_configs[20].static_configs', "The target gets no label 'service'."],
    ]);
  });

  test('and only in namespaces that it may list', () => {
    const namespaces = `        namespaces:
          names:
            - observability
`;
    expect(job('jaeger', namespaces, '')).toEqual(['It discovers in all namespaces.']);
  });
});

test('two servers of a pod that would listen on one port are found', () => {
  const [title, key] = [map('jaeger'), 'config.yaml'];
  const input = changed(stack, title, ({ data }) => {
    data[key] = data[key].replaceAll('0.0.0.0:4318', '0.0.0.0:4317');
  });
  expect(endpoints.run(input).map(({ message }) => message)).toContain(
    'Another server of the pod listens on port 4317.',
  );
});

describe('of receivers in Alertmanager’s own words', () => {
  const inReceiver = (of: Parameters<typeof build>[0], text: string, replacement: string) =>
    found(
      changed(
        build(of),
        'ConfigMap crowsnest/crowsnest-alertmanager-config',
        ({ data }: Spoilt) => {
          expect(data['alertmanager.yml']).toContain(text);
          data['alertmanager.yml'] = data['alertmanager.yml'].replace(text, replacement);
        },
      ),
    );
  const telegram = 'https://telegram.example.com';
  const at = 'alertmanager.yml: receivers[1].telegram_configs[0].api_url';

  test('an address that no party has is found', () => {
    expect(inReceiver(raw, telegram, 'https://telegramm.example.com')).toEqual([
      [at, 'No party is declared at this address.', 'telegram.example.com'],
    ]);
    expect(inReceiver(raw, telegram, `${telegram}:8443`)).toEqual([
      [at, 'everybody is declared on another port.'],
    ]);
  });

  test('what people are led to is no address that Alertmanager asks', () => {
    expect(inReceiver(raw, 'https://people.example.com/', 'https://others.example.com/')).toEqual(
      [],
    );
  });

  test('behind a proxy its address alone is one, wherever it stands', () => {
    expect(inReceiver(proxied, telegram, 'https://telegramm.example.com')).toEqual([]);
    expect(inReceiver(proxied, 'proxy.example.com:3128', 'proxy.example.com:3129')).toEqual([
      ['alertmanager.yml: global.http_config.proxy_url', 'everybody is declared on another port.'],
    ]);
    // Without it this receiver, which says something of its client, would go its own way.
    const proxy = '          proxy_url: http://proxy.example.com:3128\n          basic_auth:';
    expect(inReceiver(proxied, proxy, '          basic_auth:')).toEqual([
      [
        'alertmanager.yml: receivers[1].jira_configs[0].api_url',
        'No party is declared at this address.',
      ],
    ]);
  });
});

describe('of jobs in Prometheus’s own words', () => {
  const inJobs = (text: string, replacement: string) =>
    found(
      changed(build(raw), 'ConfigMap crowsnest/crowsnest-prometheus-config', ({ data }: Spoilt) => {
        expect(data['prometheus.yml']).toContain(text);
        data['prometheus.yml'] = data['prometheus.yml'].replace(text, replacement);
      }),
    );
  const path = expect.stringMatching(/^prometheus\.yml: scrape_configs\[\d+\]$/);
  const stray = 'It asks an address that is not declared.';
  const lost = 'It does not ask an address that is declared.';

  test.each([
    ['another target', '10.1.2.3:9100', '10.1.2.4:9100', '10.1.2.3:9100'],
    [
      'another port',
      'exporter.example.com:9116',
      'exporter.example.com:9117',
      'exporter.example.com:9116',
    ],
    [
      'another name to resolve',
      '- appliances.example.com',
      '- appliance.example.com',
      'appliances.example.com:8443',
    ],
    [
      'another login',
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
  ])('%s is found', (_, text, replacement, meant) => {
    expect(inJobs(text, replacement)).toEqual([
      [path, stray, meant],
      [path, lost],
    ]);
  });

  test('an address that relabelling makes is found', () => {
    expect(inJobs('target_label: shard', 'target_label: __address__')).toContainEqual([
      path,
      stray,
    ]);
    expect(inJobs('target_label: host', 'target_label: __address__')).toEqual([
      [path, 'Its relabelling leaves no target.'],
    ]);
  });

  test('another scheme or page, and a job of another name, are found', () => {
    expect(inJobs('switches/core\n    scheme: http', 'switches/core\n    scheme: https')).toEqual([
      [expect.stringContaining('.scheme'), 'It is declared otherwise.'],
    ]);
    expect(inJobs('job_name: appliances', 'job_name: appliance')).toContainEqual([
      'prometheus.yml: scrape_configs',
      "No job 'appliances' is there, of which the environment says all.",
      'appliance',
    ]);
  });

  test('what is asked through an exporter, and what labels say, is no address of Prometheus', () => {
    expect(inJobs('https://switch.example.com/', 'https://other.example.com/')).toEqual([]);
    expect(inJobs('https://shop.example.com/', 'https://other.example.com/')).toEqual([]);
    expect(inJobs('https://a.example/', 'https://b.example/')).toEqual([]);
    expect(inJobs('- if_mib', '- other_mib')).toEqual([]);
  });
});
