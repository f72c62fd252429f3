import { describe, expect, test } from 'vitest';
import references from '../../src/checks/references.js';
import type { Finding } from '../../src/model/finding.js';
import { titleOf } from '../../src/model/manifest.js';
import { build, minimal, oneDashboard } from '../environment.js';
import { full } from './full.js';
import { changed, inputOf, manifestOf, type Spoilt, without } from './input.js';

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

/** The stack that has an object; the least one where several have it. */
const stackWith = (title: string) =>
  [stack, exposed, routed].find(({ manifests }) =>
    manifests.some(({ object }) => titleOf(object) === title),
  )!;

const pod = (object: Spoilt) => object.spec.template.spec;
const container = (object: Spoilt, index = 0) => pod(object).containers[index];
const volumeOf = (object: Spoilt, name: string) =>
  pod(object).volumes.find((volume: Spoilt) => volume.name === name);

/** The remedy that lists what there is of a kind. */
const oneOf = (kind: string, namespace?: string): string => {
  const names = stack.manifests
    .map(({ object }) => object)
    .filter((object) => object.kind === kind && object.metadata.namespace === namespace)
    .map(({ metadata }) => metadata.name);
  expect(names).not.toEqual([]);
  return `Refer to one of ${names.join(', ')}`;
};

type Fault = Omit<Finding, 'check' | 'severity' | 'place'> & { readonly path: string };
type Case = [
  title: string,
  object: string,
  change: (object: Spoilt) => unknown,
  ...faults: Fault[],
];

const p = 'spec.template.spec';

