import { describe, expect, test } from 'vitest';
import configuration from '../../src/checks/configuration.js';
import { build, minimal, oneDashboard } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, manifestOf, type Spoilt } from './input.js';

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
