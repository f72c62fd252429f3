import { beforeAll, describe, expect, test } from 'vitest';
import { application } from '../../src/applications/declared/application.js';
import { redis } from '../../src/applications/declared/database.js';
import type { CheckedProject } from '../../src/check-project.js';
import { alertGroup } from '../../src/content/alert-group.js';
import { availability } from '../../src/content/objective/objective.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { filesOf } from '../../src/synthesize.js';
import { projectWith } from '../applications/project.js';
import { emptyDashboard, minimal } from '../environment.js';

const orders = application({
  name: 'orders',
  namespace: 'shop',
  labels: { app: 'orders' },
  metrics: { port: 9464 },
  traces: true,
  health: { port: 8080, live: '/live' },
  dependsOn: [
    redis({
      host: 'sessions.shop.svc',
      at: { kind: 'pods', namespace: 'shop', labels: { app: 'sessions' } },
    }),
  ],
  objectives: [availability(99)],
  loadTest: { requests: [{ path: '/' }], virtualUsers: 2 },
});

const needing = (...needs: string[]) =>
  alertGroup({
    needs,
    rules: () => ({
      alerts: [
        {
          alert: 'Lacking',
          expr: 'up == 0',
          severity: 'warning',
          summary: 'It is down.',
          description: '{{ $labels.job }} is down.',
          runbook: 'https://example.com/lacking',
        },
      ],
    }),
  });

/** A project with the environment, an alert that needs these jobs or facts, and a dashboard of Redis. */
const projectOf = (options: Partial<EnvironmentOptions>, ...needs: string[]) =>
  projectWith({
    'environments/test.ts': { ...minimal, ...options },
    'applications/orders.ts': orders,
    'alerts/lacking.ts': needing(...needs),
    'dashboards/redis.ts': { ...emptyDashboard('Redis'), needs: ['configured:redis'] },
  });

const readmeOf = ({ stacks, inputs }: CheckedProject): string =>
  filesOf(stacks, inputs).test!['README.md']!;

const disabled = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { enabled: false }]));
const withoutPrometheus = disabled('prometheus', 'grafana');

describe('the README of an environment without Prometheus and Grafana', () => {
  let readme: string;
  beforeAll(async () => {
    readme = readmeOf(await projectOf(withoutPrometheus, 'orders'));
  });

  test('gives one reason for all alerts and one for all dashboards', () => {
    const [, section] = readme.split('### Alerts and dashboards that are left out');
    expect(section?.split('\n## ')[0]?.trim().split('\n')).toEqual([
      '| what | why |',
      '| --- | --- |',
      '| all alerts and recording rules | prometheus is not deployed |',
      '| all dashboards | grafana is not deployed |',
    ]);
  });

  test('lists no alert, and says why nobody is notified', () => {
    expect(readme).toContain('## Alerts\n\nNone.\n');
    expect(readme).toContain(
      '## Notifications\n\n**None.** Nothing here evaluates alerts, since prometheus is not deployed.\n',
    );
  });

  test('names no dashboard of an application, and no results of its load test', () => {
    expect(readme).not.toContain('/d/');
    expect(readme).toContain('Nothing here receives the results');
  });

  test.each(['The kubelet exposes the metrics', 'blackbox-exporter to', 'Expected load'])(
    'does not mention: %s',
    (text) => {
      expect(readme).not.toContain(text);
    },
  );

  test('says that the exporter on the nodes still requires a token', () => {
    expect(readme).toMatch(/^- Port 9100 of every node .* requires a token/m);
  });
});

test('receivers without anything that sends alerts to Alertmanager are remarked', async () => {
  const alerting = {
    receivers: [{ kind: 'slack', name: 'channel', url: { secret: 'slack', key: 'url' } } as const],
    defaultReceiver: 'channel',
  };
  const remark = '**No alerts are sent to Alertmanager**, since prometheus is not deployed.';
  expect(readmeOf(await projectOf({ ...withoutPrometheus, alerting }))).toContain(remark);
  expect(readmeOf(await projectOf({ alerting }))).not.toContain(remark);
});

test('without Grafana, the dashboards are left out, and only the others show alerts', async () => {
  const readme = readmeOf(await projectOf(disabled('grafana')));
  expect(readme).toContain('| all dashboards | grafana is not deployed |');
  expect(readme).not.toContain('dashboard `redis`');
  expect(readme).not.toContain('/d/');
  expect(readme).toContain('Prometheus receives the results; nothing here shows them.');
  expect(readme).toContain('Alerts fire, but only Prometheus and Alertmanager show them.');
  expect(readme).toContain('| Lacking | warning |');
});

test.each([
  [disabled('alertmanager'), ['configured:alertmanager-mesh'], 'alertmanager is not deployed'],
  [{}, ['configured:alertmanager-mesh'], 'Alertmanager has one replica'],
  [disabled('redisExporter'), ['configured:redis'], 'redis-exporter is not deployed'],
  [disabled('k6'), ['configured:load-tests'], 'k6 is not deployed'],
  [{}, ['shop'], 'the scrape job `shop` does not exist'],
] as const)('with %j, an alert that needs %j is left out: %s', async (options, needs, reason) => {
  expect(readmeOf(await projectOf(options, ...needs))).toContain(
    `| alert \`Lacking\` | ${reason} |`,
  );
});

test('a dashboard of load tests is left out without a receiver of their results, which the reason says', async () => {
  const { stacks } = await projectOf(withoutPrometheus, 'configured:load-tests');
  expect(stacks[0]!.omissions).toContainEqual({
    kind: 'alert',
    name: 'Lacking',
    reason: 'nothing receives the results of load tests',
  });
});
