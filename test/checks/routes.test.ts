import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import routes from '../../src/checks/alerts/routes.js';
import { without } from '../../src/config/alert-setting.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { metrics } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { build, minimal, withFewComponents } from '../environment.js';
import { sampleContent } from '../sample/content.js';
import { changed, inputOf, type Mutable } from './input.js';

type Alerting = NonNullable<EnvironmentOptions['alerting']>;
type Routes = NonNullable<Alerting['routes']>;

const content = await sampleContent();
const receiver = (name: string) => ({
  kind: 'webhook' as const,
  name,
  url: { secret: 'alertmanager', key: name },
});

const findings = (
  list: Routes,
  {
    receivers = ['channel', 'pager'],
    ...more
  }: { receivers?: string[] } & Partial<EnvironmentOptions> = {},
) =>
  routes.run(
    inputOf(
      build(
        {
          ...minimal,
          ...withFewComponents,
          ...more,
          alerting: {
            receivers: receivers.map(receiver),
            defaultReceiver: 'channel',
            routes: list,
          },
        },
        content,
      ),
    ),
  );

/** The findings of a route to the pager with these matchers. */
const of = (...matchers: string[]) => findings([{ matchers, receiver: 'pager' }]);

test.each([
  ['severity="critical"'],
  ['severity=~"critical|warning"'],
  ['severity=~"crit.*"'],
  ['severity!="info"'],
  ['alertname="TargetsDown"'],
  // The external label is always set, and the other expression has no label `mountpoint`.
  ['cluster="test"'],
  // A label that an expression leaves open can have any value.
  ['namespace="anything"', 'severity="critical"'],
  ['job="node-exporter"'],
  ['job=~"node-exporter|grafana"'],
])('a route that an alert can match has no findings: %s', (...matchers) => {
  expect(of(...matchers)).toEqual([]);
});

describe('a matcher', () => {
  test('with a value that no alert has is reported with a suggestion', () => {
    expect(of('severity="critcal"')).toMatchObject([
      {
        severity: 'error',
        place: {
          object: 'ConfigMap crowsnest/crowsnest-alertmanager-config',
          path: 'alerting.routes[0].matchers[0]',
        },
        fault: 'unknown-value',
        value: 'severity="critcal"',
        suggestion: 'severity="critical"',
      },
    ]);
  });

  test.each([
    ['severty="critical"', 'severity="critical"'],
    ['severity=~"critcal|warning"', 'severity=~"critical|warning"'],
    ['severity!="inf"', 'severity!="info"'],
    ['alertname="TargetsDwn"', 'alertname="TargetsDown"'],
    ['cluster="tst"', 'cluster="test"'],
    ['clustr=~".*"', 'cluster=~".*"'],
  ])('%s is reported with the suggestion %s', (written, suggestion) => {
    expect(of(written)).toMatchObject([{ value: written, suggestion }]);
  });

  test('with a label that is similar to a known label is a warning if series can have any label', () => {
    const shop: Party = {
      name: 'shop',
      workloads: { shop: { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } },
      endpoints: { web: { port: 8080, offers: [metrics()] } },
      consumes: [],
    };
    const found = (matcher: string) =>
      findings([{ matchers: [matcher], receiver: 'pager' }], { parties: [shop] });
    expect(found('severty="critical"')).toMatchObject([
      {
        severity: 'warning',
        fault: 'uncertain-label',
        suggestion: 'severity="critical"',
      },
    ]);
    expect(found('severity="critcal"')).toMatchObject([{ severity: 'error' }]);
    expect(found('team="shop"')).toEqual([]);
    expect(found('namespace="shop"')).toEqual([]);
  });

  test('of a nested route is checked in the same way', () => {
    const found = findings([
      {
        matchers: ['severity="critical"'],
        receiver: 'pager',
        routes: [{ matchers: ['alertname="Nothing"'], receiver: 'pager' }],
      },
    ]);
    expect(found).toMatchObject([{ place: { path: 'alerting.routes[0].routes[0].matchers[0]' } }]);
  });
});

