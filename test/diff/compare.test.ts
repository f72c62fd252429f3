import { describe, expect, test } from 'vitest';
import { objectiveGroup } from '../../src/content/objective/group.js';
import {
  availability,
  latency,
  type ObjectiveOptions,
  objectiveSchema,
} from '../../src/content/objective/objective.js';
import { tally } from '../../src/diff/tally.js';
import { minimal } from '../environment.js';
import { changesOf, lines, panels, rules } from './pair.js';

describe('an option', () => {
  test('that is not changed changes nothing', () => {
    expect(changesOf({}, {})).toEqual([]);
  });

  test('of the resources restarts a workload, with the new total', () => {
    const changes = changesOf({}, { options: { grafana: { memoryLimit: '1Gi' } } });
    expect(new Set(changes.map(({ section }) => section))).toEqual(
      new Set(['workloads', 'resources']),
    );
    expect(lines(changes, 'workloads')).toEqual([
      'changed StatefulSet crowsnest/crowsnest-grafana restarts: env[GOMEMLIMIT] value of grafana 460MiB → 921MiB; resources of grafana; resources of make-credentials',
    ]);
    expect(lines(changes, 'resources')).toContain(
      'changed StatefulSet crowsnest/crowsnest-grafana, grafana: limits memory 512Mi → 1Gi',
    );
    expect(lines(changes, 'resources').at(-1)).toMatch(
      /^changed all pods, with the node agents of one node: memory limits .+ → .+$/,
    );
  });

  test('that enlarges a volume restarts nothing', () => {
    const changes = changesOf({}, { options: { prometheus: { volume: '80Gi' } } });
    expect(lines(changes, 'workloads')).toEqual([]);
    expect(lines(changes, 'resources')).toEqual([
      'changed PersistentVolumeClaim crowsnest/data-crowsnest-prometheus-0: size 10Gi → 80Gi',
    ]);
    expect(lines(changes, 'configuration')).toEqual([
      'changed storage: tsdb retention size 8192MB → 65536MB',
    ]);
  });

  test('of an image is a new version of it', () => {
    const patch = (object: object) =>
      JSON.parse(JSON.stringify(object).replaceAll('/prometheus:v3.14.0-', '/prometheus:v3.15.0-'));
    const changes = changesOf({}, { options: { patch } });
    expect(lines(changes, 'images')).toEqual([
      'changed quay.io/prometheus/prometheus: version v3.14.0-distroless → v3.15.0-distroless',
    ]);
    expect(lines(changes, 'workloads')).toEqual([
      'changed StatefulSet crowsnest/crowsnest-prometheus restarts: image of prometheus',
    ]);
  });

  test('that disables a component removes all of it', () => {
    const changes = changesOf({}, { options: { jaeger: { enabled: false } } });
    expect(lines(changes, 'workloads')).toContain(
      'removed StatefulSet crowsnest/crowsnest-jaeger: ',
    );
    expect(lines(changes, 'images')).toEqual([
      'removed docker.io/jaegertracing/jaeger: version 2.20.0 → -',
    ]);
    expect(lines(changes, 'scraping')).toEqual([
      'removed jaeger: ',
      'removed span-metrics: ',
      'changed probe: static_configs {"targets":["http://crowsnest-jaeger.crowsnest.svc:13133/status"],"labels":{"service":"jaeger"}} → -',
    ]);
    expect(lines(changes, 'connections')).toContain(
      'removed crowsnest/grafana → crowsnest/jaeger: ports 16686/TCP → -',
    );
  });

  test('of a receiver changes notifications, connections and required Secrets', () => {
    const alerting = {
      receivers: [
        {
          name: 'on-call',
          kind: 'pagerduty',
          routingKey: { secret: 'alertmanager', key: 'pagerduty' },
        },
      ],
      defaultReceiver: 'on-call',
    };
    const changes = changesOf({}, { options: { alerting } });
    expect(lines(changes, 'notifications')).toContain('added receiver on-call: ');
    expect(lines(changes, 'secrets')).toEqual(['added Secret crowsnest/alertmanager: ']);
    expect(lines(changes, 'connections').join('\n')).toMatch(
      /added crowsnest\/alertmanager → 0\.0\.0\.0\/0 without .*443\/TCP/,
    );
    expect(lines(changes, 'workloads').join('\n')).toContain(
      'restarts: a file that is read only at the start: alertmanager.yml;',
    );
  });

  test('of the resources of kube-state-metrics changes its permissions', () => {
    const options = { kubeStateMetrics: { resources: ['ingresses'] } };
    expect(lines(changesOf({}, { options }), 'permissions')).toEqual([
      'changed ClusterRole crowsnest-kube-state-metrics: list, watch ingresses - → allowed',
    ]);
  });

  test('of an application adds a job with its targets', () => {
    const config = { job_name: 'db', static_configs: [{ targets: ['db.shop.svc:9187'] }] };
    const at = { kind: 'pods', namespace: 'shop', labels: { app: 'db' } };
    const options = {
      prometheus: { scrapeConfigs: [{ at, config }] },
    };
    const changes = changesOf({}, { options });
    expect(lines(changes, 'scraping')).toEqual(['added db: ']);
    expect(lines(changes, 'connections')).toEqual([
      'added crowsnest/prometheus → shop/app=db: ports - → 9187/TCP',
    ]);
  });

  test('of labels is one change for all objects, and restarts their pods', () => {
    const changes = changesOf({}, { options: { labels: { team: 'platform' } } });
    expect(lines(changes, 'objects')).toEqual([
      expect.stringMatching(/^changed \d+ objects, such as .+: labels team - → platform$/),
    ]);
    expect(changes.filter(({ effect }) => effect === 'restarts').length).toBeGreaterThan(5);
  });
});

