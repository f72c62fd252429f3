import { describe, expect, test } from 'vitest';
import { severities, without } from '../../src/config/alert-setting.js';
import { type Alert, type AlertGroup, alertGroup } from '../../src/content/alert-group.js';
import type { Content } from '../../src/content/content.js';
import { logs as logsFact, withoutLogs } from '../../src/content/fact.js';
import { unknownDashboards, unknownNeeds } from '../../src/content/need.js';
import { type Choice, select } from '../../src/content/select.js';
import { settingFaults } from '../../src/content/setting-fault.js';
import { labelVariable } from '../../src/content/variable.js';
import { emptyDashboard } from '../environment.js';

const alert = (name: string, rest: Partial<Alert> = {}): Alert => ({
  alert: name,
  expr: 'up == 0',
  severity: 'warning',
  summary: 'It is down.',
  description: '{{ $labels.node }}',
  ...rest,
});

const nodes = alertGroup({
  needs: ['node-exporter'],
  dashboard: 'nodes',
  thresholds: { free: 0.05, window: '5m' },
  rules: ({ free, window }) => ({
    recordings: [{ record: 'node:load:avg', expr: 'avg by (node) (node_load1)' }],
    alerts: [
      alert('DiskFull', { expr: `free < ${free}`, for: window, keepFiringFor: '10m' }),
      alert('ClockWrong', { needs: ['ntp'], subject: 'clock', reach: 'all', dashboard: 'clocks' }),
    ],
  }),
});

const variables = ['node', 'disk'].map((name) => labelVariable(name, 'node_uname_info'));

const content: Content = {
  dashboards: {
    nodes: { ...emptyDashboard('Nodes'), needs: ['node-exporter'], variables },
    clocks: { ...emptyDashboard('Clocks'), needs: ['ntp'] },
  },
  alerts: { nodes: nodes as AlertGroup },
  ruleFiles: {},
  sources: {},
};

const chosen = (choice: Partial<Choice> = {}) =>
  select(content, {
    jobs: ['node-exporter', 'ntp'],
    settings: [],
    addresses: { runbooks: 'https://example.com/alerts/', grafana: 'https://grafana' },
    ...choice,
  });

const reasons = {
  'configured:alertmanager-mesh': 'Alertmanager has one replica',
  'configured:receivers': 'no receiver of alerts is configured',
};

/** The rules of an environment, by name. */
const alerts = (choice: Partial<Choice> = {}) => {
  const rules = Object.values(chosen(choice).content.ruleFiles)
    .flat()
    .flatMap((group) => group.rules);
  return Object.fromEntries(rules.map((rule) => [rule.alert ?? rule.record, rule]));
};