describe('a route', () => {
  test('that no alert matches with all of its matchers is reported', () => {
    expect(of('alertname="Watchdog"', 'severity="critical"')).toMatchObject([
      {
        fault: 'no-match',
        value: 'alertname="Watchdog", severity="critical"',
      },
    ]);
    expect(of('alertname=~"Nothing.*"')).toHaveLength(1);
    expect(of('namespace="a"', 'namespace="b"')).toHaveLength(1);
  });

  test('inside another route gets only the alerts that the outer route matches', () => {
    const within = (matcher: string) =>
      findings([
        {
          matchers: ['severity="critical"', 'namespace="shop"'],
          receiver: 'pager',
          routes: [{ matchers: [matcher], receiver: 'channel' }],
        },
      ]);
    expect(within('severity="warning"')).toHaveLength(1);
    expect(within('namespace="web"')).toHaveLength(1);
    expect(within('namespace=~"shop|web"')).toEqual([]);
  });

  test('that comes after routes for all of its alerts is reported', () => {
    const first = { matchers: ['severity=~"critical|warning"'], receiver: 'channel' };
    const second = { matchers: ['severity="critical"'], receiver: 'pager' };
    expect(findings([first, second])).toMatchObject([
      {
        place: { path: 'alerting.routes[1]' },
        fault: 'shadowed-route',
        value: 'severity="critical"',
      },
    ]);
    expect(findings([second, first])).toEqual([]);
    expect(findings([{ ...first, continue: true }, second])).toEqual([]);
  });

  test('that continues needs a later route, otherwise a warning says that continue has no effect', () => {
    const first = { matchers: ['severity="critical"'], receiver: 'pager', continue: true };
    const second = (matcher: string) => ({ matchers: [matcher], receiver: 'channel' });
    expect(findings([first])).toMatchObject([
      {
        severity: 'warning',
        place: { path: 'alerting.routes[0].continue' },
        fault: 'needless-continue',
        value: 'severity="critical"',
      },
    ]);
    expect(findings([first, second('severity="warning"')])).toMatchObject([
      { place: { path: 'alerting.routes[0].continue' } },
    ]);
    expect(findings([first, second('severity="critical"')])).toEqual([]);
  });

  test('is not reported as shadowed if a label can have any value', () => {
    const first = { matchers: ['namespace=~"shop.*"'], receiver: 'channel' };
    const then = (matcher: string) => findings([first, { matchers: [matcher], receiver: 'pager' }]);
    expect(then('severity="critical"')).toEqual([]);
    expect(then('namespace=~".*-test"')).toEqual([]);
    expect(then('namespace="shop-test"')).toHaveLength(1);
    expect(then('namespace=~"shop.*"')).toHaveLength(1);
  });

  test('that silences disabled alerts has no findings', () => {
    const route = { matchers: ['alertname="TargetsDown"'], receiver: 'pager' };
    expect(findings([route], { alerts: [] })).toEqual([]);
    expect(
      findings([route], { alerts: [without('TargetsDown', 'another team looks after them')] }),
    ).toMatchObject([{ value: 'alertname="TargetsDown"' }]);
  });
});

test('a receiver without a route is reported, unless it is the default', () => {
  expect(findings([], { receivers: ['channel', 'pager'] })).toMatchObject([
    {
      place: { path: 'alertmanager.yml: receivers[2].name' },
      fault: 'unrouted-receiver',
      value: 'pager',
    },
  ]);
  expect(findings([], { receivers: ['channel'] })).toEqual([]);
});

describe('alerts about failing notifications', () => {
  const mutated = (change: (config: Mutable) => void) =>
    routes.run(
      changed(
        build(
          {
            ...minimal,
            alerting: {
              receivers: ['channel', 'pager'].map(receiver),
              defaultReceiver: 'channel',
              routes: [{ matchers: ['severity="critical"'], receiver: 'pager' }],
            },
          },
          content,
        ),
        'ConfigMap crowsnest/crowsnest-alertmanager-config',
        (map) => {
          const config = parse(map.data['alertmanager.yml']);
          change(config);
          map.data['alertmanager.yml'] = stringify(config);
        },
      ),
    );

  test('must reach every receiver', () => {
    expect(mutated(() => {})).toEqual([]);
    const fault = 'unreached-receiver';
    expect(
      mutated(({ route }) => {
        route.routes[1].continue = undefined;
      }),
    ).toMatchObject([{ severity: 'error', fault, value: 'pager' }]);
    expect(
      mutated(({ route }) => {
        route.routes.splice(1, 2);
      }),
    ).toMatchObject([
      { fault, value: 'channel' },
      { fault, value: 'pager' },
    ]);
  });

  test('must not inhibit other alerts', () => {
    expect(
      mutated(({ inhibit_rules: [rule] }) => {
        rule.source_matchers.pop();
      }),
    ).toMatchObject([
      {
        severity: 'error',
        place: { path: 'alertmanager.yml: inhibit_rules[0].source_matchers' },
        fault: 'inhibiting-alert',
        value: 'severity="critical", subject!=""',
      },
    ]);
  });
});

