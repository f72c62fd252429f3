import { describe, expect, test } from 'vitest';
import routes from '../../src/checks/routes.js';
import { without } from '../../src/config/alert-setting.js';
import type { EnvironmentOptions } from '../../src/config/environment.js';
import { loadContent } from '../../src/content/load.js';
import { metrics } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { build, minimal } from '../environment.js';
import { inputOf } from './input.js';

type Alerting = NonNullable<EnvironmentOptions['alerting']>;
type Routes = NonNullable<Alerting['routes']>;

const { content } = await loadContent(['.']);
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

/** Findings of a route to the pager with these matchers. */
const of = (...matchers: string[]) => findings([{ matchers, receiver: 'pager' }]);

test.each([
  ['severity="critical"'],
  ['severity=~"critical|warning"'],
  ['severity=~"crit.*"'],
  ['severity!="info"'],
  ['alertname="TargetsDown"'],
  // It is added on the way, and there is nothing that an expression leaves under it.
  ['cluster="test"'],
  // What an expression leaves open may be anything.
  ['namespace="anything"', 'severity="critical"'],
  ['job="node-exporter"'],
  ['job=~"node-exporter|grafana"'],
])('a route that an alert can take passes: %s', (...matchers) => {
  expect(of(...matchers)).toEqual([]);
});

describe('a matcher', () => {
  test('with a value that no alert has is named, with the nearest that one has', () => {
    expect(of('severity="critcal"')).toMatchObject([
      {
        severity: 'error',
        place: {
          object: 'ConfigMap crowsnest/crowsnest-alertmanager-config',
          path: 'alertmanager.yml: route.routes[1].matchers[0]',
        },
        message: "No alert that ships has 'critcal' as its label 'severity'.",
        value: 'severity="critcal"',
        remedy: expect.stringMatching(
          /^Name one of critical, info, warning\. If alerts of another sender .* waive it with that reason, at 'ConfigMap crowsnest\/crowsnest-alertmanager-config'\.$/,
        ),
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
  ])('%s is probably meant to be %s', (written, suggestion) => {
    expect(of(written)).toMatchObject([{ value: written, suggestion }]);
  });

  test('with a label that is nearly one that is set is told where series may have any', () => {
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
        message: "No alert that ships is known to have a label 'severty'.",
        suggestion: 'severity="critical"',
      },
    ]);
    expect(found('severity="critcal"')).toMatchObject([{ severity: 'error' }]);
    expect(found('team="shop"')).toEqual([]);
    expect(found('namespace="shop"')).toEqual([]);
  });

  test('of a route within another is judged as those above are', () => {
    const found = findings([
      {
        matchers: ['severity="critical"'],
        receiver: 'pager',
        routes: [{ matchers: ['alertname="Nothing"'], receiver: 'pager' }],
      },
    ]);
    expect(found).toMatchObject([
      { place: { path: 'alertmanager.yml: route.routes[1].routes[0].matchers[0]' } },
    ]);
  });
});

describe('a route', () => {
  test('that no alert takes for all of its matchers together is named', () => {
    expect(of('alertname="Watchdog"', 'severity="critical"')).toMatchObject([
      {
        message: 'No alert that comes here passes all of its matchers.',
        value: 'alertname="Watchdog", severity="critical"',
      },
    ]);
    expect(of('alertname=~"Nothing.*"')).toHaveLength(1);
    expect(of('namespace="a"', 'namespace="b"')).toHaveLength(1);
  });

  test('within another gets what that one takes, and no more', () => {
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

  test('that others before it leave nothing to is named', () => {
    const first = { matchers: ['severity=~"critical|warning"'], receiver: 'channel' };
    const second = { matchers: ['severity="critical"'], receiver: 'pager' };
    expect(findings([first, second])).toMatchObject([
      {
        place: { path: 'alertmanager.yml: route.routes[2]' },
        message: 'Routes before it take every alert that it matches.',
        value: 'severity="critical"',
      },
    ]);
    expect(findings([second, first])).toEqual([]);
    expect(findings([{ ...first, continue: true }, second])).toEqual([]);
  });

  test('is not said to be shadowed where a label may be anything', () => {
    const first = { matchers: ['namespace=~"shop.*"'], receiver: 'channel' };
    const then = (matcher: string) => findings([first, { matchers: [matcher], receiver: 'pager' }]);
    expect(then('severity="critical"')).toEqual([]);
    expect(then('namespace=~".*-test"')).toEqual([]);
    expect(then('namespace="shop-test"')).toHaveLength(1);
    expect(then('namespace=~"shop.*"')).toHaveLength(1);
  });

  test('of alerts that the environment switches off is for nobody', () => {
    const route = { matchers: ['alertname="TargetsDown"'], receiver: 'pager' };
    expect(findings([route], { alerts: [] })).toEqual([]);
    expect(
      findings([route], { alerts: [without('TargetsDown', 'other people look after them')] }),
    ).toMatchObject([{ value: 'alertname="TargetsDown"' }]);
  });
});

test('a receiver that no route and no default names is told of nothing', () => {
  expect(findings([], { receivers: ['channel', 'pager'] })).toMatchObject([
    {
      place: { path: 'alertmanager.yml: receivers[2].name' },
      message: 'No route leads to this receiver, and it is not the default.',
      value: 'pager',
    },
  ]);
  expect(findings([], { receivers: ['channel'] })).toEqual([]);
});