const missing: Case[] = [
  [
    'an object is in a namespace',
    'NetworkPolicy crowsnest-agents/crowsnest-default-deny',
    ({ metadata }) => (metadata.namespace = 'crowsnest-agent'),
    {
      path: 'metadata.namespace',
      message: "There is no Namespace 'crowsnest-agent', neither here nor declared to exist.",
      value: 'crowsnest-agent',
      remedy:
        'Refer to one of crowsnest, crowsnest-agents, or declare it as a prerequisite of the party that needs it.',
      suggestion: 'crowsnest-agents',
    },
  ],
  [
    'a pod runs under a service account',
    grafana,
    (object) => (pod(object).serviceAccountName = 'crowsnest-grafanna'),
    {
      path: `${p}.serviceAccountName`,
      message: "There is no ServiceAccount 'crowsnest-grafanna' in crowsnest.",
      value: 'crowsnest-grafanna',
      remedy: `${oneOf('ServiceAccount', 'crowsnest')}.`,
      suggestion: 'crowsnest-grafana',
    },
  ],
  [
    'a pod has a priority class',
    grafana,
    (object) => (pod(object).priorityClassName = 'observability'),
    {
      path: `${p}.priorityClassName`,
      message: "There is no PriorityClass 'observability', neither here nor declared to exist.",
      value: 'observability',
      remedy: 'Add it, or declare it as a prerequisite of the party that needs it.',
    },
  ],
  [
    'a pod pulls with a Secret',
    grafana,
    (object) => (pod(object).imagePullSecrets = [{ name: 'registry' }]),
    {
      path: `${p}.imagePullSecrets[0].name`,
      message: "There is no Secret 'registry' in crowsnest, neither here nor declared to exist.",
      value: 'registry',
      remedy: 'Add it, or declare it as a prerequisite of the party that needs it.',
    },
  ],
  [
    'a volume holds a ConfigMap, and its missing keys are no findings of their own',
    grafana,
    (object) => (volumeOf(object, 'config').configMap.name = 'config'),
    {
      path: `${p}.volumes[1].configMap`,
      message: "There is no ConfigMap 'config' in crowsnest.",
      value: 'config',
      remedy: `${oneOf('ConfigMap', 'crowsnest')}.`,
    },
  ],
  [
    'a volume picks a key of a ConfigMap',
    grafana,
    (object) => (volumeOf(object, 'config').configMap.items[0].key = 'grafana.conf'),
    {
      path: `${p}.volumes[1].configMap.items[0].key`,
      message: "ConfigMap 'crowsnest-grafana-config' has no key 'grafana.conf'.",
      value: 'grafana.conf',
      remedy: 'Use one of dashboards.yaml, datasources.yaml, grafana.ini.',
      suggestion: 'grafana.ini',
    },
  ],
  [
    'a volume holds a Secret',
    grafana,
    (object) => pod(object).volumes.push({ name: 'license', secret: { secretName: 'license' } }),
    {
      path: `${p}.volumes[6].secret`,
      message: "There is no Secret 'license' in crowsnest, neither here nor declared to exist.",
      value: 'license',
      remedy: 'Add it, or declare it as a prerequisite of the party that needs it.',
    },
  ],
  [
    'a volume holds a claim',
    grafana,
    (object) =>
      pod(object).volumes.push({ name: 'old', persistentVolumeClaim: { claimName: 'old' } }),
    {
      path: `${p}.volumes[6].persistentVolumeClaim.claimName`,
      message: "There is no PersistentVolumeClaim 'old' in crowsnest.",
      value: 'old',
      remedy: `${oneOf('PersistentVolumeClaim', 'crowsnest')}.`,
    },
  ],
  [
    'a projected volume holds a ConfigMap',
    exporter,
    (object) => (volumeOf(object, 'api-access').projected.sources[1].configMap.name = 'root-ca'),
    {
      path: `${p}.volumes[1].projected.sources[1].configMap`,
      message: "There is no ConfigMap 'root-ca' in crowsnest-agents.",
      value: 'root-ca',
      remedy: 'Add it.',
    },
  ],
  [
    'a projected volume picks a key',
    exporter,
    (object) =>
      (volumeOf(object, 'api-access').projected.sources[1].configMap.items[0].key = 'ca.pem'),
    {
      path: `${p}.volumes[1].projected.sources[1].configMap.items[0].key`,
      message: "ConfigMap 'kube-root-ca.crt' has no key 'ca.pem'.",
      value: 'ca.pem',
      remedy: 'Use one of ca.crt.',
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
      message: "There is no volume 'temp' in the pod.",
      value: 'temp',
      remedy: expect.stringMatching(/^Use one of tmp, config, dashboards-shop-0, .+, data\.$/),
      suggestion: 'tmp',
    },
    {
      path: `${p}.containers[0].volumeDevices[0].name`,
      message: "There is no volume 'disk' in the pod.",
      value: 'disk',
      remedy: expect.stringMatching(/^Use one of tmp, config, dashboards-shop-0, .+, data\.$/),
    },
  ],
  [
    'an init container mounts a claim template',
    grafana,
    (object) => (object.spec.volumeClaimTemplates[0].metadata.name = 'date'),
    ...['initContainers', 'containers'].map((list) => ({
      path: `${p}.${list}[0].volumeMounts[0].name`,
      message: "There is no volume 'data' in the pod.",
      value: 'data',
      remedy: expect.stringMatching(/^Use one of tmp, .+, date\.$/),
      suggestion: 'date',
    })),
    {
      path: 'spec.volumeClaimTemplates[0]',
      message: "There is no PersistentVolumeClaim 'date-crowsnest-grafana-0' in crowsnest.",
      value: 'date-crowsnest-grafana-0',
      remedy: `${oneOf('PersistentVolumeClaim', 'crowsnest')}.`,
      suggestion: 'data-crowsnest-grafana-0',
    },
  ],
  [
    'each replica of a StatefulSet finds its claim',
    prometheus,
    (object) => (object.spec.replicas = 2),
    {
      path: 'spec.volumeClaimTemplates[0]',
      message: "There is no PersistentVolumeClaim 'data-crowsnest-prometheus-1' in crowsnest.",
      value: 'data-crowsnest-prometheus-1',
      remedy: `${oneOf('PersistentVolumeClaim', 'crowsnest')}.`,
      suggestion: 'data-crowsnest-prometheus-0',
    },
  ],
  [
    'a claim has a storage class',
    'PersistentVolumeClaim crowsnest/data-crowsnest-grafana-0',
    (object) => (object.spec.storageClassName = 'fast'),
    {
      path: 'spec.storageClassName',
      message: "There is no StorageClass 'fast', neither here nor declared to exist.",
      value: 'fast',
      remedy:
        'Refer to one of standard, or declare it as a prerequisite of the party that needs it.',
    },
  ],
  [
    'a claim template has a storage class',
    grafana,
    (object) => (object.spec.volumeClaimTemplates[0].spec.storageClassName = 'fast'),
    {
      path: 'spec.volumeClaimTemplates[0].spec.storageClassName',
      message: "There is no StorageClass 'fast', neither here nor declared to exist.",
      value: 'fast',
      remedy:
        'Refer to one of standard, or declare it as a prerequisite of the party that needs it.',
    },
  ],
  [
    'a StatefulSet has a Service',
    grafana,
    (object) => (object.spec.serviceName = 'crowsnest-grafana-headless'),
    {
      path: 'spec.serviceName',
      message: "There is no Service 'crowsnest-grafana-headless' in crowsnest.",
      value: 'crowsnest-grafana-headless',
      remedy: `${oneOf('Service', 'crowsnest')}.`,
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
      message: "ConfigMap 'crowsnest-grafana-config' has no key 'a'.",
      value: 'a',
      remedy: 'Use one of dashboards.yaml, datasources.yaml, grafana.ini.',
    },
    {
      path: `${p}.containers[0].env[1].valueFrom.secretKeyRef`,
      message: "There is no Secret 'b' in crowsnest, neither here nor declared to exist.",
      value: 'b',
      remedy: 'Add it, or declare it as a prerequisite of the party that needs it.',
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
      message: "There is no ConfigMap 'a' in crowsnest-agents.",
      value: 'a',
      remedy: 'Add it.',
    },
    {
      path: `${p}.containers[0].envFrom[1].secretRef`,
      message: "There is no Secret 'b' in crowsnest-agents, neither here nor declared to exist.",
      value: 'b',
      remedy: 'Add it, or declare it as a prerequisite of the party that needs it.',
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
      message: "There is no port 'proxy-health' in the container.",
      value: 'proxy-health',
      remedy: 'Add it.',
    },
    {
      path: `${p}.containers[1].readinessProbe.httpGet.port`,
      message: "There is no port 'health' in the container.",
      value: 'health',
      remedy: 'Use one of metrics, proxy-health.',
    },
    {
      path: `${p}.containers[1].lifecycle.preStop.tcpSocket.port`,
      message: "There is no port 'stop' in the container.",
      value: 'stop',
      remedy: 'Use one of metrics, proxy-health.',
    },
  ],
  [
    'a Service selects pods, of which the ports are no findings of their own',
    service,
    ({ spec }) => (spec.selector = { app: 'prometheus', tier: 'web' }),
    {
      path: 'spec.selector',
      message: 'No workload in crowsnest makes pods with these labels.',
      value: 'app=prometheus,tier=web',
      remedy: 'Select by labels that the pods of a workload bear.',
    },
  ],
  [
    'a Service names a port of its pods',
    service,
    ({ spec }) => (spec.ports[0].targetPort = 'http'),
    {
      path: 'spec.ports[0].targetPort',
      message: "No container of the selected pods has a port 'http'.",
      value: 'http',
      remedy: 'Use one of web.',
    },
  ],
  [
    'a workload selects its own pods',
    exporter,
    (object) => (object.spec.template.metadata.labels = { app: 'node-exporter' }),
    {
      path: 'spec.selector',
      message: 'No workload in crowsnest-agents makes pods with these labels.',
      value:
        'app.kubernetes.io/component=node-exporter,app.kubernetes.io/instance=crowsnest,app.kubernetes.io/name=node-exporter',
      remedy: 'Select by labels that the pods of a workload bear.',
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
      message: "There is no Role 'crowsnest-prometheu' in kube-system.",
      value: 'crowsnest-prometheu',
      remedy: 'Refer to one of crowsnest-prometheus.',
      suggestion: 'crowsnest-prometheus',
    },
    {
      path: 'subjects[0]',
      message: "There is no ServiceAccount 'crowsnest-prometheus' in kube-system.",
      value: 'crowsnest-prometheus',
      remedy: 'Add it.',
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
      message: "There is no ClusterRole 'prometheus'.",
      value: 'prometheus',
      remedy: `${oneOf('ClusterRole')}.`,
    },
    {
      path: 'subjects[0]',
      message: "There is no ServiceAccount 'prometheus' in crowsnest.",
      value: 'prometheus',
      remedy: `${oneOf('ServiceAccount', 'crowsnest')}.`,
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
      message: "There is no IngressClass 'ngin', neither here nor declared to exist.",
      value: 'ngin',
      remedy: 'Refer to one of nginx, or declare it as a prerequisite of the party that needs it.',
      suggestion: 'nginx',
    },
    {
      path: 'spec.tls[0].secretName',
      message: "There is no Secret 'grafana' in crowsnest, neither here nor declared to exist.",
      value: 'grafana',
      remedy:
        'Refer to one of grafana-credentials, grafana-metrics, grafana-tls, or declare it as a prerequisite of the party that needs it.',
    },
    {
      path: 'spec.defaultBackend.service',
      message: "There is no Service 'grafana' in crowsnest.",
      value: 'grafana',
      remedy: `${oneOf('Service', 'crowsnest')}.`,
    },
    {
      path: 'spec.rules[0].http.paths[0].backend.service',
      message: "Service 'crowsnest-grafana' has no port '80'.",
      value: '80',
      remedy: 'Use one of web, 3000.',
    },
  ],
  [
    'an HTTPRoute hangs from a Gateway, by its namespace and its name',
    httpRoute,
    ({ spec }) => {
      spec.parentRefs.push({ name: 'public' }, { namespace: 'edge', name: 'publik' });
      spec.parentRefs.push({ group: '', kind: 'Service', name: 'mesh' });
    },
    {
      path: 'spec.parentRefs[1]',
      message: "There is no Gateway 'public' in crowsnest, neither here nor declared to exist.",
      value: 'public',
      remedy: 'Add it, or declare it as a prerequisite of the party that needs it.',
    },
    {
      path: 'spec.parentRefs[2]',
      message: "There is no Gateway 'publik' in edge, neither here nor declared to exist.",
      value: 'publik',
      remedy: 'Refer to one of public, or declare it as a prerequisite of the party that needs it.',
      suggestion: 'public',
    },
  ],
  [
    'an HTTPRoute leads to Services with their ports',
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
      message: "Service 'crowsnest-grafana' has no port '80'.",
      value: '80',
      remedy: 'Use one of web, 3000.',
    },
    {
      path: 'spec.rules[0].backendRefs[1]',
      message: "There is no Service 'grafana' in crowsnest.",
      value: 'grafana',
      remedy: `${oneOf('Service', 'crowsnest')}.`,
    },
    {
      path: 'spec.rules[1].backendRefs[0]',
      message: "Service 'crowsnest-grafana' has no port ''.",
      value: '',
      remedy: 'Use one of web, 3000.',
    },
  ],
  [
    'a PodDisruptionBudget selects the pods of a workload',
    budget,
    ({ spec }) => (spec.selector.matchLabels['app.kubernetes.io/name'] = 'thanos'),
    {
      path: 'spec.selector',
      message: 'No workload in crowsnest makes pods with these labels.',
      value:
        'app.kubernetes.io/component=prometheus,app.kubernetes.io/instance=crowsnest,app.kubernetes.io/name=thanos',
      remedy: 'Select by labels that the pods of a workload bear.',
    },
  ],
  ...[undefined, {}, { matchLabels: {} }].map(
    (selector): Case => [
      `a PodDisruptionBudget selects by labels, and not by ${JSON.stringify(selector)}`,
      budget,
      ({ spec }) => (spec.selector = selector),
      {
        path: 'spec.selector',
        message: 'No workload in crowsnest makes pods with these labels.',
        value: '',
        remedy: 'Select by labels that the pods of a workload bear.',
      },
    ],
  ),
  [
    'an argument names a file of a mounted ConfigMap',
    prometheus,
    (object) =>
      (container(object).args[0] = '--config.file=/etc/prometheus/config/prometheus.yaml'),
    {
      path: `${p}.containers[0].args[0]`,
      message: "There is no file '/etc/prometheus/config/prometheus.yaml' in the container.",
      value: '/etc/prometheus/config/prometheus.yaml',
      remedy: 'Use one of /etc/prometheus/config/prometheus.yml.',
      suggestion: '/etc/prometheus/config/prometheus.yml',
    },
  ],
  [
    'a configuration file names a token that is projected',
    prometheus,
    (object) =>
      (volumeOf(object, 'tokens').projected.sources[0].serviceAccountToken.path = 'exporter'),
    {
      path: `${p}.containers[0].volumeMounts[1]`,
      message:
        "There is no file '/var/run/secrets/crowsnest/tokens/node-exporter' in the container.",
      value: '/var/run/secrets/crowsnest/tokens/node-exporter',
      why: "'prometheus.yml' of ConfigMap 'crowsnest-prometheus-config' names it.",
      remedy: 'Use one of /var/run/secrets/crowsnest/tokens/exporter.',
      suggestion: '/var/run/secrets/crowsnest/tokens/exporter',
    },
  ],
  [
    'a configuration file names files that are mounted at all',
    prometheus,
    (object) => {
      const { volumeMounts } = container(object);
      container(object).volumeMounts = volumeMounts.filter(
        ({ name }: Spoilt) => name !== 'api-access',
      );
    },
    ...['token', 'ca.crt'].map((file) => ({
      path: `${p}.containers[0].volumeMounts[1]`,
      message: `There is no file '/var/run/secrets/kubernetes.io/serviceaccount/${file}' in the container.`,
      value: `/var/run/secrets/kubernetes.io/serviceaccount/${file}`,
      why: "'prometheus.yml' of ConfigMap 'crowsnest-prometheus-config' names it.",
      remedy: expect.stringContaining('/etc/prometheus/config/prometheus.yml, '),
    })),
  ],
];

