import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { without } from '../../src/config/alert-setting.js';
import { type Alert, type AlertGroup, alertGroup } from '../../src/content/alert-group.js';
import type { Content } from '../../src/content/content.js';
import { unknownDashboards, unknownNeeds } from '../../src/content/need.js';
import { type Choice, select } from '../../src/content/select.js';
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
      alert('ClockWrong', { needs: ['ntp'], subject: 'clock', dashboard: 'clocks' }),
    ],
  }),
});

const content: Content = {
  dashboards: {
    nodes: { ...emptyDashboard('Nodes'), needs: ['node-exporter'], variables: ['node', 'disk'] },
    clocks: { ...emptyDashboard('Clocks'), needs: ['ntp'] },
  },
  alerts: { nodes: nodes as AlertGroup },
  sources: {},
};

const chosen = (choice: Partial<Choice> = {}) =>
  select(content, {
    jobs: ['node-exporter', 'ntp'],
    settings: [],
    addresses: { runbooks: 'https://example.com/alerts/', grafana: 'https://grafana' },
    ...choice,
  });

/** The alerts of the rendered group by name. */
const alerts = (choice: Partial<Choice> = {}) => {
  const { groups } = parse(chosen(choice).rendered.rules['nodes.yaml'] ?? 'groups: []');
  // biome-ignore lint/suspicious/noExplicitAny: rules as Prometheus reads them
  const rules: any[] = groups.flatMap((group: any) => group.rules);
  return Object.fromEntries(rules.map((rule) => [rule.alert ?? rule.record, rule]));
};

describe('what an environment gets', () => {
  test('is all whose jobs are scraped, with labels and links that are added in one place', () => {
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
        labels: { severity: 'warning', subject: 'clock' },
        annotations: expect.objectContaining({ dashboard_url: 'https://grafana/d/clocks' }),
      }),
    });
  });

  test('is no alert and no dashboard that needs a job which is not scraped', () => {
    const { rendered, omissions } = chosen({ jobs: ['node-exporter'] });
    expect(Object.keys(alerts({ jobs: ['node-exporter'] }))).toEqual(['node:load:avg', 'DiskFull']);
    expect(Object.keys(rendered.dashboards)).toEqual(['nodes']);
    const reason = 'nothing here is scraped as `ntp`';
    expect(omissions).toEqual([
      { kind: 'alert', name: 'ClockWrong', reason },
      { kind: 'dashboard', name: 'clocks', reason },
    ]);
  });

  test('is no file of rules for a group of which nothing is left', () => {
    expect(chosen({ jobs: [] }).rendered).toEqual({ dashboards: {}, rules: {}, expressions: [] });
  });

  test('has the thresholds that it asks for', () => {
    const settings = [nodes.with({ free: 0.1 })];
    expect(alerts({ settings }).DiskFull).toMatchObject({ expr: 'free < 0.1', for: '5m' });
    expect(alerts().DiskFull).toMatchObject({ expr: 'free < 0.05' });
  });

  test('lacks what it does without, and knows the reason', () => {
    const settings = [without('DiskFull', 'disks are thrown away')];
    expect(Object.keys(alerts({ settings }))).toEqual(['node:load:avg', 'ClockWrong']);
    expect(chosen({ settings }).alerts.map((one) => one.alert)).toEqual(['ClockWrong']);
    expect(chosen({ settings }).omissions).toEqual([
      { kind: 'alert', name: 'DiskFull', reason: 'disks are thrown away' },
    ]);
  });

  test('links to no dashboard that it does not have', () => {
    const { dashboards, ...rest } = content;
    const { rendered } = select(
      { ...rest, dashboards: {} },
      { jobs: ['node-exporter'], settings: [], addresses: { runbooks: 'alerts', grafana: '' } },
    );
    expect(rendered.rules['nodes.yaml']).not.toContain('dashboard_url');
    expect(rendered.rules['nodes.yaml']).toContain('runbook_url: alerts/nodes.md#diskfull');
  });
});

describe('a setting that is wrong is found', () => {
  const found = (setting: Choice['settings'][number]) =>
    chosen({ settings: [setting] }).findings.map(({ place, message, remedy, suggestion }) => [
      place.path,
      `${message} ${remedy}`,
      suggestion,
    ]);

  test.each<[string, Choice['settings'][number], unknown[]]>([
    [
      'an alert that does not exist',
      without('DiscFull', 'disks are thrown away'),
      [
        'alerts[0].alert',
        'There is no alert of this name. Name an alert of a file in alerts/, or remove it here.',
        'DiskFull',
      ],
    ],
    [
      'a threshold that does not exist',
      { kind: 'with', group: nodes, thresholds: { fre: 1 } },
      [
        'alerts[0].thresholds.fre',
        'The group has no such threshold. Use one of free, window.',
        'free',
      ],
    ],
    [
      'a threshold of another type',
      { kind: 'with', group: nodes, thresholds: { free: '5%' } },
      [
        'alerts[0].thresholds.free',
        'This value is not allowed. Set it to a number; without it, it is 0.05.',
        undefined,
      ],
    ],
    [
      'a group that is none',
      { kind: 'with', group: { ...nodes }, thresholds: {} },
      [
        'alerts[0]',
        'This is no group of alerts that is loaded. Import the default export of a file in alerts/, and say with({ … }) of it.',
        undefined,
      ],
    ],
  ])('%s', (_, setting, expected) => {
    expect(found(setting)).toEqual([expected]);
  });
});

test('a dashboard that an alert links to and there is not is found, with what was meant', () => {
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

test('a job that nobody knows is found, with what was meant', () => {
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
