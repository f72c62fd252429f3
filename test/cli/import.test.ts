import { describe, expect, test } from 'vitest';
import { type Runtime, UsageError } from '../../src/cli/command.js';
import { planOf } from '../../src/cli/import/plan.js';
import { howToUse, roundsOf } from '../../src/cli/import/rounds.js';
import { runImport } from '../../src/cli/import/run.js';
import { sourcesOf } from '../../src/cli/import/sources.js';
import { repository } from '../output/command.js';
import { fill, temporaryFolder } from '../output/folder.js';

const dashboard = JSON.stringify({ title: 'Shop', schemaVersion: 39, panels: [] });
const rules = `# Kept as it is.
groups:
  - name: shop
    rules:
      - alert: ShopDown
        expr: up{job="shop"} == 0
`;
const prometheusRule = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name: 'shop' },
  spec: { groups: [{ name: 'shop', rules: [{ alert: 'ShopDown', expr: 'up == 0' }] }] },
};
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'shop', namespace: 'shop', labels: { app: 'shop' } },
  spec: { selector: { app: 'shop' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
};
const monitor = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'shop' } }, endpoints: [{ port: 'http' }] },
};
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'shop' },
  stringData: { password: 'hunter2' },
};
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'logs' } };
const list = (...items: object[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

/** What becomes of files; their paths are relative to a temporary folder. */
const planned = (files: Readonly<Record<string, string>>) => {
  const folder = fill(temporaryFolder(), files);
  const { sources, left } = sourcesOf([folder]);
  const plan = planOf(sources, { jobs: ['node-exporter'], library: { index: 'crowsnest' } });
  return {
    files: Object.fromEntries([...plan.files].map(([path, { text }]) => [path, text])),
    left: [...left, ...plan.left].map(
      ({ file, what, reason }) => `${file.slice(folder.length + 1)}: ${what}: ${reason}`,
    ),
  };
};

describe('an import', () => {
  test('says what takes the place of collectors of logs and of Loki, and writes nothing for them', () => {
    const promtail = `clients: [{ url: 'http://loki:3100/loki/api/v1/push' }]
positions: { filename: /run/positions.yaml }
scrape_configs: [{ job_name: pods, pipeline_stages: [{ cri: {} }] }]
`;
    const loki = 'auth_enabled: false\nlimits_config: { retention_period: 7d }\n';
    const { files, left } = planned({
      'config.alloy': 'loki.source.kubernetes "pods" {}',
      'fluent-bit.conf': '[INPUT]',
      'fluent.yaml': 'pipeline: { inputs: [{ name: tail }], outputs: [{ name: loki }] }',
      'loki.yaml': loki,
      'map.yaml': JSON.stringify({ ...configMap, data: { 'promtail.yaml': promtail } }),
      'promtail.yaml': promtail,
      'values-alloy.yaml': "alloy: { configMap: { content: 'a {}' } }",
      'values-loki.yaml': 'loki: { limits_config: { retention_period: 7d } }',
      'values-promtail.yaml': 'config: { clients: [{ url: x }] }',
    });
    expect(files).toEqual({});
    const agents =
      'Log agents take its place: docs/logs.md lists the option for each of its parts.';
    const store =
      'Its limits and its retention are options of loki, and other sections belong to loki.config: see docs/logs.md.';
    expect(left).toEqual([
      `config.alloy: a configuration of Alloy: ${agents}`,
      `fluent-bit.conf: a configuration of Fluent Bit: ${agents}`,
      `fluent.yaml: a configuration of Fluent Bit: ${agents}`,
      `loki.yaml: a configuration of Loki: ${store}`,
      `map.yaml: a configuration of Promtail: ${agents}`,
      `promtail.yaml: a configuration of Promtail: ${agents}`,
      `values-alloy.yaml: a configuration of Alloy: ${agents}`,
      `values-loki.yaml: a configuration of Loki: ${store}`,
      `values-promtail.yaml: a configuration of Promtail: ${agents}`,
    ]);
  });

  test('gives each kind of file its place, and keeps the text of rules and monitors', () => {
    const monitors = `# Ours.\n${JSON.stringify(monitor)}\n`;
    const { files, left } = planned({
      'a/shop.json': dashboard,
      'b/shop rules.yml': rules,
      'c/shop.yaml': monitors,
    });
    expect(left).toEqual([]);
    expect(Object.keys(files)).toEqual([
      'dashboards/shop.json',
      'alerts/shop-rules.yaml',
      'applications/shop.yaml',
    ]);
    expect(files['alerts/shop-rules.yaml']).toBe(rules);
    expect(files['applications/shop.yaml']).toBe(monitors);
    expect(JSON.parse(files['dashboards/shop.json']!)).toEqual(JSON.parse(dashboard));
  });

  test('keeps rules of the ruler of Loki apart', () => {
    const ofLoki = `groups:
  - name: shop
    rules:
      - { alert: ShopPanics, expr: 'sum(count_over_time({app="shop"} |= "panic" [5m])) > 0' }
      - { alert: ShopSilent, expr: 'absent_over_time({app="shop"}[10m])' }
`;
    const { files, left } = planned({ 'ruler/shop.yaml': ofLoki, 'shop.logql.yml': ofLoki });
    expect(left).toEqual([]);
    expect(files).toEqual({ 'alerts/shop.logql.yaml': ofLoki });
  });

  test('divides a file with objects of several kinds, and never takes a Secret', () => {
    const grafana = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'shop', annotations: { grafana_folder: 'Shops' } },
      data: { 'one.json': dashboard, 'two.json': dashboard },
    };
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'r' },
    };
    const { files, left } = planned({
      'all.yaml': list(grafana, prometheusRule, service, monitor, secret, role),
    });
    expect(Object.keys(files)).toEqual([
      'dashboards/one.json',
      'dashboards/one.meta.json',
      'dashboards/two.json',
      'dashboards/two.meta.json',
      'alerts/all.yaml',
      'applications/all.yaml',
    ]);
    expect(files['dashboards/one.meta.json']).toBe('{\n  "folder": "Shops"\n}\n');
    expect(files['applications/all.yaml']).toMatch(
      /kind: Service\n(.*\n)*---\n(.*\n)*kind: ServiceMonitor/,
    );
    expect(JSON.stringify(files)).not.toContain('hunter2');
    expect(left).toEqual([
      'all.yaml: Secret shop: Secrets are never imported.',
      'all.yaml: Role r: Only dashboards, rules, monitors and what these need are imported.',
    ]);
  });

  test.each([
    ['notes.txt', 'x', 'Only files with the extension .json, .yaml, .yml or .tmpl are read.'],
    ['empty.yaml', '', 'It is empty.'],
    ['broken.json', '{\n"a": }', 'broken.json:2: the file: The file is not valid JSON'],
    ['broken.yml', 'a:\n  - b\n - c\n', 'broken.yml:3: the file: The file is not valid YAML'],
    ['template.yaml', '{{ .Values.x }}: [', 'It is a template'],
    ['service.yaml', list(service), 'No monitor is imported with it.'],
    ['slack.tmpl', '{{ define "a" }}{{ end }}', 'import it with the alertmanager.yml'],
    ['shop.test.yaml', 'rule_files: [a.yaml]\ntests: []\n', 'alerts/NAME.test.yaml'],
    [
      'map.yaml',
      JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', data: { 'a.json': '{' } }),
      'not valid JSON',
    ],
    ['other.yaml', 'a: 1\n', 'It is no dashboard, no rule file'],
  ])('does not take %s, and says why', (name, text, reason) => {
    const { files, left } = planned({ [name]: text });
    expect(files).toEqual({});
    expect(left).toEqual([expect.stringContaining(reason)]);
  });

  test('takes a Service of another file, if a monitor comes with it', () => {
    const { files, left } = planned({ 'a.yaml': list(service), 'b.yaml': list(monitor) });
    expect([Object.keys(files), left]).toEqual([
      ['applications/a.yaml', 'applications/b.yaml'],
      [],
    ]);
  });

  test('takes two files with the same name only if they are the same', () => {
    const { files, left } = planned({
      'a/shop.json': dashboard,
      'b/shop.json': dashboard,
      'c/shop.json': dashboard.replace('Shop', 'Other'),
    });
    expect(Object.keys(files)).toEqual(['dashboards/shop.json']);
    expect(left).toEqual([
      expect.stringMatching(
        /^c\/shop.json: dashboards\/shop.json: .*a\/shop.json has this name too/,
      ),
    ]);
  });
});

