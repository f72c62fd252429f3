import { describe, expect, test } from 'vitest';
import resources from '../../src/checks/resources.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, manifestOf, type Spoilt, without } from './input.js';

const stack = build({ ...minimal, prometheus: { replicas: 2 } });
const grafana = 'StatefulSet crowsnest/crowsnest-grafana';
const prometheus = 'StatefulSet crowsnest/crowsnest-prometheus';
const deployment = 'Deployment crowsnest/crowsnest-blackbox-exporter';
const stateMetrics = 'Deployment crowsnest/crowsnest-kube-state-metrics';
const budget = 'PodDisruptionBudget crowsnest/crowsnest-prometheus';
const claim = 'PersistentVolumeClaim crowsnest/data-crowsnest-grafana-0';
const p = 'spec.template.spec';
const r = `${p}.containers[0].resources`;

const pod = (object: Spoilt) => object.spec.template.spec;
const container = (object: Spoilt) => pod(object).containers[0];
const limits = (object: Spoilt) => container(object).resources.limits;
const requests = (object: Spoilt) => container(object).resources.requests;
const scratch = (object: Spoilt) => pod(object).volumes.find(({ emptyDir }: Spoilt) => emptyDir);

type Case = [path: string, message: string, title: string, change: (object: Spoilt) => unknown];

const shared = (object: Spoilt, strategy: object) => {
  object.spec.strategy = strategy;
  pod(object).securityContext.fsGroup = 1;
  pod(object).volumes.push({
    name: 'state',
    persistentVolumeClaim: { claimName: 'data-crowsnest-grafana-0' },
  });
  container(object).volumeMounts.push({ name: 'state', mountPath: '/state' });
};

const cases: Case[] = [
  [
    `${p}.volumes[0].projected.sources[0]`,
    'The source is none.',
    grafana,
    (object) => {
      pod(object).volumes[0] = { name: pod(object).volumes[0].name, projected: { sources: [{}] } };
    },
  ],
  [
    `${r}.requests.cpu`,
    'The container asks for no CPU.',
    grafana,
    (object) => delete requests(object).cpu,
  ],
  [
    `${r}.requests.memory`,
    'The container asks for no memory.',
    grafana,
    (object) => (requests(object).memory = '0'),
  ],
  [
    `${r}.limits.memory`,
    'The container has no memory limit.',
    grafana,
    (object) => delete container(object).resources.limits,
  ],
  [
    `${r}.limits.cpu`,
    'The container has a CPU limit.',
    grafana,
    (object) => (limits(object).cpu = '1'),
  ],
  [
    `${r}.requests.memory`,
    'The container asks for more than its limit, which is 1Mi.',
    grafana,
    (object) => (limits(object).memory = '1Mi'),
  ],
  [
    `${p}.volumes[0].emptyDir.sizeLimit`,
    'The scratch volume has no limit.',
    grafana,
    (object) => (scratch(object).emptyDir = {}),
  ],
  [
    `${p}.volumes[0].emptyDir.sizeLimit`,
    'The volume lies in memory, and holds as much as a container may use at all.',
    grafana,
    (object) => (scratch(object).emptyDir = { medium: 'Memory', sizeLimit: '64Gi' }),
  ],
  [
    `${p}.volumes[1]`,
    'The volume has no source, and is an empty folder.',
    grafana,
    (object) => delete pod(object).volumes[1].configMap,
  ],
  [
    'spec.volumeClaimTemplates[0].metadata.name',
    'No container mounts the volume.',
    prometheus,
    (object) => container(object).volumeMounts.shift(),
  ],
  [
    `${p}.securityContext.fsGroup`,
    'The pod mounts a claim, and names no group for it.',
    prometheus,
    (object) => delete pod(object).securityContext.fsGroup,
  ],
  ['spec.replicas', 'The workload runs no pod.', deployment, ({ spec }) => (spec.replicas = 0)],
  [
    `${p}.containers`,
    'The pods run nothing.',
    deployment,
    (object) => (pod(object).containers = []),
  ],
  [
    'spec.replicas',
    'No disruption budget guards the replicas.',
    deployment,
    ({ spec }) => (spec.replicas = 2),
  ],
  [
    'spec.maxUnavailable',
    'The budget lets no pod go.',
    budget,
    ({ spec }) => (spec.maxUnavailable = 0),
  ],
  [
    'spec.maxUnavailable',
    'The budget lets no pod go.',
    budget,
    ({ spec }) => (spec.maxUnavailable = '0%'),
  ],
  [
    'spec.maxUnavailable',
    'The budget lets all pods go at once.',
    budget,
    ({ spec }) => (spec.maxUnavailable = 2),
  ],
  [
    'spec.minAvailable',
    'The budget lets no pod go.',
    budget,
    ({ spec }) => {
      delete spec.maxUnavailable;
      spec.minAvailable = 2;
    },
  ],
  [
    'spec.minAvailable',
    'The budget lets no pod go.',
    budget,
    ({ spec }) => {
      delete spec.maxUnavailable;
      spec.minAvailable = '51%';
    },
  ],
  [
    'spec.minAvailable',
    'The budget says both how many must stay and how many may go.',
    budget,
    ({ spec }) => (spec.minAvailable = 1),
  ],
  [
    'spec.maxUnavailable',
    'The budget says neither how many must stay nor how many may go.',
    budget,
    ({ spec }) => delete spec.maxUnavailable,
  ],
  [
    'metadata.name',
    'No workload uses the claim.',
    claim,
    ({ metadata }) => (metadata.name = 'data-grafana'),
  ],
  [
    'spec.resources.requests.storage',
    'The claim asks for no storage.',
    claim,
    ({ spec }) => delete spec.resources,
  ],
  [
    'spec.storageClassName',
    'The claim is not of the class that its StatefulSet asks for in spec.volumeClaimTemplates[0].',
    claim,
    ({ spec }) => (spec.storageClassName = 'other'),
  ],
  [
    'spec.resources.requests.storage',
    'The claims of the replicas differ in size.',
    'PersistentVolumeClaim crowsnest/data-crowsnest-prometheus-1',
    ({ spec }) => (spec.resources.requests.storage = '1Gi'),
  ],
  [
    `${p}.topologySpreadConstraints`,
    'Nothing keeps the replicas apart.',
    prometheus,
    (object) => delete pod(object).topologySpreadConstraints,
  ],
  [
    `${p}.volumes[0].projected.sources`,
    'Beside the token for the API there is no certificate authority.',
    stateMetrics,
    (object) => pod(object).volumes[0].projected.sources.splice(1, 1),
  ],
  [
    `${p}.volumes[0].projected.sources[1]`,
    'The source names no object.',
    stateMetrics,
    (object) => delete pod(object).volumes[0].projected.sources[1].configMap.name,
  ],
  [
    `${p}.containers[0].volumeMounts[0].mountPropagation`,
    'What the node mounts there later is not seen.',
    'DaemonSet crowsnest-agents/crowsnest-node-exporter',
    (object) => delete container(object).volumeMounts[0].mountPropagation,
  ],
  ...[
    (object: Spoilt) => delete pod(object).tolerations,
    (object: Spoilt) => (pod(object).tolerations = [{ operator: 'Exists', effect: 'NoSchedule' }]),
    (object: Spoilt) => (pod(object).tolerations[0].operator = 'Equal'),
  ].map(
    (change): Case => [
      `${p}.tolerations`,
      'The pods stay away from nodes with a taint.',
      'DaemonSet crowsnest-agents/crowsnest-node-exporter',
      change,
    ],
  ),
];