describe('what is there', () => {
  test('every reference of a minimal, an exposed and a full environment resolves', () => {
    for (const one of [stack, exposed, routed, build(full)]) {
      expect(references.run(inputOf(one))).toEqual([]);
    }
  });

  test('what Kubernetes makes itself need not ship', () => {
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

  test('a PodDisruptionBudget may select by expressions', () => {
    const expression = { key: 'app.kubernetes.io/name', operator: 'In', values: ['prometheus'] };
    const input = changed(routed, budget, ({ spec }) => {
      spec.selector = { matchExpressions: [expression] };
    });
    expect(references.run(input)).toEqual([]);
  });

  test('a volume that is optional need not be there', () => {
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

  test('a key may be binary', () => {
    const input = changed(stack, 'ConfigMap crowsnest/crowsnest-grafana-config', (object) => {
      object.binaryData = object.data;
      delete object.data;
    });
    expect(references.run(input)).toEqual([]);
  });

  test('a Service may select the pods of several workloads, of which one has the port', () => {
    const everything = build(full);
    const input = changed(everything, 'Service observability/everything-gatekeeper', ({ spec }) => {
      spec.selector = { 'app.kubernetes.io/part-of': 'crowsnest' };
    });
    expect(references.run(input)).toEqual([]);
  });

  test('of a folder below another the files are not known', () => {
    const input = changed(stack, prometheus, (object) => {
      container(object).volumeMounts[1].subPath = 'nested';
      container(object).args.push('--other=/etc/prometheus/config/other.yml');
    });
    expect(references.run(input)).toEqual([]);
  });

  test('a folder of files, and a file at the end of a sentence, are there', () => {
    const input = changed(stack, grafana, (object) => {
      container(object).args = [
        '--provisioning=/etc/grafana/provisioning/datasources',
        'Reads /etc/grafana/grafana.ini.',
      ];
    });
    expect(references.run(input)).toEqual([]);
  });

  test('a number for a port, a glob and a folder of files are no references', () => {
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

describe('what is missing', () => {
  test.each(missing)('%s', (_, title, change, ...faults) => {
    const where = stackWith(title);
    const input = changed(where, title, change);
    const { object, construct } =
      input.manifests[where.manifests.indexOf(manifestOf(where, title))]!;
    expect(references.run(input)).toEqual(
      faults.map(({ path, ...fault }) => ({
        severity: 'error',
        place: { object: titleOf(object), construct, path },
        ...fault,
      })),
    );
  });

  test('an object that does not ship is missed by all that refer to it', () => {
    const found = references.run(without(exposed, 'Service crowsnest/crowsnest-grafana'));
    expect(found.map(({ place, message }) => [place.object, place.path, message])).toEqual([
      [grafana, 'spec.serviceName', "There is no Service 'crowsnest-grafana' in crowsnest."],
      [
        ingress,
        'spec.rules[0].http.paths[0].backend.service',
        "There is no Service 'crowsnest-grafana' in crowsnest.",
      ],
    ]);
  });

  test('a prerequisite that is not declared is missed', () => {
    const { prerequisites } = exposed;
    const undeclared = prerequisites.filter(({ name }) => name !== 'grafana-credentials');
    const input = inputOf(exposed, { prerequisites: undeclared });
    expect(references.run(input).map(({ message }) => message)).toEqual([
      "There is no Secret 'grafana-credentials' in crowsnest, neither here nor declared to exist.",
    ]);
  });

  test('a key that a declared Secret has not is missed where a file of it is named', () => {
    const prerequisites = exposed.prerequisites.map((one) =>
      one.name === 'grafana-credentials' ? { ...one, keys: { 'admin-user': 'login' } } : one,
    );
    const found = references.run(inputOf(exposed, { prerequisites }));
    expect(found.map(({ value, why }) => [value, why])).toEqual(
      ['admin-password', 'secret-key'].map((key) => [
        `/etc/crowsnest/secrets/grafana-credentials/${key}`,
        "'grafana.ini' of ConfigMap 'crowsnest-grafana-config' names it.",
      ]),
    );
  });
});
