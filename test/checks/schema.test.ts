import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { formats } from '../../src/checks/objects/schema/format.js';
import type { Schemas } from '../../src/checks/objects/schema/schema.js';
import schema from '../../src/checks/objects/schema.js';
import type { KubernetesObject } from '../../src/model/manifest.js';

// biome-ignore lint/suspicious/noExplicitAny: a test mutates objects in ways that no type allows
type Mutable = any;

const valid: KubernetesObject[] = parseAllDocuments(
  readFileSync(new URL('schema.valid.yaml', import.meta.url), 'utf8'),
).map((document) => document.toJS());

const validOf = (kind: string): Mutable =>
  structuredClone(valid.find((object) => object.kind === kind));

const run = (...objects: Mutable[]) =>
  schema.run({
    manifests: objects.map((object, index) => ({ object, construct: `app/${index}` })),
  } as Mutable);

const mutate = (kind: string, change: (object: Mutable) => void) => {
  const object = validOf(kind);
  change(object);
  return run(object).map(({ place, fault, suggestion }) =>
    [place.path, fault, ...(suggestion ? [suggestion] : [])].join(' | '),
  );
};

const pod = (object: Mutable) => object.spec.template.spec;
const container = (object: Mutable) => pod(object).containers[0];

describe('a valid object', () => {
  test.each(valid.map((object) => [object.kind, object] as const))(
    'a %s has no findings',
    (_, object) => {
      expect(run(object)).toEqual([]);
    },
  );

  test('objects with the same name in two namespaces, or of two kinds, are no duplicates', () => {
    const objects = valid.map((object) => ({
      ...object,
      metadata: { ...object.metadata, namespace: 'elsewhere' },
    }));
    expect(run(...valid, ...objects.filter(({ kind }) => kind === 'ConfigMap'))).toEqual([]);
  });
});

const missing = 'missing-field';
const unknown = 'unknown-field';
const notAllowed = 'invalid-value';
const container0 = 'spec.template.spec.containers[0]';

type Case = [title: string, kind: string, change: (object: Mutable) => void, ...found: string[]];

