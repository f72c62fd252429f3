import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import configuration from '../../src/checks/files/configuration.js';
import { build, minimal, oneDashboard } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, type Mutable, manifestOf } from './input.js';
import { raw } from './raw.js';

const { patch: _patch, ...whole } = full;
const stack = build(whole, oneDashboard);

const files = {
  prometheus: ['ConfigMap observability/everything-prometheus-config', 'prometheus.yml'],
  alertmanager: ['ConfigMap observability/everything-alertmanager-config', 'alertmanager.yml'],
  blackbox: ['ConfigMap observability/everything-blackbox-exporter-config', 'config.yml'],
  jaeger: ['ConfigMap observability/everything-jaeger-config', 'config.yaml'],
  sampling: ['ConfigMap observability/everything-jaeger-config', 'sampling.json'],
  grafana: ['ConfigMap observability/everything-grafana-config', 'grafana.ini'],
  dataSources: ['ConfigMap observability/everything-grafana-config', 'datasources.yaml'],
  provider: ['ConfigMap observability/everything-grafana-config', 'dashboards.yaml'],
} as const;

/** The findings after a text in a file is replaced. */
const found = (file: keyof typeof files, text: string, replacement: string) => {
  const [title, key] = files[file];
  const before: string = manifestOf(stack, title).object.data[key];
  expect(before).toContain(text);
  const input = changed(stack, title, (object: Mutable) => {
    object.data[key] = before.replace(text, replacement);
  });
  return configuration
    .run(input)
    .map(({ place, fault, remedy, suggestion }) => [place.path, fault, remedy, suggestion]);
};

const set = (title: string, change: (object: Mutable) => unknown) =>
  configuration.run(changed(stack, title, change)).map(({ place, fault }) => [place.path, fault]);
const grafanaSet = 'StatefulSet observability/everything-grafana';
const alertmanagerSet = 'StatefulSet observability/everything-alertmanager';
const variable = (name: string) => (container: Mutable) =>
  container.env.find((one: Mutable) => one.name === name);
const podAddress = variable('POD_IP');
const podName = variable('POD_NAME');

test('pods that neither reload their files nor restart after a change are reported', () => {
  expect(set(grafanaSet, ({ spec }) => delete spec.template.metadata.annotations)).toEqual([
    ["spec.template.metadata.annotations['crowsnest/restart-on']", 'no-restart'],
  ]);
});

test('undefined variables and variables without a value are reported', () => {
  const container = 'spec.template.spec.containers[0]';
  expect(
    set(
      alertmanagerSet,
      ({ spec }) => delete podAddress(spec.template.spec.containers[0]).valueFrom,
    ),
  ).toEqual([[`${container}.env[1]`, 'empty-variable']]);
  expect(
    set(alertmanagerSet, ({ spec }) => delete spec.template.spec.containers[0].env),
  ).toContainEqual([expect.stringContaining(`${container}.args`), 'unknown-variable']);
});

test('replicas of Prometheus without a distinguishing label are reported', () => {
  const [title, key] = files.prometheus;
  expect(
    set(title, ({ data }) => {
      data[key] = data[key].replaceAll('${POD_NAME}', 'prometheus');
    }),
  ).toEqual([['prometheus.yml: global.external_labels', 'no-replica-label']]);
});

test.each<[string, (container: Mutable) => unknown]>([
  ['does not exist', (container) => delete container.env],
  [
    'has another value',
    (container) => (podName(container).valueFrom.fieldRef.fieldPath = 'spec.nodeName'),
  ],
])('a variable that %s does not distinguish replicas of Prometheus', (_, change) => {
  expect(
    set('StatefulSet observability/everything-prometheus', ({ spec }) =>
      change(spec.template.spec.containers[0]),
    ),
  ).toEqual([['prometheus.yml: global.external_labels', 'no-replica-label']]);
});

test('dashboards in a folder that Grafana does not read are reported', () => {
  const [title, key] = files.provider;
  expect(
    set(title, ({ data }) => {
      data[key] = data[key].replaceAll('path: /', 'path: /elsewhere/');
    }),
  ).toContainEqual(['example.json', 'unlisted-file']);
});

