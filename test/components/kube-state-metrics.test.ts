import { describe, expect, test } from 'vitest';
import {
  type KubeStateMetricsOptions,
  kubeStateMetrics,
} from '../../src/components/kube-state-metrics/kube-state-metrics.js';
import { watchedResources } from '../../src/components/kube-state-metrics/resource.js';
import { sizings } from '../../src/config/sizing.js';
import { full } from '../checks/full.js';
import type { Spoilt } from '../checks/input.js';
import type { Whole } from '../checks/whole.js';
import { build, minimal } from '../environment.js';
import { shippedBy } from '../model/vocabulary/shipped.js';
import { synthesize } from './synthesis.js';

const least: KubeStateMetricsOptions = { resources: sizings.small.kubeStateMetrics };

const all: Whole<KubeStateMetricsOptions> = {
  resources: { cpu: '300m', memory: '2Gi', memoryLimit: '4Gi' },
};

test.each([
  ['default', synthesize(kubeStateMetrics(least))],
  ['all', synthesize(kubeStateMetrics(all), full)],
])('kube-state-metrics in the case of %s ships as reviewed', async (name, { yaml }) => {
  await expect(yaml).toMatchFileSnapshot(`./snapshots/kube-state-metrics-${name}.yaml`);
});

const { objects } = synthesize(kubeStateMetrics(least));
const of = (kind: string): Spoilt => objects.find((object) => object.kind === kind)!;
const args: string[] = of('Deployment').spec.template.spec.containers[0].args;

/** The list that an argument gives. */
const listOf = (argument: string): string[] =>
  args
    .find((one) => one.startsWith(`${argument}=`))!
    .slice(argument.length + 1)
    .split(',');

/** The resources that a rule of the ClusterRole lets it see, each with its group. */
const allowed: string[] = of('ClusterRole').rules.flatMap(
  ({ apiGroups, resources }: { apiGroups: string[]; resources: string[] }) =>
    resources.map((resource) => `${apiGroups.join()}/${resource}`),
);

describe('what it watches', () => {
  test('is what it may see, and no more', () => {
    expect(listOf('--resources').sort()).toEqual(allowed.map((one) => one.split('/')[1]).sort());
  });

  test('is listed and watched alone, and never holds a Secret or a ConfigMap', () => {
    for (const { verbs } of of('ClusterRole').rules) expect(verbs).toEqual(['list', 'watch']);
    expect(listOf('--resources').filter((one) => /secret|configmap/.test(one))).toEqual([]);
    expect(objects.filter(({ kind }) => kind === 'Role')).toEqual([]);
  });

  test('tells something of each resource, and tells nothing twice', () => {
    const metrics = listOf('--metric-allowlist');
    expect(new Set(metrics).size).toBe(metrics.length);
    for (const one of watchedResources) {
      expect(one.metrics).not.toEqual([]);
      // An entry is an expression, which would match anywhere in a name.
      const entries = one.metrics.map((name) => `^${name}$`);
      expect(metrics).toEqual(expect.arrayContaining(entries));
    }
    expect(metrics).toHaveLength(watchedResources.flatMap((one) => one.metrics).length);
  });

  test('is each resource once', () => {
    const resources = listOf('--resources');
    expect(new Set(resources).size).toBe(resources.length);
  });
});

test.each(watchedResources)(
  'each metric of $resource begins with its resource, and with no longer one’s',
  ({ resource, metrics }) => {
    const prefixOf = (one: string) => `kube_${one.replace(/s$/, '')}`;
    const of = (metric: string) =>
      watchedResources
        .map((one) => one.resource)
        .filter((one) => metric === prefixOf(one) || metric.startsWith(`${prefixOf(one)}_`));
    for (const metric of metrics) expect([metric, of(metric)]).toEqual([metric, [resource]]);
  },
);

describe('its series', () => {
  const { scrapeJob } = shippedBy(build(minimal));

  test('are about the cluster: its own pod, namespace and node are no labels of theirs', () => {
    const job = scrapeJob('kube-state-metrics') as Spoilt;
    expect(job.relabel_configs.map(({ target_label }: Spoilt) => target_label)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(namespace|pod|node|container)$/)]),
    );
    expect(job).not.toHaveProperty('honor_labels');
  });

  test('about itself bear them', () => {
    const job = scrapeJob('kube-state-metrics-self') as Spoilt;
    expect(job.relabel_configs.map(({ target_label }: Spoilt) => target_label)).toEqual(
      expect.arrayContaining(['namespace', 'pod', 'node']),
    );
  });
});

test('it is one, so that nothing is told twice', () => {
  expect(of('Deployment').spec.replicas).toBe(1);
});

test('it lives even while the API server does not', () => {
  const { livenessProbe, readinessProbe } = of('Deployment').spec.template.spec.containers[0];
  for (const { httpGet } of [livenessProbe, readinessProbe]) {
    expect(httpGet).toMatchObject({ path: '/healthz', port: 8080 });
  }
});
