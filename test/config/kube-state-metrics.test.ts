import { expect, test } from 'vitest';
import metrics from '../../src/checks/queries/metrics.js';
import { supportedResources } from '../../src/components/kube-state-metrics/supported.js';
import { alertGroup } from '../../src/content/alert-group.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import { remedyFor } from '../../src/schema/allowed.js';
import { inputOf } from '../checks/input.js';
import { certificates } from '../components/custom-resources.js';
import { build, minimal, noContent } from '../environment.js';

type Options = NonNullable<EnvironmentOptions['kubeStateMetrics']>;

const rule = (expr: string) => ({
  ...noContent,
  alerts: {
    shop: alertGroup({
      needs: ['kube-state-metrics'],
      rules: () => ({
        alerts: [
          {
            alert: 'Shop',
            expr,
            severity: 'warning',
            subject: 'shop',
            summary: 'A.',
            description: 'B.',
          },
        ],
      }),
    }),
  },
});

const stackOf = (kubeStateMetrics: Options, expr: string) =>
  build({ ...minimal, kubeStateMetrics }, rule(expr));

const faultsOf = (options: Options, expr: string) =>
  metrics.run(inputOf(stackOf(options, expr))).map(({ fault }) => fault);

test('metrics of a further resource are known, exposed and stored, with the permission', () => {
  const stack = stackOf({ resources: ['ingresses'] }, 'kube_ingress_tls > 0');
  expect(metrics.run(inputOf(stack))).toEqual([]);
  const text = JSON.stringify(stack.manifests.map(({ object }) => object));
  expect(text).toContain('"apiGroups":["networking.k8s.io"],"resources":["ingresses"]');
  expect(text).toContain('^kube_ingress_tls$');
  expect(text).toContain('kube_ingress_tls|');
  expect(faultsOf({}, 'kube_ingress_tls > 0')).not.toEqual([]);
});

test('listed labels are known, and others are not', () => {
  const options = { labels: { pods: ['app.kubernetes.io/partOf'] } };
  const known = 'sum by (label_app_kubernetes_io_part_of) (kube_pod_labels) > 0';
  expect(faultsOf(options, known)).toEqual([]);
  const text = JSON.stringify(stackOf(options, known).manifests.map(({ object }) => object));
  expect(text).toContain('--metric-labels-allowlist=pods=[app.kubernetes.io/partOf]');
  expect(text).toContain('^kube_pod_labels$');
  expect(faultsOf({}, known)).not.toEqual([]);
});

test('what cannot work is reported', () => {
  const findingsOf = (kubeStateMetrics: object) =>
    validate({ ...minimal, kubeStateMetrics }, 'test', 'environments/test.ts').findings.map(
      ({ place, remedy, suggestion }) => [place.path, suggestion ?? remedy],
    );
  expect(findingsOf({ resources: ['ingress'] })).toEqual([
    ['kubeStateMetrics.resources[0]', 'ingresses'],
  ]);
  expect(findingsOf({ labels: { ingresses: ['team'] } })).toEqual([
    [
      'kubeStateMetrics.labels.ingresses',
      remedyFor("nothing: add 'ingresses' to resources, or it is not watched"),
    ],
  ]);
  expect(findingsOf({ labels: { pods: ['*'] } })).toEqual([
    ['kubeStateMetrics.labels.pods[0]', remedyFor("a name such as 'team' or 'example.com/team'")],
  ]);
});

test('every supported resource can be watched', () => {
  const always =
    'pods|nodes|namespaces|persistentvolumes|persistentvolumeclaims|resourcequotas|.*sets|deployments|.*jobs|horizontalpodautoscalers|poddisruptionbudgets';
  const resources = Object.keys(supportedResources).filter(
    (name) => !new RegExp(`^(?:${always})$`).test(name),
  );
  expect(resources.length).toBeGreaterThan(20);
  expect(
    validate({ ...minimal, kubeStateMetrics: { resources } }, 'test', 'environments/test.ts')
      .findings,
  ).toEqual([]);
});

test('metrics about custom resources are known, exposed and stored, with the permissions', () => {
  const options = { customResources: [certificates] };
  const stack = stackOf(options, 'certificate_ready{status="False"} == 1');
  expect(metrics.run(inputOf(stack))).toEqual([]);
  const text = JSON.stringify(stack.manifests.map(({ object }) => object));
  expect(text).toContain('"apiGroups":["cert-manager.io"],"resources":["certificates"]');
  expect(text).toContain('"resources":["customresourcedefinitions"],"verbs":["list","watch"]');
  expect(text).toContain('^certificate_ready$');
  expect(text).toContain('certificate_info|certificate_ready|certificate_revision|');
  expect(faultsOf({}, 'certificate_ready == 1')).not.toEqual([]);
  expect(faultsOf(options, 'sum by (team) (certificate_ready) == 1')).not.toEqual([]);
  expect(faultsOf(options, 'sum by (source, reason) (certificate_ready) == 1')).toEqual([]);
});

test('a metric about custom resources has no name of another object', () => {
  const options = { customResources: [{ ...certificates, metricNamePrefix: 'kube_pod' }] };
  const { findings } = validate(
    { ...minimal, kubeStateMetrics: options },
    'test',
    'environments/test.ts',
  );
  expect(findings.map(({ place, remedy }) => [place.path, remedy])).toEqual([
    [
      'kubeStateMetrics.customResources[0].metrics[1].name',
      remedyFor('another name: kube-state-metrics has kube_pod_info about other objects'),
    ],
  ]);
});