describe('the content of an environment', () => {
  test('excludes content that needs a fact which is false', () => {
    const mesh = {
      ...content,
      dashboards: {
        mesh: { ...emptyDashboard('Mesh'), needs: ['configured:alertmanager-mesh'] },
      },
      alerts: {
        mesh: alertGroup({
          needs: [],
          rules: () => ({
            alerts: [
              {
                alert: 'MeshBroken',
                expr: 'members < 2',
                severity: 'warning',
                needs: ['configured:alertmanager-mesh', 'configured:receivers'],
                summary: 's',
                description: 'd',
              },
            ],
          }),
        }),
      },
    };
    const omissions = (...jobs: string[]) =>
      select(mesh, {
        jobs,
        settings: [],
        addresses: { runbooks: 'a', grafana: 'b' },
        without: reasons,
      }).omissions;
    expect(omissions()).toEqual([
      {
        kind: 'alert',
        name: 'MeshBroken',
        reason: 'Alertmanager has one replica, no receiver of alerts is configured',
      },
      { kind: 'dashboard', name: 'mesh', reason: 'Alertmanager has one replica' },
    ]);
    expect(omissions('configured:alertmanager-mesh', 'configured:receivers')).toEqual([]);
  });

  test('includes all content whose jobs are scraped, with labels and links from one place', () => {
    expect(chosen().omissions).toEqual([]);
    expect(alerts()).toEqual({
      'node:load:avg': { record: 'node:load:avg', expr: 'avg by (node) (node_load1)' },
      DiskFull: {
        alert: 'DiskFull',
        expr: 'free < 0.05',
        for: '5m',
        keep_firing_for: '10m',
        labels: { severity: 'warning', subject: 'DiskFull' },
        annotations: {
          summary: 'It is down.',
          description: '{{ $labels.node }}',
          runbook_url: 'https://example.com/alerts/nodes.md#diskfull',
          dashboard_url: 'https://grafana/d/nodes?var-node={{ $labels.node | urlquery }}',
        },
      },
      ClockWrong: expect.objectContaining({
        labels: { severity: 'warning', subject: 'clock', reach: 'all' },
        annotations: expect.objectContaining({ dashboard_url: 'https://grafana/d/clocks' }),
      }),
    });
  });

  test('excludes a dashboard that states no jobs if no query of it can have data', () => {
    const { needs: _, ...imported } = emptyDashboard('Postgres');
    const target = { expr: 'pg_up' };
    const panels = [{ type: 'stat', datasource: { type: 'prometheus' }, targets: [target] }];
    const logs = { type: 'logs', datasource: { type: 'loki' }, targets: [{ expr: '{a="b"}' }] };
    const rendering = (list: readonly object[], more: object = {}) => ({
      ...imported,
      render: (context: Parameters<typeof imported.render>[0]) =>
        ({ ...imported.render(context), panels: list, ...more }) as never,
    });
    const tempo = { type: 'table', datasource: { type: 'tempo' }, targets: [{ query: '{}' }] };
    const asked: unknown[] = [];
    const selected = (more: object = {}) =>
      select(
        {
          ...content,
          dashboards: {
            postgres: rendering(panels),
            mixed: rendering([...panels, logs]),
            logs: rendering([logs], {
              templating: {
                list: [{ name: 'pod', type: 'query', query: 'label_values(kube_pod_info, pod)' }],
              },
            }),
            traces: rendering([tempo]),
          },
        },
        {
          jobs: ['node-exporter', 'ntp'],
          without: { [logsFact]: withoutLogs },
          settings: [],
          addresses: { runbooks: 'a', grafana: 'b' },
          unscraped: (queries, recorded) => {
            asked.push([queries.map(({ expr }) => expr), [...recorded]]);
            return { metrics: ['pg_up', 'pg_a', 'pg_b', 'pg_c', 'pg_d'] };
          },
          ...more,
        },
      );
    const { content: shipped, omissions } = selected();
    expect(asked).toEqual([
      [['pg_up'], ['node:load:avg']],
      [['pg_up'], ['node:load:avg']],
    ]);
    expect(Object.keys(shipped.dashboards)).toEqual(['traces']);
    const reason = 'no scrape job has its metrics: `pg_up`, `pg_a`, `pg_b` and 2 more';
    expect(omissions).toEqual([
      { kind: 'dashboard', name: 'postgres', reason },
      { kind: 'dashboard', name: 'mixed', reason: withoutLogs },
      { kind: 'dashboard', name: 'logs', reason: withoutLogs },
    ]);
    const names = (more: object) => Object.keys(selected(more).content.dashboards);
    expect(names({ logs: true })).toEqual(['mixed', 'logs', 'traces']);
    expect(names({ jobs: ['node-exporter', 'ntp', logsFact] })).toEqual([
      'mixed',
      'logs',
      'traces',
    ]);
    // Without logs, the panels of metrics decide.
    expect(names({ unscraped: () => undefined })).toEqual(['postgres', 'mixed', 'traces']);
  });

  test('excludes alerts and dashboards that need an unscraped job', () => {
    const { content: selected, omissions } = chosen({ jobs: ['node-exporter'] });
    expect(Object.keys(alerts({ jobs: ['node-exporter'] }))).toEqual(['node:load:avg', 'DiskFull']);
    expect(Object.keys(selected.dashboards)).toEqual(['nodes']);
    const reason = 'the scrape job `ntp` does not exist';
    expect(omissions).toEqual([
      { kind: 'alert', name: 'ClockWrong', reason },
      { kind: 'dashboard', name: 'clocks', reason },
    ]);
  });

  test('has no rule group without rules', () => {
    expect(chosen({ jobs: [] }).content).toEqual({ dashboards: {}, ruleFiles: {} });
  });

  test('has dashboards and rule groups as values', () => {
    const { dashboards, ruleFiles } = chosen({ jobs: ['node-exporter'] }).content;
    expect(dashboards).toEqual({
      nodes: {
        folder: 'Nodes',
        model: expect.objectContaining({ uid: 'nodes', title: 'Nodes', panels: [] }),
      },
    });
    expect(
      Object.values(ruleFiles)
        .flat()
        .map(({ name, rules }) => [name, rules.map(({ expr }) => expr)]),
    ).toEqual([['nodes', ['avg by (node) (node_load1)', 'free < 0.05']]]);
  });

  test('has the configured thresholds', () => {
    const settings = [nodes.with({ free: 0.1 })];
    expect(alerts({ settings }).DiskFull).toMatchObject({ expr: 'free < 0.1', for: '5m' });
    expect(alerts().DiskFull).toMatchObject({ expr: 'free < 0.05' });
  });

  test('excludes what the environment disables, with the reason', () => {
    const settings = [without('DiskFull', 'disks are thrown away')];
    expect(Object.keys(alerts({ settings }))).toEqual(['node:load:avg', 'ClockWrong']);
    expect(chosen({ settings }).alerts.map((one) => one.alert)).toEqual(['ClockWrong']);
    expect(chosen({ settings }).omissions).toEqual([
      { kind: 'alert', name: 'DiskFull', reason: 'disks are thrown away' },
    ]);
  });

  test('has the labels, annotations and the runbook of an alert, and the fields of its group', () => {
    const labels = { team: 'shop' };
    const runbook = 'https://example.com/carts';
    const carts = alertGroup({
      needs: [],
      interval: '2m',
      queryOffset: '1m',
      limit: 9,
      labels: { origin: 'carts' },
      rules: () => ({
        recordings: [{ record: 'a:b:c', expr: 'up', labels }],
        alerts: [
          alert('CartsDown', { labels, annotations: { team: '{{ $labels.team }}' }, runbook }),
        ],
      }),
    });
    const { ruleFiles } = select(
      { ...content, alerts: { carts } },
      { jobs: [], settings: [], addresses: { runbooks: 'alerts' } },
    ).content;
    expect(ruleFiles.carts).toMatchObject([
      {
        interval: '2m',
        query_offset: '1m',
        limit: 9,
        labels: { origin: 'carts' },
        rules: [
          { record: 'a:b:c', labels },
          {
            labels: { severity: 'warning', subject: 'CartsDown', team: 'shop' },
            annotations: { team: '{{ $labels.team }}', runbook_url: runbook },
          },
        ],
      },
    ]);
  });

  test('has a link to the runbook only if it has a section about the alert', () => {
    const runbook = { file: 'alerts/nodes.md', alerts: () => ['DiskFull'], queries: () => [] };
    const source = { file: 'alerts/nodes.ts', shipped: false, lineOf: () => 1, runbook };
    const { alerts: selected } = select(
      { ...content, sources: { 'alerts/nodes': source } },
      { jobs: ['node-exporter', 'ntp'], settings: [], addresses: { runbooks: 'alerts' } },
    );
    expect(selected.map((one) => one.runbook)).toEqual(['alerts/nodes.md#diskfull', undefined]);
  });

  test('has no links to dashboards that do not ship', () => {
    const { dashboards, ...rest } = content;
    const { ruleFiles } = select(
      { ...rest, dashboards: {} },
      { jobs: ['node-exporter'], settings: [], addresses: { runbooks: 'alerts', grafana: '' } },
    ).content;
    expect(ruleFiles.nodes?.[0]?.rules[1]?.annotations).toEqual({
      summary: 'It is down.',
      description: '{{ $labels.node }}',
      runbook_url: 'alerts/nodes.md#diskfull',
    });
  });
});

