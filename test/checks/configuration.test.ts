import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import configuration from '../../src/checks/configuration.js';
import { build, minimal, oneDashboard } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, manifestOf, type Spoilt } from './input.js';
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

/** What is found where one text of a file is another. */
const found = (file: keyof typeof files, text: string, replacement: string) => {
  const [title, key] = files[file];
  const before: string = manifestOf(stack, title).object.data[key];
  expect(before).toContain(text);
  const input = changed(stack, title, (object: Spoilt) => {
    object.data[key] = before.replace(text, replacement);
  });
  return configuration
    .run(input)
    .map(({ place, message, remedy, suggestion }) => [place.path, message, remedy, suggestion]);
};

const set = (title: string, change: (object: Spoilt) => unknown) =>
  configuration
    .run(changed(stack, title, change))
    .map(({ place, message }) => [place.path, message]);
const grafanaSet = 'StatefulSet observability/everything-grafana';
const alertmanagerSet = 'StatefulSet observability/everything-alertmanager';

test('pods that neither reload their files nor restart with them are found', () => {
  expect(set(grafanaSet, ({ spec }) => delete spec.template.metadata.annotations)).toEqual([
    [
      "spec.template.metadata.annotations['crowsnest/restart-on']",
      'A change of its configuration reaches the running process never.',
    ],
  ]);
});

test('variables that are not there, or hold nothing, are found', () => {
  const container = 'spec.template.spec.containers[0]';
  expect(
    set(alertmanagerSet, ({ spec }) => delete spec.template.spec.containers[0].env[0].valueFrom),
  ).toEqual([[`${container}.env[0]`, 'The variable holds nothing.']]);
  expect(
    set(alertmanagerSet, ({ spec }) => delete spec.template.spec.containers[0].env),
  ).toContainEqual([
    expect.stringContaining(`${container}.args`),
    'The container has no such variable.',
  ]);
});

test('replicas of Prometheus that nothing tells apart are found', () => {
  const [title, key] = files.prometheus;
  expect(
    set(title, ({ data }) => {
      data[key] = data[key].replaceAll('${POD_NAME}', 'prometheus');
    }),
  ).toEqual([['prometheus.yml: global.external_labels', 'No label tells the 2 replicas apart.']]);
});

test.each<[string, (container: Spoilt) => unknown]>([
  ['is not there', (container) => delete container.env],
  ['is another', (container) => (container.env[0].valueFrom.fieldRef.fieldPath = 'spec.nodeName')],
])('replicas of Prometheus are not told apart by a variable that %s', (_, change) => {
  expect(
    set('StatefulSet observability/everything-prometheus', ({ spec }) =>
      change(spec.template.spec.containers[0]),
    ),
  ).toEqual([['prometheus.yml: global.external_labels', 'No label tells the 2 replicas apart.']]);
});

test('dashboards that lie where Grafana does not look are found', () => {
  const [title, key] = files.provider;
  expect(
    set(title, ({ data }) => {
      data[key] = data[key].replaceAll('path: /', 'path: /elsewhere/');
    }),
  ).toContainEqual([
    'example.json',
    'No entry of providers in dashboards.yaml leads to this file.',
  ]);
});

describe('a file of rules', () => {
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
    const input = changed(stack, title, (object: Spoilt) => {
      object.data = { 'shop.yaml': stringify({ groups: [{ name: 'shop', rules: [rule] }] }) };
    });
    const listed = changed(
      { ...stack, manifests: [...input.manifests] },
      files.prometheus[0],
      (map) => {
        map.data['prometheus.yml'] = patterns(map.data['prometheus.yml']);
      },
    );
    return configuration.run(listed).map(({ place, message }) => [place.path, message]);
  };
  const less = (rule: Spoilt, part: 'labels' | 'annotations', key: string): object => ({
    ...rule,
    [part]: Object.fromEntries(Object.entries(rule[part]).filter(([name]) => name !== key)),
  });

  test('that Prometheus looks for, of alerts with all that is told of them, passes', () => {
    expect(withRules(alert)).toEqual([]);
  });

  test.each([
    ['labels', 'subject'],
    ['labels', 'severity'],
    ['annotations', 'runbook_url'],
    ['annotations', 'summary'],
    ['annotations', 'description'],
  ] as const)('with an alert whose %s lack %s is found', (part, key) => {
    expect(withRules(less(alert, part, key)).map(([path]) => path)).toEqual([
      expect.stringContaining('shop.yaml: groups[0].rules[0]'),
    ]);
  });

  const lost = ['shop.yaml', 'No entry of rule_files in prometheus.yml leads to this file.'];
  test.each([
    ['another folder', 'rules/2/*.yaml', 'rules/4/*.yaml'],
    ['another extension', 'rules/2/*.yaml', 'rules/2/*.yml'],
    ['the folder above', 'rules/2/*.yaml', '*.yaml'],
  ])('that Prometheus looks for in vain, by %s, is found', (_, pattern, other) => {
    expect(withRules(alert, (text) => text.replace(pattern, other))).toEqual([lost]);
  });
});