describe('a native configuration', () => {
  type Config = NonNullable<Alerting['config']>;
  const found = (config: Partial<Config>) =>
    routes.run(
      inputOf(
        build(
          {
            ...minimal,
            alerting: {
              config: { route: { receiver: 'team' }, receivers: [{ name: 'team' }], ...config },
            },
          },
          content,
        ),
      ),
    );

  test('has one warning for all routes that get no alert', () => {
    const idle = { match: { severity: 'page' }, receiver: 'team' };
    const used = { match_re: { severity: 'critical|warning' } };
    expect(
      found({ route: { receiver: 'team', routes: [used, idle, { matchers: ['{a="b"}'] }] } }),
    ).toMatchObject([
      {
        fault: 'idle-routes',
        severity: 'warning',
        message: '2 of 3 routes get no alert of the shipped rules.',
        value: 'alerting.config.route.routes[1], alerting.config.route.routes[2]',
      },
    ]);
    expect(found({ route: { receiver: 'team', routes: [used] } })).toEqual([]);
  });

  test('has the paths of routes that the user wrote, also if one of them is for the Watchdog', () => {
    const watchdog = { matchers: ['alertname="Watchdog"'], receiver: 'team' };
    const idle = { match: { severity: 'page' }, receiver: 'team' };
    const outer = { match: { severity: 'critical' }, routes: [idle] };
    expect(found({ route: { receiver: 'team', routes: [watchdog, outer] } })).toMatchObject([
      {
        message: '1 of 3 routes get no alert of the shipped rules.',
        value: 'alerting.config.route.routes[1].routes[0]',
      },
    ]);
  });

  test.each([
    { match_re: { severity: 'critical|page' } },
    { matchers: ['severity=~"critical|page"'] },
    { matchers: ['severity!="page"'] },
  ])(
    'has no warning for a route that gets alerts, whatever else its matcher names: %j',
    (route) => {
      expect(found({ route: { receiver: 'team', routes: [route] } })).toEqual([]);
    },
  );

  test('has one warning for routes that continue although none follows', () => {
    const critical = { matchers: ['severity="critical"'], continue: true };
    const page = { match: { severity: 'page' }, continue: true };
    expect(found({ route: { receiver: 'team', routes: [critical] } })).toMatchObject([
      {
        fault: 'needless-continue',
        severity: 'warning',
        message: 'No route follows on the same level, so continue has no effect.',
        value: 'alerting.config.route.routes[0].continue',
      },
    ]);
    const outer = { match_re: { severity: 'warning|critical' }, routes: [critical] };
    const faultsOf = (...list: object[]) =>
      found({ route: { receiver: 'team', routes: list } }).map(({ fault, value }) => [
        fault,
        value,
      ]);
    expect(faultsOf({ ...critical, routes: [critical] }, outer)).toEqual([
      [
        'needless-continue',
        'alerting.config.route.routes[0].routes[0].continue, alerting.config.route.routes[1].routes[0].continue',
      ],
    ]);
    // A later route can match alerts of other senders.
    expect(faultsOf(critical, { match: { severity: 'page' } })).toEqual([
      ['idle-routes', 'alerting.config.route.routes[1]'],
    ]);
    expect(faultsOf({ match: { severity: 'warning' } }, page)).toEqual([
      ['idle-routes', 'alerting.config.route.routes[1]'],
      ['needless-continue', 'alerting.config.route.routes[1].continue'],
    ]);
  });

  test('has a warning for a label that is similar to a known one if series can have any label', () => {
    const shop: Party = {
      name: 'shop',
      workloads: { shop: { kind: 'pods', namespace: 'shop', labels: { app: 'shop' } } },
      endpoints: { web: { port: 8080, offers: [metrics()] } },
      consumes: [],
    };
    const config = { route: { receiver: 'team', routes: [{ match: { severty: 'page' } }] } };
    const alerting = { config: { ...config, receivers: [{ name: 'team' }] } };
    const stack = build({ ...minimal, parties: [shop], alerting }, content);
    expect(routes.run(inputOf(stack))).toMatchObject([
      {
        fault: 'uncertain-label',
        message:
          'No alert of the shipped rules is known to have the label in alerting.config.route.routes[0].match.severty.',
        suggestion: 'severity="page"',
      },
    ]);
  });

  test('that completes typed routes has the paths of these routes', () => {
    const completed = (routesOf: Routes) =>
      routes.run(
        inputOf(
          build(
            {
              ...minimal,
              alerting: {
                receivers: [receiver('channel')],
                defaultReceiver: 'channel',
                routes: routesOf,
                config: { inhibit_rules: [] },
              },
            },
            content,
          ),
        ),
      );
    const critical = { matchers: ['severity="critical"'], receiver: 'channel' };
    const page = { matchers: ['severity="page"'], receiver: 'channel' };
    expect(completed([critical])).toEqual([]);
    expect(completed([])).toEqual([]);
    expect(completed([critical, page])).toMatchObject([
      {
        message: '1 of 2 routes get no alert of the shipped rules.',
        value: 'alerting.routes[1]',
      },
    ]);
    expect(completed([{ ...critical, continue: true }])).toMatchObject([
      { fault: 'needless-continue', value: 'alerting.routes[0].continue' },
    ]);
  });

  test('can have receivers that are not used, with a warning', () => {
    expect(found({ receivers: ['team', 'old', 'older'].map((name) => ({ name })) })).toMatchObject([
      { fault: 'unused-receivers', severity: 'warning', value: 'old, older' },
    ]);
  });

  test('has a warning if the labels of an inhibition rule are never equal', () => {
    const rule = (equal: string[]) =>
      found({
        inhibit_rules: [
          { source_match: { alertname: 'Watchdog' }, target_match: { severity: 'warning' }, equal },
        ],
      });
    expect(rule(['cluster', 'alertname'])).toMatchObject([
      { fault: 'unequal-labels', severity: 'warning', value: 'alertname' },
    ]);
    // Both alerts lack the second label.
    expect(rule(['cluster', 'dev'])).toEqual([]);
    expect(rule([])).toEqual([]);
  });
});