describe('an invalid setting is reported', () => {
  const found = (setting: Choice['settings'][number]) =>
    chosen({ settings: [setting] }).findings.map(({ code, place, suggestion }) => [
      place.path,
      code,
      suggestion,
    ]);

  test.each<[string, Choice['settings'][number], unknown[]]>([
    [
      'an alert that does not exist',
      without('DiscFull', 'disks are thrown away'),
      ['alerts[0].alert', 'content/unknown-alert', 'DiskFull'],
    ],
    [
      'a threshold that does not exist',
      { kind: 'with', group: nodes, thresholds: { fre: 1 } },
      ['alerts[0].thresholds.fre', 'content/unknown-threshold', 'free'],
    ],
    [
      'a severity that no rule of others has',
      severities({ blocker: 'critical' }),
      ["alerts[0].severities['blocker']", 'content/unused-severity', undefined],
    ],
    [
      'a threshold of another type',
      { kind: 'with', group: nodes, thresholds: { free: '5%' } },
      ['alerts[0].thresholds.free', 'content/invalid-threshold', undefined],
    ],
    [
      'a group that is no group',
      { kind: 'with', group: { ...nodes }, thresholds: {} },
      ['alerts[0]', 'content/unknown-group', undefined],
    ],
  ])('%s', (_, setting, expected) => {
    expect(found(setting)).toEqual([expected]);
  });
});