test('the files of a minimal and of a full environment have their types', () => {
  expect(configuration.run(inputOf(build(minimal)))).toEqual([]);
  expect(configuration.run(inputOf(stack))).toEqual([]);
});

describe('a file that is spoilt is found', () => {
  test.each<[keyof typeof files, string, string, string]>([
    [
      'prometheus',
      'evaluation_interval: 15s',
      'evaluation_interval: 15',
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
      'scrape_configs[1].job_name',
    ],
    [
      'prometheus',
      'Pending|Succeeded',
      'Pending(|Succeeded',
      'alerting.alertmanagers[0].relabel_configs[0].regex',
    ],
    ['alertmanager', 'receiver: nobody', 'receiver: nobodi', 'route.routes[2].receiver'],
    ['alertmanager', 'group_wait: 30s', 'group_wait: 30sec', 'route.group_wait'],
    ['alertmanager', 'severity="critical"', 'severity=="critical', 'route.routes[1].matchers[0]'],
    [
      'alertmanager',
      'namespace=~"platform|data"',
      'namespace=~"platform(|data"',
      'route.routes[1].matchers[1]',
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
    ['dataSources', 'uid: logs', 'uid: jaeger', 'datasources[3].uid'],
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

  test('with what would have been right', () => {
    expect(found('alertmanager', 'receiver: nobody', 'receiver: nobodi')[0]).toMatchObject([
      'alertmanager.yml: route.routes[2].receiver',
      'This value is not allowed.',
      expect.stringContaining("'nobody'"),
      'nobody',
    ]);
  });
});

test('a job without targets is found', () => {
  const [title, key] = files.prometheus;
  const without = / {4}static_configs:\n(?: {6}.*\n)+/;
  expect(
    set(title, ({ data }) => {
      data[key] = data[key].replace(without, '');
    }),
  ).toEqual([['prometheus.yml: scrape_configs[20].static_configs', expect.any(String)]]);
});

test('a file that its component does not read is found', () => {
  const input = changed(stack, files.jaeger[0], ({ data }: Spoilt) => {
    data['sampling.jsn'] = data['sampling.json'];
  });
  expect(configuration.run(input)).toMatchObject([
    {
      message: 'jaeger reads no file of this name.',
      value: 'sampling.jsn',
      remedy: 'Its files are config.yaml, sampling.json, ui.json.',
    },
  ]);
});

test('a file that no container finds is found', () => {
  const input = changed(
    stack,
    'StatefulSet observability/everything-grafana',
    ({ spec }: Spoilt) => {
      const { configMap } = spec.template.spec.volumes.find((one: Spoilt) => one.configMap?.items);
      configMap.items.shift();
    },
  );
  expect(configuration.run(input)).toMatchObject([
    { message: 'No container finds this file.', value: 'grafana.ini' },
  ]);
});

const itemsOf = ({ spec }: Spoilt) =>
  spec.template.spec.volumes.find((one: Spoilt) => one.configMap?.items).configMap;

test.each<[string, (object: Spoilt) => unknown, string[]]>([
  [
    'a folder of another name',
    (object) => (itemsOf(object).items[1].path = 'provisioning/datasource/crowsnest.yaml'),
    ['datasources.yaml'],
  ],
  [
    'the folder of all',
    (object) => delete itemsOf(object).items,
    ['dashboards.yaml', 'datasources.yaml'],
  ],
  [
    'another folder',
    ({ spec }) => {
      const { volumeMounts } = spec.template.spec.containers[0];
      volumeMounts.find((one: Spoilt) => one.mountPath === '/etc/grafana').mountPath = '/grafana';
    },
    ['dashboards.yaml', 'datasources.yaml', 'grafana.ini'],
  ],
])('files that Grafana is given in %s are found', (_, change, keys) => {
  expect(set(grafanaSet, change)).toEqual(
    keys.map((key) => [
      'spec.template.spec.containers[0].volumeMounts',
      `grafana does not look for ${key} where it lies.`,
    ]),
  );
});

test.each<[string, (args: string[]) => void, string[]]>([
  [
    'is mistyped',
    (args) => (args[1] = '--config.auto-relaod'),
    ['prometheus is given no such argument by us.'],
  ],
  ['is missing', (args) => args.splice(1, 1), ['prometheus is not given --config.auto-reload.']],
  [
    'has no unit',
    (args) => (args[2] = '--config.auto-reload-interval=10'),
    ['This value is not allowed.'],
  ],
  [
    'has a value too many',
    (args) => (args[1] = '--config.auto-reload=yes'),
    ['This value is not allowed.'],
  ],
])('an argument that %s is found', (_, change, messages) => {
  const input = changed(stack, 'StatefulSet observability/everything-prometheus', ({ spec }) =>
    change(spec.template.spec.containers[0].args),
  );
  expect(configuration.run(input).map(({ message }) => message)).toEqual(messages);
});

test.each<[string, string, (args: string[]) => unknown, string]>([
  [
    'names a replica of Alertmanager no more',
    alertmanagerSet,
    (args) =>
      args.splice(
        args.findIndex((one) => one.startsWith('--cluster.peer')),
        1,
      ),
    'Of 3 replicas, 2 are named as peers.',
  ],
  [
    'says where Prometheus is published, and not below which path',
    'StatefulSet observability/everything-prometheus',
    (args) =>
      args.splice(
        args.findIndex((one) => one.startsWith('--web.route-prefix')),
        1,
      ),
    'prometheus is given one of --web.external-url and --web.route-prefix without the other.',
  ],
  [
    'tells cAdvisor of no runtime',
    'DaemonSet observability-agents/everything-cadvisor',
    (args) => args.splice(0, args.length, ...args.filter((one) => !one.startsWith('--containerd'))),
    'cadvisor is told of no runtime.',
  ],
])('an argument less that %s is found', (_, title, change, message) => {
  const input = changed(stack, title, ({ spec }) => change(spec.template.spec.containers[0].args));
  expect(configuration.run(input).map((one) => one.message)).toEqual([message]);
});

test('the settings of a data source have the type of what it is', () => {
  expect(found('dataSources', 'timeInterval: 15s', 'timeInterval: 15').map(([at]) => at)).toEqual([
    'datasources.yaml: datasources[0].jsonData.timeInterval',
  ]);
  expect(found('dataSources', 'httpMethod', 'httpMethd')[0]).toMatchObject([
    'datasources.yaml: datasources[0].jsonData.httpMethd',
    'There is no such option.',
    expect.anything(),
    'httpMethod',
  ]);
});

describe('what an environment says in the engines’ own words is held in the files as well', () => {
  const own = build(raw);
  const inFile = (component: string, key: string, text: string, replacement: string) =>
    configuration
      .run(
        changed(own, `ConfigMap crowsnest/crowsnest-${component}-config`, ({ data }: Spoilt) => {
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

  test('of a job', () => {
    expect(inPrometheus('scrape_timeout: 50s', 'scrape_timeout: 70s')).toEqual([
      [at('scrape_timeout'), 'Set it to at most 1m, the interval of its scrapes.', undefined],
    ]);
    expect(inPrometheus('action: hashmod', 'action: hashmode')).toEqual([
      [
        at('action'),
        "Set it to 'replace', 'keep', 'drop', 'keepequal', 'dropequal', 'lowercase', 'uppercase', 'hashmod', 'labelmap', 'labeldrop' or 'labelkeep'.",
        'hashmod',
      ],
    ]);
    expect(inPrometheus('password_file: /etc', 'password_files: /etc')).toContainEqual([
      at('basic_auth.password_files'),
      'Use one of username, password_file.',
      'password_file',
    ]);
    expect(inPrometheus('type: A\n', 'type: SRV\n')).toEqual([
      [at('type'), expect.stringContaining("'A' or 'AAAA'"), undefined],
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

  test('of a route within another', () => {
    const inner = '- severity="critical"\n          receiver: everybody';
    expect(inAlertmanager(inner, inner.replace('everybody', 'everyone'))).toEqual([
      [at('routes\\[1\\].routes\\[0\\].receiver'), expect.any(String), 'everybody'],
    ]);
  });
});