describe('a rule file', () => {
  const title = 'ConfigMap observability/everything-prometheus-rules-2';
  const alert = {
    alert: 'ShopDown',
    expr: 'up == 0',
    labels: { severity: 'critical', subject: 'shop' },
    annotations: {
      summary: 'It is down.',
      description: 'It is.',
      runbook_url: 'alerts/shop.md#shopdown',
    },
  };
  const withRules = (rule: object, patterns = (text: string): string => text) => {
    const input = changed(stack, title, (object: Mutable) => {
      object.data = { 'shop.yaml': stringify({ groups: [{ name: 'shop', rules: [rule] }] }) };
    });
    const listed = changed(
      { ...stack, manifests: [...input.manifests] },
      files.prometheus[0],
      (map) => {
        map.data['prometheus.yml'] = patterns(map.data['prometheus.yml']);
      },
    );
    return configuration.run(listed).map(({ place, fault }) => [place.path, fault]);
  };
  const less = (rule: object, field: string): object =>
    Object.fromEntries(Object.entries(rule).filter(([name]) => name !== field));

  test('with complete alerts in a listed folder has no findings', () => {
    expect(withRules(alert)).toEqual([]);
  });

  test.each<[string, object]>([
    ['without a severity and a subject', less(alert, 'labels')],
    ['without annotations', less(alert, 'annotations')],
    ['with a label that needs quotes', { ...alert, labels: { 'team.name': 'shop', empty: '' } }],
    ['that records', { record: 'shop:up:sum', expr: 'sum(up)', labels: { from: 'shop' } }],
  ])('with a rule %s has no findings, since Prometheus accepts it', (_, rule) => {
    expect(withRules(rule)).toEqual([]);
  });

  test.each<[string, object]>([
    ['records and alerts', { ...alert, record: 'shop:up:sum' }],
    ['records for a time', { record: 'shop:up:sum', expr: 'sum(up)', for: '5m' }],
    ['has an unknown field', { ...alert, labells: {} }],
    ['has no expression', less(alert, 'expr')],
    ['sets the name of a metric', { ...alert, labels: { __name__: 'x' } }],
    ['has an object as a label', { ...alert, labels: { team: { name: 'shop' } } }],
  ])('is reported if a rule %s', (_, rule) => {
    const [[path] = []] = withRules(rule);
    expect(path).toContain('shop.yaml: groups[0].rules[0]');
  });

  const lost = ['shop.yaml', 'unlisted-file'];
  test.each([
    ['another folder', 'rules/2/*.yaml', 'rules/4/*.yaml'],
    ['another extension', 'rules/2/*.yaml', 'rules/2/*.yml'],
    ['the parent folder', 'rules/2/*.yaml', '*.yaml'],
  ])('is reported if it is not listed: %s', (_, pattern, other) => {
    expect(withRules(alert, (text) => text.replace(pattern, other))).toEqual([lost]);
  });
});

test('the files of a minimal and of a full environment are valid', () => {
  expect(configuration.run(inputOf(build(minimal)))).toEqual([]);
  expect(configuration.run(inputOf(stack))).toEqual([]);
});

