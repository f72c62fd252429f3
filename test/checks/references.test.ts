import { describe, expect, test } from 'vitest';
import references from '../../src/checks/objects/references.js';
import { titleOf } from '../../src/model/manifest.js';
import { build, minimal, oneDashboard } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, type Mutable, manifestOf, without } from './input.js';

const stack = build(minimal, oneDashboard);
const exposed = build({
  ...minimal,
  grafana: { credentials: { secret: 'grafana-credentials' } },
  exposure: full.exposure,
});

const { kind: _kind, ingressClass: _class, tlsSecret: _tls, ...host } = full.exposure.grafana;
const routed = build({
  ...minimal,
  prometheus: { replicas: 2 },
  exposure: {
    grafana: { ...host, kind: 'gateway', gateway: { namespace: 'edge', name: 'public' } },
  },
});

const grafana = 'StatefulSet crowsnest/crowsnest-grafana';
const prometheus = 'StatefulSet crowsnest/crowsnest-prometheus';
const exporter = 'DaemonSet crowsnest-agents/crowsnest-node-exporter';
const service = 'Service crowsnest/crowsnest-prometheus';
const ingress = 'Ingress crowsnest/crowsnest-grafana';
const httpRoute = 'HTTPRoute crowsnest/crowsnest-grafana';
const budget = 'PodDisruptionBudget crowsnest/crowsnest-prometheus';

/** The stack with an object; the smallest one if several have it. */
const stackWith = (title: string) =>
  [stack, exposed, routed].find(({ manifests }) =>
    manifests.some(({ object }) => titleOf(object) === title),
  )!;

const pod = (object: Mutable) => object.spec.template.spec;
const container = (object: Mutable, index = 0) => pod(object).containers[index];
const volumeOf = (object: Mutable, name: string) =>
  pod(object).volumes.find((volume: Mutable) => volume.name === name);

interface Fault {
  readonly path: string;
  readonly fault: string;
  readonly value: unknown;
  readonly suggestion?: string;
}
type Case = [
  title: string,
  object: string,
  change: (object: Mutable) => unknown,
  ...faults: Fault[],
];

const p = 'spec.template.spec';

