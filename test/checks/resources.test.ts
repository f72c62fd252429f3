import { describe, expect, test } from 'vitest';
import resources from '../../src/checks/pods/resources.js';
import { someBackup } from '../components/backup.js';
import { build, minimal } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, type Mutable, manifestOf, without } from './input.js';

const stack = build({ ...minimal, prometheus: { replicas: 2 } });
const grafana = 'StatefulSet crowsnest/crowsnest-grafana';
const jaeger = 'StatefulSet crowsnest/crowsnest-jaeger';
const prometheus = 'StatefulSet crowsnest/crowsnest-prometheus';
const deployment = 'Deployment crowsnest/crowsnest-blackbox-exporter';
const stateMetrics = 'Deployment crowsnest/crowsnest-kube-state-metrics';
const budget = 'PodDisruptionBudget crowsnest/crowsnest-prometheus';
const claim = 'PersistentVolumeClaim crowsnest/data-crowsnest-grafana-0';
const p = 'spec.template.spec';
const r = `${p}.containers[0].resources`;

const pod = (object: Mutable) => object.spec.template.spec;
const container = (object: Mutable) => pod(object).containers[0];
const limits = (object: Mutable) => container(object).resources.limits;
const requests = (object: Mutable) => container(object).resources.requests;
const goLimit = (object: Mutable) =>
  container(object).env.find(({ name }: Mutable) => name === 'GOMEMLIMIT');
const scratch = (object: Mutable) => pod(object).volumes.find(({ emptyDir }: Mutable) => emptyDir);

type Case = [path: string, fault: string, title: string, change: (object: Mutable) => unknown];

