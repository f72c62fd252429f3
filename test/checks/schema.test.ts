import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { formats } from '../../src/checks/schema/format.js';
import type { Schemas } from '../../src/checks/schema/schema.js';
import schema from '../../src/checks/schema.js';
import type { KubernetesObject } from '../../src/model/manifest.js';

// biome-ignore lint/suspicious/noExplicitAny: a test spoils objects in ways that no type allows
type Spoilt = any;

const valid: KubernetesObject[] = parseAllDocuments(
  readFileSync(new URL('schema.valid.yaml', import.meta.url), 'utf8'),
).map((document) => document.toJS());

const validOf = (kind: string): Spoilt =>
  structuredClone(valid.find((object) => object.kind === kind));

const run = (...objects: Spoilt[]) =>
  schema.run({
    manifests: objects.map((object, index) => ({ object, construct: `app/${index}` })),
  } as Spoilt);

const spoil = (kind: string, change: (object: Spoilt) => void) => {
  const object = validOf(kind);
  change(object);
  return run(object).map(({ place, message, suggestion }) =>
    [place.path, message, ...(suggestion ? [suggestion] : [])].join(' | '),
  );
};

const pod = (object: Spoilt) => object.spec.template.spec;
const container = (object: Spoilt) => pod(object).containers[0];

describe('what is right', () => {
  test.each(valid.map((object) => [object.kind, object] as const))('a %s passes', (_, object) => {
    expect(run(object)).toEqual([]);
  });

  test('objects of one name in two namespaces, or of two kinds, are no duplicates', () => {
    const objects = valid.map((object) => ({
      ...object,
      metadata: { ...object.metadata, namespace: 'elsewhere' },
    }));
    expect(run(...valid, ...objects.filter(({ kind }) => kind === 'ConfigMap'))).toEqual([]);
  });
});

const missing = 'This required field is missing.';
const unknown = 'There is no such field.';
const notAllowed = 'This value is not allowed.';
const container0 = 'spec.template.spec.containers[0]';

type Case = [title: string, kind: string, change: (object: Spoilt) => void, ...found: string[]];