const missing: Case[] = [
  [
    'an object has a namespace',
    'NetworkPolicy crowsnest-agents/crowsnest-default-deny',
    ({ metadata }) => (metadata.namespace = 'crowsnest-agent'),
    {
      path: 'metadata.namespace',
      fault: 'missing-object',
      value: 'crowsnest-agent',
      suggestion: 'crowsnest-agents',
    },
  ],
  [
    'a pod has a service account',
    grafana,
    (object) => (pod(object).serviceAccountName = 'crowsnest-grafanna'),
    {
      path: `${p}.serviceAccountName`,
      fault: 'missing-object',
      value: 'crowsnest-grafanna',
      suggestion: 'crowsnest-grafana',
    },
  ],
  [
    'a pod has a priority class',
    grafana,
    (object) => (pod(object).priorityClassName = 'observability'),
    {
      path: `${p}.priorityClassName`,
      fault: 'missing-object',
      value: 'observability',
    },
  ],
  [
    'a pod pulls with a Secret',
    grafana,
    (object) => (pod(object).imagePullSecrets = [{ name: 'registry' }]),
    {
      path: `${p}.imagePullSecrets[0].name`,
      fault: 'missing-object',
      value: 'registry',
    },
  ],
  [
    'a volume has a ConfigMap, and its missing keys are no separate findings',
    grafana,
    (object) => (volumeOf(object, 'config').configMap.name = 'config'),
    {
      path: `${p}.volumes[1].configMap`,
      fault: 'missing-object',
      value: 'config',
    },
  ],
  [
    'a volume picks a key of a ConfigMap',
    grafana,
    (object) => (volumeOf(object, 'config').configMap.items[0].key = 'grafana.conf'),
    {
      path: `${p}.volumes[1].configMap.items[0].key`,
      fault: 'missing-key',
      value: 'grafana.conf',
      suggestion: 'grafana.ini',
    },
  ],
  [
    'a volume holds a Secret',
    grafana,
    (object) => pod(object).volumes.push({ name: 'license', secret: { secretName: 'license' } }),
    {
      path: `${p}.volumes[6].secret`,
      fault: 'missing-object',
      value: 'license',
    },
  ],
  [
    'a volume has a claim',
    grafana,
    (object) =>
      pod(object).volumes.push({ name: 'old', persistentVolumeClaim: { claimName: 'old' } }),
    {
      path: `${p}.volumes[6].persistentVolumeClaim.claimName`,
      fault: 'missing-object',
      value: 'old',
    },
  ],
  [
    'a projected volume holds a ConfigMap',
    exporter,
    (object) => (volumeOf(object, 'api-access').projected.sources[1].configMap.name = 'root-ca'),
    {
      path: `${p}.volumes[1].projected.sources[1].configMap`,
      fault: 'missing-object',
      value: 'root-ca',
    },
  ],
  [
    'a projected volume selects a key',
    exporter,
    (object) =>
      (volumeOf(object, 'api-access').projected.sources[1].configMap.items[0].key = 'ca.pem'),
    {
      path: `${p}.volumes[1].projected.sources[1].configMap.items[0].key`,
      fault: 'missing-key',
      value: 'ca.pem',
    },
  ],
  [
    'a container mounts a volume of its pod',
    grafana,
    (object) => {
      container(object).volumeMounts[1].name = 'temp';
      container(object).volumeDevices = [{ name: 'disk', devicePath: '/dev/disk' }];
    },
    {
      path: `${p}.containers[0].volumeMounts[1].name`,
      fault: 'missing-part',
      value: 'temp',
      suggestion: 'tmp',
    },
    {
      path: `${p}.containers[0].volumeDevices[0].name`,
      fault: 'missing-part',
      value: 'disk',
    },
  ],
  [
    'an init container mounts a claim template',
    grafana,
    (object) => (object.spec.volumeClaimTemplates[0].metadata.name = 'date'),
    ...['initContainers', 'containers'].map((list) => ({
      path: `${p}.${list}[0].volumeMounts[0].name`,
      fault: 'missing-part',
      value: 'data',
      suggestion: 'date',
    })),
    {
      path: 'spec.volumeClaimTemplates[0]',
      fault: 'missing-object',
      value: 'date-crowsnest-grafana-0',
      suggestion: 'data-crowsnest-grafana-0',
    },
  ],
  [
    'each replica of a StatefulSet has its claim',
    prometheus,
    (object) => (object.spec.replicas = 2),
    {
      path: 'spec.volumeClaimTemplates[0]',
      fault: 'missing-object',
      value: 'data-crowsnest-prometheus-1',
      suggestion: 'data-crowsnest-prometheus-0',
    },
  ],
  [
    'a claim has a storage class',
    'PersistentVolumeClaim crowsnest/data-crowsnest-grafana-0',
    (object) => (object.spec.storageClassName = 'fast'),
    {
      path: 'spec.storageClassName',
      fault: 'missing-object',
      value: 'fast',
    },
  ],
  [
    'a claim template has a storage class',
    grafana,
    (object) => (object.spec.volumeClaimTemplates[0].spec.storageClassName = 'fast'),
    {
      path: 'spec.volumeClaimTemplates[0].spec.storageClassName',
      fault: 'missing-object',
      value: 'fast',
    },
  ],
  [
    'a StatefulSet has a Service',
    grafana,
    (object) => (object.spec.serviceName = 'crowsnest-grafana-headless'),
    {
      path: 'spec.serviceName',
      fault: 'missing-object',
      value: 'crowsnest-grafana-headless',
    },
  ],
  [
    'a variable is a key of a ConfigMap or Secret',
    grafana,
    (object) =>
      (container(object).env = [
        {
          name: 'A',
          valueFrom: { configMapKeyRef: { name: 'crowsnest-grafana-config', key: 'a' } },
        },
        { name: 'B', valueFrom: { secretKeyRef: { name: 'b', key: 'b' } } },
        { name: 'C', valueFrom: { secretKeyRef: { name: 'c', key: 'c', optional: true } } },
      ]),
    {
      path: `${p}.containers[0].env[0].valueFrom.configMapKeyRef`,
      fault: 'missing-key',
      value: 'a',
    },
    {
      path: `${p}.containers[0].env[1].valueFrom.secretKeyRef`,
      fault: 'missing-object',
      value: 'b',
    },
  ],
  [
    'the variables come from a ConfigMap or Secret',
    exporter,
    (object) =>
      (container(object).envFrom = [
        { configMapRef: { name: 'a' } },
        { secretRef: { name: 'b' } },
        { secretRef: { name: 'c', optional: true } },
      ]),
    {
      path: `${p}.containers[0].envFrom[0].configMapRef`,
      fault: 'missing-object',
      value: 'a',
    },
    {
      path: `${p}.containers[0].envFrom[1].secretRef`,
      fault: 'missing-object',
      value: 'b',
    },
  ],
  [
    'a probe names a port of its own container',
    exporter,
    (object) => {
      container(object).livenessProbe.httpGet.port = 'proxy-health';
      container(object, 1).readinessProbe.httpGet.port = 'health';
      container(object, 1).startupProbe = { tcpSocket: { port: 'metrics' } };
      container(object, 1).lifecycle = { preStop: { tcpSocket: { port: 'stop' } } };
    },
    {
      path: `${p}.containers[0].livenessProbe.httpGet.port`,
      fault: 'missing-part',
      value: 'proxy-health',
    },
    {
      path: `${p}.containers[1].readinessProbe.httpGet.port`,
      fault: 'missing-part',
      value: 'health',
    },
    {
      path: `${p}.containers[1].lifecycle.preStop.tcpSocket.port`,
      fault: 'missing-part',
      value: 'stop',
    },
  ],
  [
    'a Service selects pods, and their ports are no separate findings',
    service,
    ({ spec }) => (spec.selector = { app: 'prometheus', tier: 'web' }),
    {
      path: 'spec.selector',
      fault: 'no-pods',
      value: 'app=prometheus,tier=web',
    },
  ],
  [
    'a Service of one replica selects a pod that the StatefulSet has',
    service,
    ({ spec }) =>
      (spec.selector = { 'statefulset.kubernetes.io/pod-name': 'crowsnest-prometheus-1' }),
    {
      path: 'spec.selector',
      fault: 'no-pods',
      value: 'statefulset.kubernetes.io/pod-name=crowsnest-prometheus-1',
    },
  ],
  [
    'a Service has named ports of its pods',
    service,
    ({ spec }) => (spec.ports[0].targetPort = 'http'),
    {
      path: 'spec.ports[0].targetPort',
      fault: 'missing-key',
      value: 'http',
    },
  ],
  [
    'a workload selects its own pods',
    exporter,
    (object) => (object.spec.template.metadata.labels = { app: 'node-exporter' }),
    {
      path: 'spec.selector',
      fault: 'no-pods',
      value:
        'app.kubernetes.io/component=node-exporter,app.kubernetes.io/instance=crowsnest,app.kubernetes.io/name=node-exporter',
    },
  ],
  [
    'a RoleBinding binds a Role of its namespace to a service account',
    'RoleBinding kube-system/crowsnest-prometheus',
    (object) => {
      object.roleRef.name = 'crowsnest-prometheu';
      object.subjects[0].namespace = 'kube-system';
    },
    {
      path: 'roleRef',
      fault: 'missing-object',
      value: 'crowsnest-prometheu',
      suggestion: 'crowsnest-prometheus',
    },
    {
      path: 'subjects[0]',
      fault: 'missing-object',
      value: 'crowsnest-prometheus',
    },
  ],
  [
    'a ClusterRoleBinding binds a ClusterRole to a service account',
    'ClusterRoleBinding crowsnest-prometheus',
    (object) => {
      object.roleRef.name = 'prometheus';
      object.subjects[0].name = 'prometheus';
      object.subjects.push({ kind: 'Group', name: 'developers' });
    },
    {
      path: 'roleRef',
      fault: 'missing-object',
      value: 'prometheus',
    },
    {
      path: 'subjects[0]',
      fault: 'missing-object',
      value: 'prometheus',
    },
  ],
  [
    'an Ingress has a class, a certificate and Services with their ports',
    ingress,
    ({ spec }) => {
      spec.ingressClassName = 'ngin';
      spec.tls[0].secretName = 'grafana';
      spec.rules[0].http.paths[0].backend.service.port = { number: 80 };
      spec.defaultBackend = { service: { name: 'grafana', port: { name: 'web' } } };
    },
    {
      path: 'spec.ingressClassName',
      fault: 'missing-object',
      value: 'ngin',
      suggestion: 'nginx',
    },
    {
      path: 'spec.tls[0].secretName',
      fault: 'missing-object',
      value: 'grafana',
    },
    {
      path: 'spec.defaultBackend.service',
      fault: 'missing-object',
      value: 'grafana',
    },
    {
      path: 'spec.rules[0].http.paths[0].backend.service',
      fault: 'missing-key',
      value: '80',
    },
  ],
  [
    'an HTTPRoute has a Gateway, by its namespace and its name',
    httpRoute,
    ({ spec }) => {
      spec.parentRefs.push({ name: 'public' }, { namespace: 'edge', name: 'publik' });
      spec.parentRefs.push({ group: '', kind: 'Service', name: 'mesh' });
    },
    {
      path: 'spec.parentRefs[1]',
      fault: 'missing-object',
      value: 'public',
    },
    {
      path: 'spec.parentRefs[2]',
      fault: 'missing-object',
      value: 'publik',
      suggestion: 'public',
    },
  ],
  [
    'an HTTPRoute has Services with their ports',
    httpRoute,
    ({ spec }) => {
      spec.rules[0].backendRefs[0].port = 80;
      spec.rules[0].backendRefs.push(
        { name: 'grafana', port: 3000 },
        { kind: 'Service', namespace: 'shop', name: 'unknown', port: 80 },
        { group: 'example.com', kind: 'Function', name: 'unknown' },
      );
      spec.rules.push({ backendRefs: [{ name: 'crowsnest-grafana' }] });
    },
    {
      path: 'spec.rules[0].backendRefs[0]',
      fault: 'missing-key',
      value: '80',
    },
    {
      path: 'spec.rules[0].backendRefs[1]',
      fault: 'missing-object',
      value: 'grafana',
    },
    {
      path: 'spec.rules[1].backendRefs[0]',
      fault: 'missing-key',
      value: '',
    },
  ],
  [
    'a PodDisruptionBudget selects the pods of a workload',
    budget,
    ({ spec }) => (spec.selector.matchLabels['app.kubernetes.io/name'] = 'thanos'),
    {
      path: 'spec.selector',
      fault: 'no-pods',
      value:
        'app.kubernetes.io/component=prometheus,app.kubernetes.io/instance=crowsnest,app.kubernetes.io/name=thanos',
    },
  ],
  ...[undefined, {}, { matchLabels: {} }].map(
    (selector): Case => [
      `a PodDisruptionBudget selects by labels, and not by ${JSON.stringify(selector)}`,
      budget,
      ({ spec }) => (spec.selector = selector),
      {
        path: 'spec.selector',
        fault: 'no-pods',
        value: '',
      },
    ],
  ),
  [
    'an argument has a file of a mounted ConfigMap',
    prometheus,
    (object) =>
      (container(object).args[0] = '--config.file=/etc/prometheus/config/prometheus.yaml'),
    {
      path: `${p}.containers[0].args[0]`,
      fault: 'missing-part',
      value: '/etc/prometheus/config/prometheus.yaml',
      suggestion: '/etc/prometheus/config/prometheus.yml',
    },
  ],
  [
    'a configuration file has a projected token',
    prometheus,
    (object) =>
      (volumeOf(object, 'tokens').projected.sources[0].serviceAccountToken.path = 'exporter'),
    {
      path: `${p}.containers[0].volumeMounts[1]`,
      fault: 'missing-part',
      value: '/var/run/secrets/crowsnest/tokens/node-exporter',
      suggestion: '/var/run/secrets/crowsnest/tokens/exporter',
    },
  ],
  [
    'a configuration file has files in folders that must be mounted',
    prometheus,
    (object) => {
      const { volumeMounts } = container(object);
      container(object).volumeMounts = volumeMounts.filter(
        ({ name }: Mutable) => name !== 'api-access',
      );
    },
    ...['token', 'ca.crt'].map((file) => ({
      path: `${p}.containers[0].volumeMounts[1]`,
      fault: 'missing-part',
      value: `/var/run/secrets/kubernetes.io/serviceaccount/${file}`,
    })),
  ],
];