describe('a rule', () => {
  const alert = {
    alert: 'NoOrders',
    expr: 'sum(prometheus_tsdb_head_series) < 3',
    for: '5m',
    labels: { severity: 'warning' },
    annotations: { summary: 'No orders.' },
  };
  const change = (...after: object[]) =>
    lines(changesOf({ content: rules(alert) }, { content: rules(...after) }), 'alerts');

  test('has its threshold, duration and severity', () => {
    const other = { ...alert, expr: 'sum(prometheus_tsdb_head_series) < 5', for: '10m' };
    expect(change({ ...other, labels: { severity: 'critical' } })).toEqual([
      'changed NoOrders: expr sum(prometheus_tsdb_head_series) < 3 → sum(prometheus_tsdb_head_series) < 5; for 5m → 10m; severity warning → critical',
    ]);
  });

  test('is added or removed with what it is', () => {
    expect(change({ ...alert, alert: 'NoSales' })).toEqual([
      'removed NoOrders: severity warning → -; for 5m → -; expr sum(prometheus_tsdb_head_series) < 3 → -',
      'added NoSales: severity - → warning; for - → 5m; expr - → sum(prometheus_tsdb_head_series) < 3',
    ]);
  });

  test('is paired by its severity with one of the same name', () => {
    const critical = { ...alert, expr: 'vector(0)', labels: { severity: 'critical' } };
    expect(change(critical, { ...alert, for: '6m' })).toEqual([
      'added NoOrders{severity="critical"}: severity - → critical; for - → 5m; expr - → vector(0)',
      'changed NoOrders{severity="warning"}: for 5m → 6m',
    ]);
  });

  test('that only moves is not changed', () => {
    const record = { record: 'shop:orders:rate5m', expr: 'vector(1)' };
    const both = { content: rules(alert, record) };
    expect(lines(changesOf(both, { content: rules(record, alert) }), 'alerts')).toEqual([]);
  });

  test('has the labels that distinguish it from rules of its name', () => {
    const ratio = (slo: string, expr: string) => ({
      record: 'shop:orders:ratio',
      expr,
      labels: { service: 'orders', slo },
    });
    const before = rules(ratio('availability', 'vector(0.99)'), ratio('latency', 'vector(0.9)'));
    const after = rules(
      ratio('fast', 'vector(0.5)'),
      ratio('latency', 'vector(0.95)'),
      ratio('availability', 'vector(0.99)'),
    );
    expect(lines(changesOf({ content: before }, { content: after }), 'alerts')).toEqual([
      'added recording rule shop:orders:ratio{slo="fast"}: expr - → vector(0.5)',
      'changed recording rule shop:orders:ratio{slo="latency"}: expr vector(0.9) → vector(0.95)',
    ]);
    const [critical, warning] = ['critical', 'warning'].map((severity) => ({
      ...alert,
      labels: { severity },
    }));
    expect(
      lines(
        changesOf({ content: rules(critical!, warning!) }, { content: rules(warning!) }),
        'alerts',
      ),
    ).toEqual([expect.stringMatching(/^removed NoOrders\{severity="critical"\}: /)]);
  });

  test('has a link without its page, so that the same change of all links is one', () => {
    const link = (dashboard_url: string) => ({ ...alert, annotations: { dashboard_url } });
    const [before, after] = ['https://old.example.com', 'https://new.example.com/g'].map(
      (base) => ({ content: rules(link(`${base}/d/shop?var-pod={{ $labels.pod }}`)) }),
    );
    expect(lines(changesOf(before!, after!), 'alerts')).toEqual([
      'changed NoOrders: dashboard_url https://old.example.com → https://new.example.com/g',
    ]);
  });
});