const cases: Case[] = [
  [
    'a misspelt field is one finding, even if the correct field is required',
    'Deployment',
    (object) => {
      pod(object).containrs = pod(object).containers;
      delete pod(object).containers;
    },
    `spec.template.spec.containrs | ${unknown} | containers`,
  ],
  [
    'a field in the wrong place is unknown',
    'Deployment',
    (object) => Object.assign(object.spec, { affinity: {} }),
    `spec.affinity | ${unknown}`,
  ],
  [
    'a probe without a port is rejected',
    'Deployment',
    (object) => delete container(object).livenessProbe.httpGet.port,
    `${container0}.livenessProbe.httpGet.port | ${missing}`,
  ],
  [
    'a probe without a handler is rejected',
    'Deployment',
    (object) => delete container(object).livenessProbe.httpGet,
    `${container0}.livenessProbe | missing-field`,
  ],
  [
    'a probe with two handlers is rejected',
    'Deployment',
    (object) => Object.assign(container(object).livenessProbe, { tcpSocket: { port: 1 } }),
    `${container0}.livenessProbe | exclusive-fields`,
  ],
  [
    'a probe with a misspelt handler is one finding',
    'Deployment',
    (object) => (container(object).readinessProbe = { tcpSockets: { port: 1 } }),
    `${container0}.readinessProbe.tcpSockets | ${unknown} | tcpSocket`,
  ],
  [
    'a container without an image is rejected',
    'Deployment',
    (object) => delete container(object).image,
    `${container0}.image | ${missing}`,
  ],
  [
    'a workload without a spec is rejected',
    'Deployment',
    (object) => delete object.spec,
    `spec | ${missing}`,
  ],
  [
    'a number in quotes is rejected',
    'Deployment',
    (object) => (object.spec.replicas = '3'),
    'spec.replicas | wrong-type | 3',
  ],
  [
    'a fraction is no integer',
    'Deployment',
    (object) => (object.spec.replicas = 1.5),
    'spec.replicas | wrong-type',
  ],
  [
    'an integer beyond 32 bits is rejected',
    'Deployment',
    (object) => (object.spec.replicas = 2 ** 31),
    `spec.replicas | ${notAllowed}`,
  ],
  [
    'a boolean in quotes is rejected',
    'ServiceAccount',
    (object) => (object.automountServiceAccountToken = 'false'),
    'automountServiceAccountToken | wrong-type | false',
  ],
  [
    'a single item is no list',
    'Deployment',
    (object) => (container(object).args = '--a'),
    `${container0}.args | wrong-type`,
  ],
  [
    'a claim whose storage is null is rejected',
    'PersistentVolumeClaim',
    (object) => (object.spec.resources.requests.storage = null),
    'spec.resources.requests.storage | null-value',
  ],
  [
    'a required field that is null is one finding',
    'Deployment',
    (object) => (pod(object).containers = null),
    'spec.template.spec.containers | null-value',
  ],
  [
    'a claim template without access modes is rejected',
    'StatefulSet',
    (object) => delete object.spec.volumeClaimTemplates[0].spec.accessModes,
    `spec.volumeClaimTemplates[0].spec.accessModes | ${missing}`,
  ],
  [
    'a claim whose storage is missing is rejected',
    'PersistentVolumeClaim',
    (object) => delete object.spec.resources.requests.storage,
    `spec.resources.requests.storage | ${missing}`,
  ],
  [
    'an enum accepts only its values',
    'Deployment',
    (object) => (container(object).ports[0].protocol = 'tcp'),
    `${container0}.ports[0].protocol | ${notAllowed} | TCP`,
  ],
  [
    'an enum of list items accepts only its values',
    'NetworkPolicy',
    (object) => object.spec.policyTypes.push('Egres'),
    `spec.policyTypes[2] | ${notAllowed} | Egress`,
  ],
  [
    'a quantity has a unit of Kubernetes',
    'Deployment',
    (object) => (container(object).resources.limits.memory = '2GB'),
    `${container0}.resources.limits.memory | ${notAllowed}`,
  ],
  [
    'an integer or string is not a list',
    'Service',
    (object) => (object.spec.ports[0].targetPort = ['http']),
    'spec.ports[0].targetPort | wrong-type',
  ],
  [
    'a port is below 65536',
    'Deployment',
    (object) => (container(object).ports[0].containerPort = 90900),
    `${container0}.ports[0].containerPort | ${notAllowed}`,
  ],
  [
    'a port number in quotes is a name',
    'Deployment',
    (object) => (container(object).readinessProbe.tcpSocket.port = '3000'),
    `${container0}.readinessProbe.tcpSocket.port | ${notAllowed} | 3000`,
  ],
  [
    'a count that is no number is a percentage',
    'DaemonSet',
    (object) => (object.spec.updateStrategy.rollingUpdate.maxUnavailable = 'ten'),
    `spec.updateStrategy.rollingUpdate.maxUnavailable | ${notAllowed}`,
  ],
  [
    'a port name has at most 15 characters',
    'Deployment',
    (object) => (container(object).ports[0].name = 'internal-metrics'),
    `${container0}.ports[0].name | ${notAllowed}`,
  ],
  [
    'a label is a string',
    'Deployment',
    (object) => (object.metadata.labels['example.com/version'] = 3),
    'metadata.labels[\'example.com/version\'] | wrong-type | "3"',
  ],
  [
    'an annotation is a string',
    'Deployment',
    (object) => (object.metadata.annotations = { scrape: true }),
    'metadata.annotations.scrape | wrong-type | "true"',
  ],
  [
    'a label value has at most 63 characters',
    'Deployment',
    (object) => (object.spec.template.metadata.labels.app = 'a'.repeat(64)),
    `spec.template.metadata.labels.app | ${notAllowed}`,
  ],
  [
    'a label value has no spaces',
    'Service',
    (object) => (object.spec.selector.app = 'two words'),
    `spec.selector.app | ${notAllowed}`,
  ],
  [
    'a label name has one slash at most',
    'Deployment',
    (object) => (object.metadata.labels['a/b/c'] = ''),
    "metadata.labels['a/b/c'] | invalid-name",
  ],
  [
    'an object name is a DNS name',
    'ConfigMap',
    (object) => (object.metadata.name = 'Prometheus_config'),
    `metadata.name | ${notAllowed}`,
  ],
  [
    'a Service name has no dots, unlike names of most kinds',
    'Service',
    (object) => (object.metadata.name = 'prometheus.example'),
    `metadata.name | ${notAllowed}`,
  ],
  [
    'an object has a name',
    'ConfigMap',
    (object) => delete object.metadata.name,
    `metadata.name | ${missing}`,
  ],
  [
    'a key of a ConfigMap is a file name',
    'ConfigMap',
    (object) => (object.data['rules/a.yaml'] = ''),
    "data['rules/a.yaml'] | invalid-name",
  ],
  [
    'the data of a Secret are base64',
    'Secret',
    (object) => (object.data.token = 'secret'),
    `data.token | ${notAllowed}`,
  ],
  [
    'a block of addresses has a prefix length',
    'NetworkPolicy',
    (object) => (object.spec.egress[0].to[0].ipBlock.cidr = '10.0.0.1'),
    `spec.egress[0].to[0].ipBlock.cidr | ${notAllowed}`,
  ],
  [
    'a peer of a NetworkPolicy is not empty',
    'NetworkPolicy',
    (object) => object.spec.egress[0].to.push({}),
    'spec.egress[0].to[1] | missing-field',
  ],
  [
    'a rule has resources with their API groups, or URLs',
    'ClusterRole',
    (object) => delete object.rules[0].apiGroups,
    'rules[0] | missing-field',
  ],
  [
    'a Role is bound by its correct name',
    'RoleBinding',
    (object) => (object.roleRef.kind = 'role'),
    `roleRef.kind | ${notAllowed} | Role`,
  ],
  [
    'a CiliumNetworkPolicy knows its entities',
    'CiliumNetworkPolicy',
    (object) => object.spec.egress[0].toEntities.push('kube-api-server'),
    `spec.egress[0].toEntities[3] | ${notAllowed} | kube-apiserver`,
  ],
  [
    'a CiliumNetworkPolicy selects endpoints',
    'CiliumNetworkPolicy',
    (object) => delete object.spec.endpointSelector,
    'spec | missing-field',
  ],
  [
    'an HTTPRoute knows its fields',
    'HTTPRoute',
    (object) => (object.spec.hosts = ['grafana.example.com']),
    `spec.hosts | ${unknown}`,
  ],
  [
    'all faults of an object are reported together',
    'Deployment',
    (object) => {
      object.spec.replicas = '3';
      delete container(object).name;
      object.spec.strategy.type = 'Rolling';
    },
    'spec.replicas | wrong-type | 3',
    `spec.strategy.type | ${notAllowed}`,
    `${container0}.name | ${missing}`,
  ],
  [
    'a removed API version is rejected',
    'Deployment',
    (object) => (object.apiVersion = 'apps/v1beta1'),
    'apiVersion | unserved-kind | apps/v1',
  ],
  [
    'a kind in the wrong group is rejected',
    'Ingress',
    (object) => (object.apiVersion = 'extensions/v1beta1'),
    'apiVersion | unserved-kind | networking.k8s.io/v1',
  ],
  [
    'a misspelt group is rejected',
    'NetworkPolicy',
    (object) => (object.apiVersion = 'network.k8s.io/v1'),
    'apiVersion | unserved-kind | networking.k8s.io/v1',
  ],
  [
    'a misspelt kind is rejected',
    'ConfigMap',
    (object) => (object.kind = 'Configmap'),
    'kind | unserved-kind | ConfigMap',
  ],
];