describe('existing targets', () => {
  test('every reference of a minimal, an exposed and a full environment resolves', () => {
    for (const one of [stack, exposed, routed, build(full)]) {
      expect(references.run(inputOf(one))).toEqual([]);
    }
  });

  test('can be objects that Kubernetes creates', () => {
    const input = changed(stack, exporter, (object) => {
      pod(object).priorityClassName = 'system-node-critical';
      pod(object).serviceAccountName = 'default';
    });
    expect(references.run(input)).toEqual([]);
    const binding = changed(stack, 'ClusterRoleBinding crowsnest-node-exporter', (object) => {
      object.roleRef.name = 'system:auth-delegator';
    });
    expect(references.run(binding)).toEqual([]);
  });

  test('can be selected by expressions in a PodDisruptionBudget', () => {
    const expression = { key: 'app.kubernetes.io/name', operator: 'In', values: ['prometheus'] };
    const input = changed(routed, budget, ({ spec }) => {
      spec.selector = { matchExpressions: [expression] };
    });
    expect(references.run(input)).toEqual([]);
  });

  test('are not needed for an optional volume', () => {
    const input = changed(stack, grafana, (object) => {
      pod(object).volumes.push(
        { name: 'a', configMap: { name: 'a', optional: true, items: [{ key: 'a', path: 'a' }] } },
        { name: 'b', secret: { secretName: 'b', optional: true } },
      );
      container(object).volumeMounts.push({ name: 'b', mountPath: '/b' });
      container(object).args = ['--file=/b/any'];
    });
    expect(references.run(input)).toEqual([]);
  });

  test('can be binary keys', () => {
    const input = changed(stack, 'ConfigMap crowsnest/crowsnest-grafana-config', (object) => {
      object.binaryData = object.data;
      delete object.data;
    });
    expect(references.run(input)).toEqual([]);
  });

  test('can be several workloads of a Service, one of which has the port', () => {
    const everything = build(full);
    const input = changed(everything, 'Service observability/everything-gatekeeper', ({ spec }) => {
      spec.selector = { 'app.kubernetes.io/part-of': 'crowsnest' };
    });
    expect(references.run(input)).toEqual([]);
  });

  test('are unknown in a folder below another mount', () => {
    const input = changed(stack, prometheus, (object) => {
      container(object).volumeMounts[1].subPath = 'nested';
      container(object).args.push('--other=/etc/prometheus/config/other.yml');
    });
    expect(references.run(input)).toEqual([]);
  });

  test('can be a folder of files, and a file at the end of a sentence', () => {
    const input = changed(stack, grafana, (object) => {
      container(object).args = [
        '--provisioning=/etc/grafana/provisioning/datasources',
        'Reads /etc/grafana/grafana.ini.',
      ];
    });
    expect(references.run(input)).toEqual([]);
  });

  test('a port number, a glob and a folder of files are no references', () => {
    const input = changed(stack, prometheus, (object) => {
      container(object).readinessProbe.httpGet.port = 1234;
      container(object).args.push(
        '--rules=/etc/prometheus/rules/0/*.yaml',
        '--folder=/etc/prometheus/config/',
        '--other=/usr/etc/prometheus/config/other',
      );
    });
    expect(references.run(input)).toEqual([]);
  });
});