describe('a mutated file is reported', () => {
  test.each<[keyof typeof files, string, string, string]>([
    [
      'prometheus',
      'evaluation_interval: 1m',
      'evaluation_interval: 1',
      'global.evaluation_interval',
    ],
    ['prometheus', 'scrape_interval: 15s', 'scrape_intervall: 15s', 'global.scrape_intervall'],
    [
      'prometheus',
      'action: drop',
      'action: dropp',
      'alerting.alertmanagers[0].relabel_configs[0].action',
    ],
    [
      'prometheus',
      '- job_name: apiserver',
      '- job_name: alertmanager',
      'scrape_configs[3].job_name',
    ],
    [
      'prometheus',
      'Pending|Succeeded',
      'Pending(|Succeeded',
      'alerting.alertmanagers[0].relabel_configs[0].regex',
    ],
    ['alertmanager', 'receiver: nobody', 'receiver: nobodi', 'route.routes[8].receiver'],
    ['alertmanager', 'group_wait: 30s', 'group_wait: 30sec', 'route.group_wait'],
    ['alertmanager', 'severity="critical"', 'severity=="critical', 'route.routes[6].matchers[0]'],
    [
      'alertmanager',
      'namespace=~"platform|data"',
      'namespace=~"platform(|data"',
      'route.routes[6].matchers[1]',
    ],
    ['alertmanager', '- name: mail', '- name: hook', 'receivers[6].name'],
    [
      'alertmanager',
      '    webhook_configs:\n      - url_file: /etc/crowsnest/secrets/alertmanager/hook\n        send_resolved: false\n',
      '',
      'receivers[2]',
    ],
    [
      'alertmanager',
      '    webhook_configs:\n      - url_file: /etc/crowsnest/secrets/alertmanager/hook\n        send_resolved: false\n',
      '    webhook_configs: []\n',
      'receivers[2].webhook_configs',
    ],
    ['prometheus', 'regex: replica', 'regex: region', 'alerting.alert_relabel_configs'],
    ['dataSources', 'isDefault: false', 'isDefault: true', 'datasources'],
    ['dataSources', 'uid: logs', 'uid: jaeger', 'datasources[4].uid'],
    ['blackbox', 'prober: http', 'prober: htp', 'modules.http_200.prober'],
    ['blackbox', '- 200', '- 2000', 'modules.http_200.http.valid_status_codes[0]'],
    ['jaeger', '- memory_limiter', '- memory_limitr', 'service.pipelines.traces.processors[0]'],
    [
      'jaeger',
      'trace_storage: main',
      'trace_storage: mian',
      'exporters.jaeger_storage_exporter.trace_storage',
    ],
    [
      'jaeger',
      'ephemeral: false',
      'ephemeral: true',
      'extensions.jaeger_storage.backends.main.badger.ephemeral',
    ],
    ['sampling', '"probabilistic"', '"probabilist"', 'default_strategy.type'],
    ['grafana', 'allow_sign_up = false', 'allow_sign_up = true', 'users.allow_sign_up'],
    ['grafana', 'secret_key = $__file', 'secret_key = $_file', 'security.secret_key'],
    ['grafana', '[news]', 'news', ''],
    [
      'dataSources',
      'datasourceUid: jaeger',
      'datasourceUid: jager',
      'datasources[0].jsonData.exemplarTraceIdDestinations[0].datasourceUid',
    ],
    ['dataSources', 'editable: false', 'editable: no thanks', 'datasources[0].editable'],
    [
      'provider',
      'updateIntervalSeconds: 30',
      'updateIntervalSeconds: 0',
      'providers[0].updateIntervalSeconds',
    ],
  ])('%s: %j as %j', (file, text, replacement, path) => {
    const [, key] = files[file];
    expect(found(file, text, replacement).map(([at]) => at)).toContain(
      path ? `${key}: ${path}` : key,
    );
  });

  test('with a suggestion', () => {
    expect(found('alertmanager', 'receiver: nobody', 'receiver: nobodi')[0]).toMatchObject([
      'alertmanager.yml: route.routes[8].receiver',
      'invalid-value',
      expect.stringContaining("'nobody'"),
      'nobody',
    ]);
  });
});

test('a job without targets is reported', () => {
  const [title, key] = files.prometheus;
  const without = / {4}static_configs:\n(?: {6}.*\n)+/;
  expect(
    set(title, ({ data }) => {
      data[key] = data[key].replace(without, '');
    }),
  ).toEqual([
    [
      expect.stringMatching(/^prometheus\.yml: scrape_configs\[\d+\]\.static_configs$/),
      expect.any(String),
    ],
  ]);
});

test('a file that its component does not read is reported', () => {
  const input = changed(stack, files.jaeger[0], ({ data }: Mutable) => {
    data['sampling.jsn'] = data['sampling.json'];
  });
  expect(configuration.run(input)).toMatchObject([
    {
      fault: 'unknown-file',
      value: 'sampling.jsn',
    },
  ]);
});

test('a file that is not mounted is reported', () => {
  const input = changed(
    stack,
    'StatefulSet observability/everything-grafana',
    ({ spec }: Mutable) => {
      const { configMap } = spec.template.spec.volumes.find((one: Mutable) => one.configMap?.items);
      configMap.items.shift();
    },
  );
  expect(configuration.run(input)).toMatchObject([
    { fault: 'unmounted-file', value: 'grafana.ini' },
  ]);
});