describe('an objective', () => {
  const contentOf = (...objectives: ObjectiveOptions[]) => {
    const subject = { application: 'orders', namespace: 'shop', job: 'orders' };
    const valid = objectives.map((one) => objectiveSchema.parse(one));
    return {
      content: {
        ...rules(),
        alerts: { 'objectives-of-orders': objectiveGroup(subject, valid, { period: '7d' }) },
      },
    };
  };
  const change = (before: ObjectiveOptions[], after: ObjectiveOptions[]) => {
    const changes = changesOf(contentOf(...before), contentOf(...after));
    expect(tally(changes)).toMatch(/^\d objectives?$/);
    return lines(changes, 'alerts');
  };

  test('is added, removed and changed in one line, whatever rules measure it', () => {
    expect(
      change(
        [availability(99.9), latency(99, '250ms')],
        [availability(99.5), latency(95, '500ms')],
      ),
    ).toEqual([
      'changed objective availability of shop/orders: target 99.9 % → 99.5 %',
      expect.stringMatching(
        /^removed objective latency-250ms of shop\/orders: target 99 % → -; period 7 days → -; minimum errors 5 → -; recording rules \d+ → -$/,
      ),
      expect.stringMatching(/^added objective latency-500ms of shop\/orders: target - → 95 %; /),
    ]);
  });

  test('has what it counts, if that differs', () => {
    const slow = (threshold: string) => latency(99, threshold, { name: 'slow' });
    const [line, ...others] = change([slow('250ms')], [slow('500ms')]);
    expect(others).toEqual([]);
    expect(line).toMatch(/^changed objective slow of shop\/orders: expr of slo:sli_errors:rate5m /);
    expect(line).toContain('le="0.25"');
  });

  test('that stays is not shown', () => {
    const one = contentOf(availability(99.9));
    expect(changesOf(one, contentOf(availability(99.9)))).toEqual([]);
  });
});

describe('a dashboard', () => {
  const change = (after: Parameters<typeof panels>[0], title?: string) =>
    lines(
      changesOf(
        { content: panels({ Orders: 'sum(orders)', Sales: 'sum(sales)' }) },
        { content: panels(after, title) },
      ),
      'dashboards',
    );

  test('has panels that are added, removed and changed, wherever they are', () => {
    expect(change({ Failures: 'sum(failures)', Orders: 'sum(orders) or vector(0)' })).toEqual([
      'changed Shop: panel Orders: query A sum(orders) → sum(orders) or vector(0); panel Sales stat → -; panel Failures - → stat',
    ]);
  });

  test('that has only another order of panels has another layout', () => {
    expect(change({ Sales: 'sum(sales)', Orders: 'sum(orders)' })).toEqual([
      'changed Shop: layout',
    ]);
  });

  test('has a title', () => {
    expect(change({ Orders: 'sum(orders)', Sales: 'sum(sales)' }, 'Store')).toEqual([
      'changed Store: title Shop → Store',
    ]);
  });
});

test('the plugin of the network and its entities are connections too', () => {
  const options = { cluster: { ...minimal.cluster, networkPlugin: 'cilium' } };
  const changes = lines(changesOf({}, { options }), 'connections');
  expect(changes).toContain('added crowsnest/prometheus → host: ports - → 9100/TCP, 10250/TCP');
  expect(changes.join('\n')).toContain('removed crowsnest/prometheus → 172.18.0.0/16');
});