describe('alerts that reach only nobody', () => {
  const silenced = (list: Routes, more: Partial<EnvironmentOptions> = {}) =>
    findings(list, { receivers: ['channel', 'pager'], ...more })
      .filter(({ fault }) => fault === 'silenced-alerts')
      .map(({ severity, message }) => [severity, message]);

  test('are one warning that names them', () => {
    const [[severity, message] = [], ...others] = silenced([
      { matchers: ['severity="critical"'], receiver: 'nobody' },
    ]);
    expect(severity).toBe('warning');
    expect(message).toMatch(/^(\d+ alerts reach|One alert reaches) only 'nobody': \w+/);
    expect(others).toEqual([]);
  });

  test('are no finding if they are the Watchdog or for information, or reach a later route', () => {
    expect(silenced([])).toEqual([]);
    expect(silenced([{ matchers: ['severity="info"'], receiver: 'nobody' }])).toEqual([]);
    expect(
      silenced([
        { matchers: ['severity="critical"'], receiver: 'nobody', continue: true },
        { matchers: ['severity="critical"'], receiver: 'pager' },
      ]),
    ).toEqual([]);
  });
});

test('a first route of the user for the Watchdog is one of the user', () => {
  const watchdog = {
    matchers: ['alertname="Watchdog"'],
    group_wait: '0s',
    group_interval: '1m',
    repeat_interval: '5m',
  };
  const found = (receiver: string) =>
    routes.run(
      inputOf(
        build(
          {
            ...minimal,
            alerting: {
              config: {
                route: {
                  receiver: 'team',
                  routes: [
                    { ...watchdog, receiver },
                    { receiver: 'team', matchers: ['severity="page"'] },
                  ],
                },
                receivers: [
                  { name: 'team', webhook_configs: [{ url: { secret: 'hook', key: 'url' } }] },
                  {
                    name: 'heartbeat',
                    webhook_configs: [{ url: { secret: 'hook', key: 'beat' } }],
                  },
                ],
              },
            },
          },
          content,
        ),
      ),
    );
  expect(found('heartbeat')).toMatchObject([
    { fault: 'idle-routes', value: 'alerting.config.route.routes[1]' },
  ]);
});