test.each<[keyof typeof files, string, string, string | undefined]>([
  ['grafana', '[news]', '[dataproxy]\ntimeout = 60\n[news]', 'warning'],
  ['grafana', 'mode = console', 'mode = console\nlevel = debug', 'warning'],
  ['grafana', '[news]', '[newss]', undefined],
  ['jaeger', 'ephemeral: false', 'read_only: true\n          ephemeral: false', 'warning'],
  ['jaeger', 'ephemeral: false', 'ephemerall: false', undefined],
  [
    'blackbox',
    'follow_redirects: false',
    'follow_redirects: false\n      fail_if_ssl: true',
    'warning',
  ],
])(
  'an option of %s that the schema lacks is a warning, unless it looks misspelt: %s → %s',
  (file, text, replacement, severity) => {
    const [title, key] = files[file];
    const input = changed(stack, title, ({ data }: Mutable) => {
      expect(data[key]).toContain(text);
      data[key] = data[key].replace(text, replacement);
    });
    const found = configuration.run(input);
    expect(found.map(({ fault }) => fault)).toContain('unknown-option');
    const [unknown] = found.filter(({ fault }) => fault === 'unknown-option');
    expect(unknown?.severity).toBe(severity ?? 'error');
  },
);

const itemsOf = ({ spec }: Mutable) =>
  spec.template.spec.volumes.find((one: Mutable) => one.configMap?.items).configMap;

test.each<[string, (object: Mutable) => unknown, string[]]>([
  [
    'a folder with another name',
    (object) => (itemsOf(object).items[1].path = 'provisioning/datasource/crowsnest.yaml'),
    ['datasources.yaml'],
  ],
  [
    'one folder for all',
    (object) => delete itemsOf(object).items,
    ['alerting.yaml', 'dashboards.yaml', 'datasources.yaml', 'plugins.yaml'],
  ],
  [
    'another folder',
    ({ spec }) => {
      const { volumeMounts } = spec.template.spec.containers[0];
      volumeMounts.find((one: Mutable) => one.mountPath === '/etc/grafana').mountPath = '/grafana';
    },
    ['alerting.yaml', 'dashboards.yaml', 'datasources.yaml', 'grafana.ini', 'plugins.yaml'],
  ],
])('Grafana files in %s are reported', (_, change, keys) => {
  expect(set(grafanaSet, change)).toEqual(
    keys.map(() => ['spec.template.spec.containers[0].volumeMounts', 'misplaced-file']),
  );
});

test.each<[string, (args: string[]) => void, string[]]>([
  ['is mistyped', (args) => (args[1] = '--config.auto-relaod'), ['unknown-flag']],
  ['is missing', (args) => args.splice(1, 1), ['missing-flag']],
  ['has no unit', (args) => (args[2] = '--config.auto-reload-interval=10'), ['invalid-flag']],
  // The path of the file in the image, as in charts that mount their file in another path.
  [
    'has a file that is not mounted',
    (args) => (args[0] = '--config.file=/etc/prometheus/prometheus.yml'),
    ['invalid-flag'],
  ],
  ['has an unexpected value', (args) => (args[1] = '--config.auto-reload=yes'), ['invalid-flag']],
])('an argument that %s is reported', (_, change, faults) => {
  const input = changed(stack, 'StatefulSet observability/everything-prometheus', ({ spec }) =>
    change(spec.template.spec.containers[0].args),
  );
  expect(configuration.run(input).map(({ fault }) => fault)).toEqual(faults);
});

test.each<[string, string, (args: string[]) => unknown, string]>([
  [
    'removes a peer of Alertmanager',
    alertmanagerSet,
    (args) =>
      args.splice(
        args.findIndex((one) => one.startsWith('--cluster.peer')),
        1,
      ),
    'missing-peer',
  ],
  [
    'leaves an external URL without a route prefix',
    'StatefulSet observability/everything-prometheus',
    (args) =>
      args.splice(
        args.findIndex((one) => one.startsWith('--web.route-prefix')),
        1,
      ),
    'incomplete-flags',
  ],
  [
    'removes the runtime of cAdvisor',
    'DaemonSet observability-agents/everything-cadvisor',
    (args) => args.splice(0, args.length, ...args.filter((one) => !one.startsWith('--containerd'))),
    'missing-flag',
  ],
])('a missing argument is reported if its removal %s', (_, title, change, fault) => {
  const input = changed(stack, title, ({ spec }) => change(spec.template.spec.containers[0].args));
  expect(configuration.run(input).map((one) => one.fault)).toEqual([fault]);
});