const shared = (object: Mutable, strategy: object) => {
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
    'empty-source',
    grafana,
    (object) => {
      pod(object).volumes[0] = { name: pod(object).volumes[0].name, projected: { sources: [{}] } };
    },
  ],
  [`${r}.requests.cpu`, 'no-request', grafana, (object) => delete requests(object).cpu],
  [`${r}.requests.memory`, 'no-request', grafana, (object) => (requests(object).memory = '0')],
  [
    `${r}.limits.memory`,
    'no-memory-limit',
    grafana,
    (object) => delete container(object).resources.limits,
  ],
  [`${r}.limits.cpu`, 'cpu-limit', grafana, (object) => (limits(object).cpu = '1')],
  [
    `${r}.requests.memory`,
    'request-above-limit',
    grafana,
    (object) => (limits(object).memory = '1Mi'),
  ],
  [
    `${p}.volumes[0].emptyDir.sizeLimit`,
    'no-size-limit',
    grafana,
    (object) => (scratch(object).emptyDir = {}),
  ],
  [
    `${p}.volumes[0].emptyDir.sizeLimit`,
    'size-limit-above-memory',
    grafana,
    (object) => (scratch(object).emptyDir = { medium: 'Memory', sizeLimit: '64Gi' }),
  ],
  [
    `${p}.volumes[1]`,
    'no-volume-source',
    grafana,
    (object) => delete pod(object).volumes[1].configMap,
  ],
  [
    'spec.volumeClaimTemplates[0].metadata.name',
    'unmounted-volume',
    prometheus,
    (object) => container(object).volumeMounts.shift(),
  ],
  [
    `${p}.securityContext.fsGroup`,
    'no-group',
    prometheus,
    (object) => delete pod(object).securityContext.fsGroup,
  ],
  ['spec.replicas', 'no-replicas', deployment, ({ spec }) => (spec.replicas = 0)],
  [`${p}.containers`, 'no-containers', deployment, (object) => (pod(object).containers = [])],
  ['spec.replicas', 'no-budget', deployment, ({ spec }) => (spec.replicas = 2)],
  ['spec.maxUnavailable', 'blocked-drain', budget, ({ spec }) => (spec.maxUnavailable = 0)],
  ['spec.maxUnavailable', 'blocked-drain', budget, ({ spec }) => (spec.maxUnavailable = '0%')],
  ['spec.maxUnavailable', 'useless-budget', budget, ({ spec }) => (spec.maxUnavailable = 2)],
  [
    'spec.minAvailable',
    'blocked-drain',
    budget,
    ({ spec }) => {
      delete spec.maxUnavailable;
      spec.minAvailable = 2;
    },
  ],
  [
    'spec.minAvailable',
    'blocked-drain',
    budget,
    ({ spec }) => {
      delete spec.maxUnavailable;
      spec.minAvailable = '51%';
    },
  ],
  ['spec.minAvailable', 'unclear-budget', budget, ({ spec }) => (spec.minAvailable = 1)],
  ['spec.maxUnavailable', 'unclear-budget', budget, ({ spec }) => delete spec.maxUnavailable],
  ['metadata.name', 'unused-claim', claim, ({ metadata }) => (metadata.name = 'data-grafana')],
  ['spec.resources.requests.storage', 'no-storage', claim, ({ spec }) => delete spec.resources],
  ['spec.storageClassName', 'other-class', claim, ({ spec }) => (spec.storageClassName = 'other')],
  [
    'spec.resources.requests.storage',
    'unequal-claims',
    'PersistentVolumeClaim crowsnest/data-crowsnest-prometheus-1',
    ({ spec }) => (spec.resources.requests.storage = '1Gi'),
  ],
  [
    `${p}.topologySpreadConstraints`,
    'not-spread',
    prometheus,
    (object) => delete pod(object).topologySpreadConstraints,
  ],
  [
    `${p}.volumes[0].projected.sources`,
    'no-certificate-authority',
    stateMetrics,
    (object) => pod(object).volumes[0].projected.sources.splice(1, 1),
  ],
  [
    `${p}.volumes[0].projected.sources[1]`,
    'unnamed-source',
    stateMetrics,
    (object) => delete pod(object).volumes[0].projected.sources[1].configMap.name,
  ],
  [
    `${p}.containers[0].volumeMounts[0].mountPropagation`,
    'no-mount-propagation',
    'DaemonSet crowsnest-agents/crowsnest-node-exporter',
    (object) => delete container(object).volumeMounts[0].mountPropagation,
  ],
  [
    `${p}.containers[0].env[0].value`,
    'high-go-limit',
    jaeger,
    (object) => (limits(object).memory = goLimit(object).value.replace('iB', 'i')),
  ],
  [
    `${p}.containers[0].env[0].value`,
    'low-go-limit',
    jaeger,
    (object) => (limits(object).memory = '100Gi'),
  ],
  ...['922M', '0.9GiB', '1e9', '', -1].map(
    (value): Case => [
      `${p}.containers[0].env[0].value`,
      'unreadable-go-limit',
      jaeger,
      (object) => (goLimit(object).value = value),
    ],
  ),
  [
    `${p}.containers[0].args`,
    'queries-above-memory',
    prometheus,
    (object) => (limits(object).memory = '600Mi'),
  ],
  ...[undefined, 'IfHealthyBudget'].map(
    (policy): Case => [
      'spec.unhealthyPodEvictionPolicy',
      'protects-unready-pods',
      budget,
      ({ spec }) => (spec.unhealthyPodEvictionPolicy = policy),
    ],
  ),
  ...(
    [
      [undefined, 'host-path-type'],
      ['', 'host-path-type'],
      ['Folder', 'host-path-type'],
      ['DirectoryOrCreate', 'host-path-type'],
      ['File', 'host-path-type'],
    ] as const
  ).map(
    ([type, fault]): Case => [
      `${p}.volumes[0].hostPath.type`,
      fault,
      'DaemonSet crowsnest-agents/crowsnest-node-exporter',
      (object) => (pod(object).volumes[0].hostPath.type = type),
    ],
  ),
  ...[
    (object: Mutable) => delete pod(object).tolerations,
    (object: Mutable) => (pod(object).tolerations = [{ operator: 'Exists', effect: 'NoSchedule' }]),
    (object: Mutable) => (pod(object).tolerations[0].operator = 'Equal'),
  ].map(
    (change): Case => [
      `${p}.tolerations`,
      'no-tolerations',
      'DaemonSet crowsnest-agents/crowsnest-node-exporter',
      change,
    ],
  ),
];

const strict = build({
  ...minimal,
  cluster: {
    ...minimal.cluster,
    nodes: 2,
    storageClass: { name: 'fast', expandable: true },
  },
  prometheus: { replicas: 2, claimTemplate: '5Gi' },
});

test('a minimal and a full environment have no findings', () => {
  for (const options of [minimal, full]) expect(resources.run(inputOf(build(options)))).toEqual([]);
  expect(resources.run(inputOf(stack))).toEqual([]);
});

test.each(cases)('%s: %s', (path, fault, title, change) => {
  const found = resources.run(changed(stack, title, change));
  expect(found.map(({ severity, place, fault }) => [severity, place.path, fault])).toContainEqual([
    'error',
    path,
    fault,
  ]);
});

test('pods without a priority class are reported if other pods of the namespace have one', () => {
  const important = (object: Mutable) => (pod(object).priorityClassName = 'important');
  const found = resources.run(changed(stack, grafana, important));
  expect(found.map(({ place }) => place.object)).toContain(prometheus);
  expect(found.map(({ place }) => place.object)).not.toContain(grafana);
});