const cases: Case[] = [
  [
    'a misspelt field is one finding, although the field that was meant is missing',
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
    'a probe without a port is refused',
    'Deployment',
    (object) => delete container(object).livenessProbe.httpGet.port,
    `${container0}.livenessProbe.httpGet.port | ${missing}`,
  ],
  [
    'a probe without a handler is refused',
    'Deployment',
    (object) => delete container(object).livenessProbe.httpGet,
    `${container0}.livenessProbe | A required field is missing.`,
  ],
  [
    'a probe with two handlers is refused',
    'Deployment',
    (object) => Object.assign(container(object).livenessProbe, { tcpSocket: { port: 1 } }),
    `${container0}.livenessProbe | These fields exclude each other.`,
  ],
  [
    'a probe with a misspelt handler is one finding',
    'Deployment',
    (object) => (container(object).readinessProbe = { tcpSockets: { port: 1 } }),
    `${container0}.readinessProbe.tcpSockets | ${unknown} | tcpSocket`,
  ],
  [
    'a container without an image is refused',
    'Deployment',
    (object) => delete container(object).image,
    `${container0}.image | ${missing}`,
  ],
  [
    'a workload without a spec is refused',
    'Deployment',
    (object) => delete object.spec,
    `spec | ${missing}`,
  ],
  [
    'a number in quotes is refused',
    'Deployment',
    (object) => (object.spec.replicas = '3'),
    'spec.replicas | This must be an integer, not a string. | 3',
  ],
  [
    'a fraction is no integer',
    'Deployment',
    (object) => (object.spec.replicas = 1.5),
    'spec.replicas | This must be an integer, not a number.',
  ],
  [
    'an integer beyond 32 bits is refused',
    'Deployment',
    (object) => (object.spec.replicas = 2 ** 31),
    `spec.replicas | ${notAllowed}`,
  ],
  [
    'a truth value in quotes is refused',
    'ServiceAccount',
    (object) => (object.automountServiceAccountToken = 'false'),
    'automountServiceAccountToken | This must be a boolean, not a string. | false',
  ],
  [
    'a single item is no list',
    'Deployment',
    (object) => (container(object).args = '--a'),
    `${container0}.args | This must be a list, not a string.`,
  ],
  [
    'a claim whose storage is null is refused',
    'PersistentVolumeClaim',
    (object) => (object.spec.resources.requests.storage = null),
    'spec.resources.requests.storage | The value is null.',
  ],
  [
    'a required field that is null is one finding',
    'Deployment',
    (object) => (pod(object).containers = null),
    'spec.template.spec.containers | The value is null.',
  ],
  [
    'a claim template without access modes is refused',
    'StatefulSet',
    (object) => delete object.spec.volumeClaimTemplates[0].spec.accessModes,
    `spec.volumeClaimTemplates[0].spec.accessModes | ${missing}`,
  ],
  [
    'a claim whose storage got lost is refused',
    'PersistentVolumeClaim',
    (object) => delete object.spec.resources.requests.storage,
    `spec.resources.requests.storage | ${missing}`,
  ],
  [
    'an enum takes none but its values',
    'Deployment',
    (object) => (container(object).ports[0].protocol = 'tcp'),
    `${container0}.ports[0].protocol | ${notAllowed} | TCP`,
  ],
  [
    'an enum of list items takes none but its values',
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
    'spec.ports[0].targetPort | This must be an integer or a string, not a list.',
  ],
  [
    'a port is below 65536',
    'Deployment',
    (object) => (container(object).ports[0].containerPort = 90900),
    `${container0}.ports[0].containerPort | ${notAllowed}`,
  ],
  [
    'a port number in quotes would be a name',
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
    'metadata.labels[\'example.com/version\'] | This must be a string, not a number. | "3"',
  ],
  [
    'an annotation is a string',
    'Deployment',
    (object) => (object.metadata.annotations = { scrape: true }),
    'metadata.annotations.scrape | This must be a string, not a boolean. | "true"',
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
    "metadata.labels['a/b/c'] | This name is not allowed.",
  ],
  [
    'an object name is a DNS name',
    'ConfigMap',
    (object) => (object.metadata.name = 'Prometheus_config'),
    `metadata.name | ${notAllowed}`,
  ],
  [
    'a Service name has no dots, unlike those of most kinds',
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
    "data['rules/a.yaml'] | This name is not allowed.",
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
    'spec.egress[0].to[1] | A required field is missing.',
  ],
  [
    'a rule has resources with their API groups, or URLs',
    'ClusterRole',
    (object) => delete object.rules[0].apiGroups,
    'rules[0] | A required field is missing.',
  ],
  [
    'a Role is bound by its right name',
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
    'spec | A required field is missing.',
  ],
  [
    'an HTTPRoute knows its fields',
    'HTTPRoute',
    (object) => (object.spec.hosts = ['grafana.example.com']),
    `spec.hosts | ${unknown}`,
  ],
  [
    'everything wrong with an object is found at once',
    'Deployment',
    (object) => {
      object.spec.replicas = '3';
      delete container(object).name;
      object.spec.strategy.type = 'Rolling';
    },
    'spec.replicas | This must be an integer, not a string. | 3',
    `spec.strategy.type | ${notAllowed}`,
    `${container0}.name | ${missing}`,
  ],
  [
    'an API version that is gone is refused',
    'Deployment',
    (object) => (object.apiVersion = 'apps/v1beta1'),
    'apiVersion | Kubernetes 1.36 serves no stable apps/v1beta1 Deployment. | apps/v1',
  ],
  [
    'a kind in the wrong group is refused',
    'Ingress',
    (object) => (object.apiVersion = 'extensions/v1beta1'),
    'apiVersion | Kubernetes 1.36 serves no stable extensions/v1beta1 Ingress. | networking.k8s.io/v1',
  ],
  [
    'a misspelt group is refused',
    'NetworkPolicy',
    (object) => (object.apiVersion = 'network.k8s.io/v1'),
    'apiVersion | Kubernetes 1.36 serves no stable network.k8s.io/v1 NetworkPolicy. | networking.k8s.io/v1',
  ],
  [
    'a misspelt kind is refused',
    'ConfigMap',
    (object) => (object.kind = 'Configmap'),
    'kind | Kubernetes 1.36 serves no stable v1 Configmap. | ConfigMap',
  ],
];

describe('what is wrong', () => {
  test.each(cases)('%s', (_, kind, change, ...found) => {
    expect(spoil(kind, change)).toEqual(found);
  });

  test('a finding names the object, the construct, the path, the value and the remedy', () => {
    const object = validOf('Deployment');
    container(object).imagePullPolicy = 'IfNotpresent';
    expect(run(object)).toEqual([
      {
        severity: 'error',
        place: {
          object: 'Deployment monitoring/grafana',
          construct: 'app/0',
          path: `${container0}.imagePullPolicy`,
        },
        message: notAllowed,
        value: 'IfNotpresent',
        remedy: 'Set it to one of Always, IfNotPresent, Never.',
        suggestion: 'IfNotPresent',
      },
    ]);
  });

  test('an object made twice is refused, even in two versions of its group', () => {
    const object = validOf('HorizontalPodAutoscaler');
    const older = { ...object, apiVersion: 'autoscaling/v1' };
    older.spec = { scaleTargetRef: object.spec.scaleTargetRef, maxReplicas: 3 };
    expect(run(object, older)).toMatchObject([
      {
        severity: 'error',
        place: { construct: 'app/1', object: 'HorizontalPodAutoscaler monitoring/grafana' },
        message: 'app/0 makes an object of the same kind, namespace and name.',
      },
    ]);
  });

  test('a kind of somebody else is warned of once, and its metadata are checked', () => {
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

test('the schemas name only definitions, formats and patterns that exist', () => {
  const file = new URL('../../src/checks/data/kubernetes.json', import.meta.url);
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