test('a minimal and a full environment have what they need, and can be drained', () => {
  for (const options of [minimal, full]) expect(resources.run(inputOf(build(options)))).toEqual([]);
  expect(resources.run(inputOf(stack))).toEqual([]);
});

test.each(cases)('%s: %s', (path, message, title, change) => {
  const found = resources.run(changed(stack, title, change));
  expect(
    found.map(({ severity, place, message }) => [severity, place.path, message]),
  ).toContainEqual(['error', path, message]);
});

test('pods without a priority are found where others beside them have one', () => {
  const important = (object: Spoilt) => (pod(object).priorityClassName = 'important');
  const found = resources.run(changed(stack, grafana, important));
  expect(found.map(({ place }) => place.object)).toContain(prometheus);
  expect(found.map(({ place }) => place.object)).not.toContain(grafana);
});

test('a budget may let a share of the pods go', () => {
  for (const spec of [{ maxUnavailable: '50%' }, { minAvailable: '50%' }, { minAvailable: 1 }]) {
    const input = changed(stack, budget, (object) => {
      object.spec = { ...spec, selector: object.spec.selector };
    });
    expect(resources.run(input)).toEqual([]);
  }
});

test('replicas whose budget does not ship are not guarded', () => {
  const { construct } = manifestOf(stack, prometheus);
  expect(resources.run(without(stack, budget))).toEqual([
    expect.objectContaining({
      severity: 'error',
      place: { object: prometheus, construct, path: 'spec.replicas' },
      value: 2,
    }),
  ]);
});

test('fewer replicas than claims leave one behind', () => {
  const found = resources.run(changed(stack, prometheus, ({ spec }) => (spec.replicas = 1)));
  expect(found.map(({ value }) => value)).toContain('data-crowsnest-prometheus-1');
});

describe('a claim has one writer', () => {
  const idle = build({ ...minimal });
  const alone = (change: (object: Spoilt) => unknown) => {
    const input = changed(idle, deployment, change);
    const manifests = input.manifests.filter(
      ({ construct }) => construct !== manifestOf(idle, grafana).construct,
    );
    return resources.run({ ...input, manifests }).map(({ message }) => message);
  };

  test('and not two workloads', () => {
    const found = resources.run(
      changed(stack, deployment, (object) => shared(object, { type: 'Recreate' })),
    );
    expect(found.map(({ place, message }) => [place.object, message])).toContainEqual([
      deployment,
      `${grafana} writes to the same claim.`,
    ]);
  });

  test('and not two replicas', () => {
    const found = alone((object) => {
      shared(object, { type: 'Recreate' });
      object.spec.replicas = 2;
    });
    expect(found).toContain('2 replicas write to one claim.');
  });

  test('and not the old pod beside the new one', () => {
    const message = 'The old pod and the new one write to one claim.';
    expect(alone((object) => shared(object, {}))).toEqual([message]);
    const rolling = (maxSurge: unknown) => ({ type: 'RollingUpdate', rollingUpdate: { maxSurge } });
    expect(alone((object) => shared(object, rolling(1)))).toEqual([message]);
    expect(alone((object) => shared(object, rolling(0)))).toEqual([]);
    expect(alone((object) => shared(object, { type: 'Recreate' }))).toEqual([]);
  });
});