test('GOMEMLIMIT can be off, or from half of the limit of the container to below it', () => {
  for (const value of ['off', '1023MiB', `${2 ** 30 - 1}`, '512MiB', '900000000B']) {
    const input = changed(stack, jaeger, (object) => (goLimit(object).value = value));
    expect(resources.run(input)).toEqual([]);
  }
});

test('a strict spread that counts tainted nodes is reported', () => {
  expect(resources.run(inputOf(strict))).toEqual([]);
  const input = changed(strict, prometheus, (object) => {
    delete pod(object).topologySpreadConstraints[0].nodeTaintsPolicy;
  });
  expect(resources.run(input).map(({ place, fault }) => [place.path, fault])).toEqual([
    [`${p}.topologySpreadConstraints[0].nodeTaintsPolicy`, 'counts-tainted-nodes'],
  ]);
});

test('a claim that is smaller than its template is reported', () => {
  const input = changed(strict, prometheus, ({ spec }) => {
    spec.volumeClaimTemplates[0].spec.resources.requests.storage = '11Gi';
  });
  expect(resources.run(input).map(({ place, fault }) => [place.object, fault])).toEqual(
    [0, 1].map((ordinal) => [
      `PersistentVolumeClaim crowsnest/data-crowsnest-prometheus-${ordinal}`,
      'claim-below-template',
    ]),
  );
});

test('a budget can allow a percentage of the pods', () => {
  for (const spec of [{ maxUnavailable: '50%' }, { minAvailable: '50%' }, { minAvailable: 1 }]) {
    const input = changed(stack, budget, (object) => {
      const { selector, unhealthyPodEvictionPolicy } = object.spec;
      object.spec = { ...spec, selector, unhealthyPodEvictionPolicy };
    });
    expect(resources.run(input)).toEqual([]);
  }
});

test('replicas whose budget does not ship are reported', () => {
  const { construct } = manifestOf(stack, prometheus);
  expect(resources.run(without(stack, budget))).toEqual([
    expect.objectContaining({
      severity: 'error',
      place: { object: prometheus, construct, path: 'spec.replicas' },
      value: 2,
    }),
  ]);
});

test('an unused claim is reported if there are fewer replicas than claims', () => {
  const found = resources.run(changed(stack, prometheus, ({ spec }) => (spec.replicas = 1)));
  expect(found.map(({ value }) => value)).toContain('data-crowsnest-prometheus-1');
});

describe('a claim must have one writer', () => {
  const idle = build({ ...minimal });
  const alone = (change: (object: Mutable) => unknown) => {
    const input = changed(idle, deployment, change);
    const manifests = input.manifests.filter(
      ({ construct }) => construct !== manifestOf(idle, grafana).construct,
    );
    return resources.run({ ...input, manifests }).map(({ fault }) => fault);
  };

  test('and not two workloads', () => {
    const found = resources.run(
      changed(stack, deployment, (object) => shared(object, { type: 'Recreate' })),
    );
    expect(found.map(({ place, fault }) => [place.object, fault])).toContainEqual([
      deployment,
      'two-writers',
    ]);
  });

  test('and not two workloads, unless all but one only read', () => {
    const backup = 'CronJob crowsnest/crowsnest-backup-alertmanager';
    const input = (change: (volume: Mutable, job: Mutable) => unknown) =>
      resources
        .run(
          changed(build({ ...minimal, backup: someBackup }), backup, ({ spec }) => {
            change(spec.jobTemplate.spec.template.spec.volumes[0].persistentVolumeClaim, spec);
          }),
        )
        .map(({ place, fault }) => [place.object, fault]);
    expect(input(() => undefined)).toEqual([]);
    expect(
      input((volume) => {
        delete volume.readOnly;
      }),
    ).toEqual([[backup, 'two-writers']]);
    expect(
      input((volume, job) => {
        delete volume.readOnly;
        job.suspend = true;
      }),
    ).toEqual([]);
  });

  test('and not two replicas', () => {
    const found = alone((object) => {
      shared(object, { type: 'Recreate' });
      object.spec.replicas = 2;
    });
    expect(found).toContain('two-writers');
  });

  test('and not the old and the new pod of an update', () => {
    const fault = 'two-writers';
    expect(alone((object) => shared(object, {}))).toEqual([fault]);
    const rolling = (maxSurge: unknown) => ({ type: 'RollingUpdate', rollingUpdate: { maxSurge } });
    expect(alone((object) => shared(object, rolling(1)))).toEqual([fault]);
    expect(alone((object) => shared(object, rolling(0)))).toEqual([]);
    expect(alone((object) => shared(object, { type: 'Recreate' }))).toEqual([]);
  });
});