test('a mapped severity of a rule or a group of others is not reported, also if no environment has the rule', () => {
  const rules = [{ alert: 'Shop', expr: 'shop_up == 0', labels: { severity: 'blocker' } }];
  const ruleFiles = { shop: [{ name: 'shop', labels: { severity: 'page' }, rules }] };
  const settings = [severities({ blocker: 'critical', page: 'critical', blockr: 'warning' })];
  expect(settingFaults(settings, { ...content, ruleFiles }, [])).toMatchObject([
    {
      place: { path: "alerts[0].severities['blockr']" },
      suggestion: 'blocker',
      severity: 'warning',
    },
  ]);
});

test('a link of an alert to an unknown dashboard is reported with a suggestion', () => {
  expect(unknownDashboards(content)).toEqual([]);
  const source = { file: 'alerts/nodes.ts', shipped: true, lineOf: () => 3 };
  const { nodes: overview, clocks } = content.dashboards;
  const renamed = { overview: overview!, clock: clocks! };
  const sources = { 'alerts/nodes': source };
  expect(unknownDashboards({ ...content, dashboards: renamed, sources })).toMatchObject([
    { place: { file: 'alerts/nodes.ts', line: 3 }, value: 'nodes' },
    { place: { file: 'alerts/nodes.ts', line: 3 }, value: 'clocks', suggestion: 'clock' },
  ]);
});

test('an unknown job is reported with a suggestion', () => {
  const known = ['node-exporter', 'nodes', 'ntp'];
  expect(unknownNeeds(content, known)).toEqual([]);
  const source = { file: 'alerts/nodes.ts', shipped: true, lineOf: () => 3 };
  const sources = { 'alerts/nodes': source, 'dashboards/nodes': source };
  expect(
    unknownNeeds({ ...content, sources }, ['node-exporters', 'ntp']).map(
      ({ place, value, suggestion }) => [place, value, suggestion],
    ),
  ).toEqual([
    [{ file: 'alerts/nodes.ts', line: 3 }, 'node-exporter', 'node-exporters'],
    [{ file: 'alerts/nodes.ts', line: 3 }, 'node-exporter', 'node-exporters'],
  ]);
});
