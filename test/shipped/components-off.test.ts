import { expect, test } from 'vitest';
import { loadContent } from '../../src/content/load.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { metrics, offer } from '../../src/model/offer.js';
import type { Party } from '../../src/model/party.js';
import { readme } from '../../src/output/readme.js';
import { buildStack } from '../../src/stack.js';
import { build, minimal } from '../environment.js';
import { combinations, errorsOf, without } from '../off.js';

const { content, findings } = await loadContent(['.']);

test('the shipped content has no findings', () => {
  expect(findings).toEqual([]);
});

test.each(combinations.map((off) => ({ off, title: off.join(' and ') || 'nothing' })))(
  'the shipped content works without $title',
  ({ off }) => {
    expect(errorsOf(without(off), content)).toEqual([]);
  },
);

test('an outside exporter has the dashboards and alerts of the component with its name', () => {
  const environment = without(['nodeExporter']);
  const offers = [metrics('/metrics', { labels: { node: 'database-1' } })];
  const party: Party = {
    name: 'node-exporter',
    workloads: { vm: { kind: 'addresses', cidrs: ['10.9.0.4/32'] } },
    endpoints: { metrics: { port: 9100, host: '10.9.0.4', offers } },
    consumes: [],
  };
  const outside = without(['nodeExporter'], [party]);
  expect(errorsOf(outside, content)).toEqual([]);
  expect(readme(buildStack(outside, content))).not.toContain('| dashboard `nodes` |');
  expect(readme(buildStack(environment, content))).toContain('| dashboard `nodes` |');
});

test('content of a component that is off is left out for this reason', () => {
  const text = readme(buildStack(without(['jaeger']), content));
  expect(text).toContain('| dashboard `jaeger` | jaeger is not deployed |');
});

test('alerts about the delivery of alerts are left out if no party receives them', () => {
  const { omissions } = buildStack(without(['alertmanager']), content);
  expect(omissions).toContainEqual({
    kind: 'alert',
    name: 'PrometheusAlertsNotDelivered',
    reason: 'no party receives alerts',
  });
});

test('alerts about the delivery of alerts are kept if an outside Alertmanager receives them', () => {
  const options = {
    ...minimal,
    alertmanager: { enabled: false },
    parties: [
      {
        name: 'pager',
        workloads: { pager: { kind: 'pods', namespace: 'pager', labels: { app: 'pager' } } },
        endpoints: { web: { port: 9093, offers: [offer('alerts')] } },
        consumes: [],
      },
    ],
  } satisfies EnvironmentOptions;
  expect(build(options, content).alerts.map(({ alert }) => alert)).toEqual(
    expect.arrayContaining([
      'PrometheusWithoutAlertmanager',
      'PrometheusAlertsNotDelivered',
      'PrometheusAlertsDeliveredInPart',
      'PrometheusAlertsDropped',
    ]),
  );
});