describe('an invalid object', () => {
  test.each(cases)('%s', (_, kind, change, ...found) => {
    expect(mutate(kind, change)).toEqual(found);
  });

  test('a finding has the object, the construct, the path, the value and the remedy', () => {
    const object = validOf('Deployment');
    container(object).imagePullPolicy = 'IfNotpresent';
    expect(run(object)).toMatchObject([
      {
        severity: 'error',
        place: {
          object: 'Deployment monitoring/grafana',
          construct: 'app/0',
          path: `${container0}.imagePullPolicy`,
        },
        fault: notAllowed,
        value: 'IfNotpresent',
        remedy: 'Set it to one of Always, IfNotPresent, Never.',
        suggestion: 'IfNotPresent',
      },
    ]);
  });

  test('a duplicate object is rejected, even in two versions of its API group', () => {
    const object = validOf('HorizontalPodAutoscaler');
    const older = { ...object, apiVersion: 'autoscaling/v1' };
    older.spec = { scaleTargetRef: object.spec.scaleTargetRef, maxReplicas: 3 };
    expect(run(object, older)).toMatchObject([
      {
        severity: 'error',
        place: { construct: 'app/1', object: 'HorizontalPodAutoscaler monitoring/grafana' },
        fault: 'duplicate-object',
      },
    ]);
  });

  test('an unknown kind has one warning, and its metadata are checked', () => {
    const monitor = (name: string) => ({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name },
    });
    expect(
      run(monitor('a'), monitor('b'), monitor('C')).map(({ severity, place }) => [
        severity,
        place.object,
        place.path,
      ]),
    ).toEqual([
      ['error', 'ServiceMonitor C', 'metadata.name'],
      ['warning', 'ServiceMonitor a', 'apiVersion'],
    ]);
  });
});

test('the schemas refer only to definitions, formats and patterns that exist', () => {
  const file = new URL('../../src/checks/objects/schema/kubernetes.json', import.meta.url);
  const { kinds, definitions }: Schemas = JSON.parse(readFileSync(file, 'utf8'), (key, value) => {
    if (typeof value !== 'string') return value;
    if (key === 'format') expect(formats).toHaveProperty([value]);
    if (key === 'pattern') expect(() => new RegExp(value, 'u')).not.toThrow();
    return value;
  });
  const references = JSON.stringify(definitions).matchAll(/"#\/definitions\/([^"]+)"/g);
  const used = [...Object.values(kinds), ...[...references].map(([, name]) => name)];
  expect(new Set(used)).toEqual(new Set(Object.keys(definitions)));
});