test('a folder without files is wrong usage', async () => {
  const folder = temporaryFolder();
  const runtime = { shipped: repository } as Runtime;
  await expect(runImport([folder], runtime)).rejects.toThrow(
    new UsageError(`There is nothing to import: ${folder} has no files.`),
  );
});

describe('settings with the same option', () => {
  const one = (path: string, option: 'alerting' | 'prometheus') => ({ path, option, text: '' });
  const [a, b, c] = [
    one('settings/a.ts', 'alerting'),
    one('settings/b.ts', 'alerting'),
    one('settings/c.ts', 'prometheus'),
  ];

  test('are checked one after the other, as an environment has only one', () => {
    expect(roundsOf([a, b, c])).toEqual([[a, c], [b]]);
    expect(roundsOf([])).toEqual([[]]);
  });

  test('are proposed once', () => {
    expect(howToUse([a, c])).toBe(
      [
        'Use it in an environment:',
        "  import alerting from '../settings/a.js';",
        "  import prometheus from '../settings/c.js';",
        '  alerting,',
        '  prometheus: { ...prometheus },',
      ].join('\n'),
    );
    expect(howToUse([a, b])).toMatch(
      /once\. Others can use instead:\n {2}alerting from '\.\.\/settings\/b\.js'$/,
    );
    expect(howToUse([a, b]).match(/^ {2}alerting,$/gm)).toHaveLength(1);
  });
});

test('a path that does not exist is wrong usage', () => {
  expect(() => sourcesOf(['nosuch.json'])).toThrow('nosuch.json does not exist.');
});
