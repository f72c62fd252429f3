import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import rules from '../../src/checks/alerts/rules.js';
import logql from '../../src/checks/queries/logql.js';
import promql from '../../src/checks/queries/promql.js';
import type { Content } from '../../src/content/content.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { inputOf, manifestOf } from '../checks/input.js';
import { build, minimal, noContent, withFewComponents } from '../environment.js';

const panics = 'sum(count_over_time({k8s_namespace_name="shop"} |= "panic" [5m])) > 0';
const groupsWith = (expr: string, summary = 'The shop panics.') => [
  {
    name: 'shop',
    rules: [
      { alert: 'ShopPanics', expr, labels: { severity: 'warning' }, annotations: { summary } },
    ],
  },
];
const contentWith = (...rule: Parameters<typeof groupsWith>): Content => ({
  ...noContent,
  logRuleFiles: { 'shop.logql': groupsWith(...rule) },
});
const withLoki = {
  ...minimal,
  ...withFewComponents,
  loki: { enabled: true },
  logAgent: { enabled: true },
} satisfies EnvironmentOptions;
const stack = build(withLoki, contentWith(panics));
const fileOf = (of: typeof stack) =>
  parse(manifestOf(of, 'ConfigMap crowsnest/crowsnest-loki-config').object.data['config.yaml']);
const named = (of: typeof stack) => of.manifests.map(({ object }) => object.metadata.name);

describe('rules in LogQL', () => {
  test('are in the folder of the only tenant, and the ruler sends their alerts to Alertmanager', () => {
    expect(stack.findings).toEqual([]);
    const { data } = manifestOf(stack, 'ConfigMap crowsnest/crowsnest-loki-rules').object;
    expect(parse(data['shop.logql.yaml'])).toEqual({ groups: groupsWith(panics) });
    const { volumeMounts } = manifestOf(stack, 'StatefulSet crowsnest/crowsnest-loki').object.spec
      .template.spec.containers[0];
    expect(volumeMounts).toContainEqual({
      name: 'rules',
      mountPath: '/etc/loki-rules/fake',
      readOnly: true,
    });
    expect(fileOf(stack).ruler).toEqual({
      storage: { type: 'local', local: { directory: '/etc/loki-rules' } },
      rule_path: '/loki/rules-copy',
      wal: { dir: '/loki/ruler-wal' },
      evaluation_interval: '30s',
      external_labels: { cluster: minimal.cluster.name },
      alertmanager_url: 'http://crowsnest-alertmanager.crowsnest.svc:9093',
      enable_alertmanager_v2: true,
    });
    expect(stack.alerts.map(({ alert, severity }) => [alert, severity])).toEqual([
      ['ShopPanics', 'warning'],
    ]);
  });

  test('have no findings', () => {
    const input = inputOf(stack);
    for (const check of [logql, rules, promql]) expect(check.run(input)).toEqual([]);
  });

  test('reach Alertmanager by a policy, without any right at the API', () => {
    const policy = manifestOf(stack, 'NetworkPolicy crowsnest/crowsnest-loki').object;
    expect(JSON.stringify(policy.spec.egress)).toContain('"port":9093');
    const roles = stack.manifests.filter(({ object }) => object.kind === 'RoleBinding');
    expect(JSON.stringify(roles)).not.toContain('crowsnest-loki');
  });

  test('are left out without a Loki of the stack', () => {
    const other = build({ ...minimal, ...withFewComponents }, contentWith(panics));
    expect(other.omissions).toContainEqual({
      kind: 'alert',
      name: 'ShopPanics',
      reason: 'the stack has no Loki of its own',
      file: 'shop.logql',
    });
    expect(other.alerts).toEqual([]);
  });

  test('without any, Loki has no ruler', () => {
    const other = build(withLoki);
    expect(fileOf(other).ruler).toBeUndefined();
    expect(named(other)).not.toContain('crowsnest-loki-rules');
  });
});

describe('a fault', () => {
  const input = (...rule: Parameters<typeof groupsWith>) =>
    inputOf(build(withLoki, contentWith(...rule)));

  test.each([
    ['{k8s_namespace_name=~".*"}', 'invalid-query'],
    ['sum(rate({k8s_namespace_name="shop"}[5m])', 'invalid-query'],
    ['{k8s_namespace_name="shop"} |= "panic"', 'wrong-result'],
    ['sum(rate({namespace="shop"}[5m])) > 0', 'unknown-label'],
  ])('in %s is reported: %s', (expr, fault) => {
    expect(logql.run(input(expr)).map((one) => one.fault)).toContain(fault);
  });

  test('in a template is reported', () => {
    expect(rules.run(input(panics, '{{ $value '))).toMatchObject([{ fault: 'invalid-template' }]);
  });

  test('LogQL in a rule file of Prometheus is reported with the name of the right file', () => {
    const content: Content = {
      ...noContent,
      ruleFiles: { shop: groupsWith(panics) },
      sources: { 'alerts/shop': { file: 'alerts/shop.yaml', shipped: false, lineOf: () => 5 } },
    };
    const { sources } = content;
    expect(promql.run({ ...inputOf(build(withLoki, content)), sources })).toMatchObject([
      {
        message: 'The expression is LogQL, which Prometheus does not evaluate.',
        remedy: expect.stringContaining('shop.logql.yaml'),
      },
    ]);
  });
});
