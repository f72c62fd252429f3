import { describe, expect, test } from 'vitest';
import {
  type KubeStateMetricsOptions,
  kubeStateMetrics,
} from '../../src/components/kube-state-metrics/kube-state-metrics.js';
import { watchedResources } from '../../src/components/kube-state-metrics/resource.js';
import { alertGroup } from '../../src/content/alert-group.js';
import type { Content } from '../../src/content/content.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { sizings } from '../../src/environment/sizing.js';
import { full } from '../checks/full.js';
import { type Mutable, manifestOf } from '../checks/input.js';
import type { Whole } from '../checks/whole.js';
import { build, minimal, noContent } from '../environment.js';
import { shippedBy } from '../model/vocabulary/shipped.js';
import { certificates } from './custom-resources.js';
import { synthesize } from './synthesis.js';

const least: KubeStateMetricsOptions = { resources: sizings.small.kubeStateMetrics };

const all: Whole<KubeStateMetricsOptions> = {
  resources: { cpu: '300m', memory: '2Gi', memoryLimit: '4Gi' },
  more: {
    resources: ['ingresses', 'leases'],
    labels: { pods: ['team', 'app.kubernetes.io/name'] },
    annotations: { ingresses: ['example.com/ownerTeam'] },
    customResources: [certificates],
  },
};

test.each([
  ['default', synthesize(kubeStateMetrics(least))],
  ['all', synthesize(kubeStateMetrics(all), full)],
])('the manifests of kube-state-metrics match the snapshot: %s', async (name, { review }) => {
  await expect(review).toMatchFileSnapshot(`./snapshots/kube-state-metrics-${name}.yaml`);
});

const { objects } = synthesize(kubeStateMetrics(least));
const of = (kind: string): Mutable => objects.find((object) => object.kind === kind)!;
const args: string[] = of('Deployment').spec.template.spec.containers[0].args;

/** The list in an argument. */
const listOf = (argument: string): string[] =>
  args
    .find((one) => one.startsWith(`${argument}=`))!
    .slice(argument.length + 1)
    .split(',');

/** The resources that a rule of the ClusterRole allows, with their groups. */
const allowed: string[] = of('ClusterRole').rules.flatMap(
  ({ apiGroups, resources }: { apiGroups: string[]; resources: string[] }) =>
    resources.map((resource) => `${apiGroups.join()}/${resource}`),
);

describe('the watched resources', () => {
  test('are exactly those that the role allows', () => {
    expect(listOf('--resources').sort()).toEqual(allowed.map((one) => one.split('/')[1]).sort());
  });

  test('need only list and watch, and never include Secrets and ConfigMaps', () => {
    for (const { verbs } of of('ClusterRole').rules) expect(verbs).toEqual(['list', 'watch']);
    expect(listOf('--resources').filter((one) => /secret|configmap/.test(one))).toEqual([]);
    expect(objects.filter(({ kind }) => kind === 'Role')).toEqual([]);
  });

  test('have at least one metric each, and no metric twice', () => {
    const metrics = listOf('--metric-allowlist');
    expect(new Set(metrics).size).toBe(metrics.length);
    for (const one of watchedResources) {
      expect(one.metrics).not.toEqual([]);
      // An entry without anchors would match a part of a name.
      const entries = one.metrics.map((name) => `^${name}$`);
      expect(metrics).toEqual(expect.arrayContaining(entries));
    }
    expect(metrics).toHaveLength(watchedResources.flatMap((one) => one.metrics).length);
  });

  test('have no duplicates', () => {
    const resources = listOf('--resources');
    expect(new Set(resources).size).toBe(resources.length);
  });
});

test.each(watchedResources)(
  'each metric of $resource starts with the name of its resource, and not with a longer name of another',
  ({ resource, metrics }) => {
    const prefixOf = (one: string) => `kube_${one.replace(/s$/, '')}`;
    const of = (metric: string) =>
      watchedResources
        .map((one) => one.resource)
        .filter((one) => metric === prefixOf(one) || metric.startsWith(`${prefixOf(one)}_`));
    for (const metric of metrics) expect([metric, of(metric)]).toEqual([metric, [resource]]);
  },
);

describe('the exposed metrics', () => {
  /** The names in its list, and those that Prometheus keeps for its job. */
  const listsOf = (options: Partial<EnvironmentOptions>, content?: Content) => {
    const stack = build({ ...minimal, ...options }, content);
    const { object } = manifestOf(stack, 'Deployment crowsnest/crowsnest-kube-state-metrics');
    const [{ args: given }] = object.spec.template.spec.containers;
    const list = given.find((one: string) => one.startsWith('--metric-allowlist='));
    const job = shippedBy(stack).scrapeJob('kube-state-metrics') as Mutable;
    return {
      exposed: list
        ?.replace(/^.*?=/, '')
        .split(',')
        .map((one: string) => one.replace(/^\^|\$$/g, '')),
      kept: job.metric_relabel_configs?.[0].regex.split('|'),
    };
  };
  const shippedNames = watchedResources.flatMap(({ metrics }) => metrics).sort();
  const asking: Content = {
    ...noContent,
    alerts: {
      shop: alertGroup({
        needs: ['kube-state-metrics'],
        rules: () => ({
          recordings: [{ record: 'pod:created:max', expr: 'max by (pod) (kube_pod_created)' }],
          alerts: [],
        }),
      }),
    },
  };

  test.each<[string, Partial<EnvironmentOptions>, Content | undefined, string[] | undefined]>([
    ['the default list', {}, undefined, shippedNames],
    ['a metric in a user’s rule', {}, asking, [...shippedNames, 'kube_pod_created'].sort()],
    [
      'a metric in the keep option',
      { prometheus: { keep: { 'kube-state-metrics': { also: ['kube_node_(info|role)'] } } } },
      undefined,
      [...shippedNames, 'kube_node_info', 'kube_node_role'].sort(),
    ],
    ['everything', { prometheus: { keep: { 'kube-state-metrics': 'all' } } }, undefined, undefined],
  ])('are those that Prometheus keeps: %s', (_, options, content, names) => {
    const { exposed, kept } = listsOf(options, content);
    expect({ exposed, kept }).toEqual({ exposed: names, kept: names });
  });
});

describe('the series', () => {
  const { scrapeJob } = shippedBy(build(minimal));

  test('are about the cluster, so they do not have its own pod, namespace and node as labels', () => {
    const job = scrapeJob('kube-state-metrics') as Mutable;
    expect(job.relabel_configs.map(({ target_label }: Mutable) => target_label)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(namespace|pod|node|container)$/)]),
    );
    expect(job).not.toHaveProperty('honor_labels');
  });

  test('about itself have these labels', () => {
    const job = scrapeJob('kube-state-metrics-self') as Mutable;
    expect(job.relabel_configs.map(({ target_label }: Mutable) => target_label)).toEqual(
      expect.arrayContaining(['namespace', 'pod', 'node']),
    );
  });
});

test('it has one replica, so that no series is duplicated', () => {
  expect(of('Deployment').spec.replicas).toBe(1);
});

test('it stays alive without the API server', () => {
  const { livenessProbe, readinessProbe } = of('Deployment').spec.template.spec.containers[0];
  for (const { httpGet } of [livenessProbe, readinessProbe]) {
    expect(httpGet).toMatchObject({ path: '/healthz', port: 8080 });
  }
});