describe('missing targets', () => {
  test.each(missing)('%s', (_, title, change, ...faults) => {
    const where = stackWith(title);
    const input = changed(where, title, change);
    const { object, construct } =
      input.manifests[where.manifests.indexOf(manifestOf(where, title))]!;
    const found = references.run(input).map(({ fault, place, value, suggestion }) => ({
      fault,
      place,
      value,
      suggestion,
    }));
    expect(found).toEqual(
      faults.map(({ path, ...fault }) => ({
        place: { object: titleOf(object), construct, path },
        suggestion: undefined,
        ...fault,
      })),
    );
  });

  test('an object that does not ship is reported for all references to it', () => {
    const found = references.run(without(exposed, 'Service crowsnest/crowsnest-grafana'));
    expect(found.map(({ place, fault }) => [place.object, place.path, fault])).toEqual([
      [grafana, 'spec.serviceName', 'missing-object'],
      [ingress, 'spec.rules[0].http.paths[0].backend.service', 'missing-object'],
      [ingress, 'spec.rules[1].http.paths[0].backend.service', 'missing-object'],
    ]);
  });

  test('a prerequisite that is not declared is reported', () => {
    const { prerequisites } = exposed;
    const undeclared = prerequisites.filter(({ name }) => name !== 'grafana-credentials');
    const input = inputOf(exposed, { prerequisites: undeclared });
    expect(references.run(input).map(({ fault }) => fault)).toEqual(['missing-object']);
  });

  test('a missing key of a declared Secret is reported for files with this key', () => {
    const prerequisites = exposed.prerequisites.map((one) =>
      one.name === 'grafana-credentials' ? { ...one, keys: { 'admin-user': 'login' } } : one,
    );
    const found = references.run(inputOf(exposed, { prerequisites }));
    expect(found.map(({ value, why }) => [value, why])).toEqual(
      ['admin-password', 'secret-key'].map((key) => [
        `/etc/crowsnest/secrets/grafana-credentials/${key}`,
        "'grafana.ini' of ConfigMap 'crowsnest-grafana-config' refers to it.",
      ]),
    );
  });
});