test.each([
  'StatefulSet observability/everything-jaeger',
  'StatefulSet observability/everything-grafana',
  'DaemonSet observability-agents/everything-cadvisor',
  'Deployment observability/everything-blackbox-exporter',
])('a Go program that does not know its memory limit is reported: %s', (title) => {
  expect(
    set(title, ({ spec }) => {
      const [container] = spec.template.spec.containers;
      container.env = container.env.filter(({ name }: Mutable) => name !== 'GOMEMLIMIT');
    }),
  ).toEqual([['spec.template.spec.containers[0].env', 'no-go-memory-limit']]);
});

test('the settings of a data source are validated for its type', () => {
  expect(found('dataSources', 'timeInterval: 15s', 'timeInterval: 15').map(([at]) => at)).toEqual([
    'datasources.yaml: datasources[0].jsonData.timeInterval',
  ]);
  expect(found('dataSources', 'httpMethod', 'httpMethd')[0]).toMatchObject([
    'datasources.yaml: datasources[0].jsonData.httpMethd',
    'unknown-option',
    expect.anything(),
    'httpMethod',
  ]);
});

describe('native configuration is also validated in the files', () => {
  const own = build(raw);
  const inFile = (component: string, key: string, text: string, replacement: string) =>
    configuration
      .run(
        changed(own, `ConfigMap crowsnest/crowsnest-${component}-config`, ({ data }: Mutable) => {
          expect(data[key]).toContain(text);
          data[key] = data[key].replace(text, replacement);
        }),
      )
      .map(({ place, remedy, suggestion }) => [place.path, remedy, suggestion]);
  const inPrometheus = (...texts: [string, string]) =>
    inFile('prometheus', 'prometheus.yml', ...texts);
  const inAlertmanager = (...texts: [string, string]) =>
    inFile('alertmanager', 'alertmanager.yml', ...texts);
  const at = (path: string) => expect.stringMatching(new RegExp(`${path}$`));

  test('of a scrape job', () => {
    expect(inPrometheus('scrape_timeout: 50s', 'scrape_timeout: 70s')).toEqual([
      [at('scrape_timeout'), 'Set it to at most 1m, its scrape interval.', undefined],
    ]);
    expect(inPrometheus('action: hashmod', 'action: hashmode')).toEqual([
      [
        at('action'),
        "Set it to 'replace', 'keep', 'drop', 'keepequal', 'dropequal', 'hashmod', 'labelmap', 'labeldrop', 'labelkeep', 'lowercase' or 'uppercase'.",
        'hashmod',
      ],
    ]);
    expect(inPrometheus('password_file: /etc', 'password_files: /etc')).toContainEqual([
      at('basic_auth.password_files'),
      'Use one of username, username_file, password_file.',
      'password_file',
    ]);
    expect(inPrometheus('sample_limit: 300', 'sample_limit: 0')).toHaveLength(1);
  });

  test('of a receiver', () => {
    expect(inAlertmanager('bot_token_file: /etc', 'bot_token: /etc')).toContainEqual([
      at('telegram_configs\\[0\\].bot_token'),
      expect.stringContaining('bot_token_file'),
      undefined,
    ]);
    expect(inAlertmanager('parse_mode: MarkdownV2', 'parse_mode: Markdownv2')).toEqual([
      [at('parse_mode'), expect.stringContaining("'Markdown'"), 'MarkdownV2'],
    ]);
    expect(inAlertmanager('{{ .Status | toUpper }}', '{{ .Status | toUper }}')).toHaveLength(1);
  });

  test('of a nested route', () => {
    const inner = '- severity="critical"\n          receiver: everybody';
    expect(inAlertmanager(inner, inner.replace('everybody', 'everyone'))).toEqual([
      [at('routes\\[2\\].routes\\[0\\].receiver'), expect.any(String), 'everybody'],
    ]);
  });
});
