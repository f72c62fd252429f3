import type { KubernetesObject } from '../../src/model/manifest.js';
import type { Cluster } from '../live/cluster.js';

const namespace = 'default';
const labels = { app: 'traffic' };
const resources = { requests: { cpu: '100m' } };
const template = {
  metadata: { labels },
  spec: { containers: [{ name: 'main', image: 'example.com/image:1', resources }] },
};
const own = (name: string) => ({ namespace, name, labels });
const condition = { type: 'Ready', status: 'True', reason: 'KubeletReady' };

/** Objects that controllers, scheduler, admission and extensions process. */
const objects: readonly KubernetesObject[] = [
  {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'urgent' },
    value: 1000,
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: own('web'),
    spec: { replicas: 3, selector: { matchLabels: labels }, template },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: own('store'),
    spec: {
      ...{ replicas: 1, serviceName: 'store', selector: { matchLabels: { app: 'store' } } },
      template: { ...template, metadata: { labels: { app: 'store' } } },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: own('agents'),
    spec: {
      selector: { matchLabels: { app: 'agents' } },
      template: { ...template, metadata: { labels: { app: 'agents' } } },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: own('web'),
    spec: { selector: labels, ports: [{ port: 80 }] },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: own('web'),
    spec: {
      ...{ minReplicas: 2, maxReplicas: 4 },
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
        },
      ],
    },
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: own('web'),
    spec: { minAvailable: 1, selector: { matchLabels: labels } },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: own('once'),
    spec: {
      ...{ backoffLimit: 0, ttlSecondsAfterFinished: 1, activeDeadlineSeconds: 1 },
      template: { spec: { ...template.spec, restartPolicy: 'Never' } },
    },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: own('often'),
    spec: {
      schedule: '* * * * *',
      jobTemplate: { spec: { template: { spec: { ...template.spec, restartPolicy: 'Never' } } } },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: own('urgent'),
    spec: {
      priorityClassName: 'urgent',
      containers: [{ ...template.spec.containers[0], resources: { requests: { cpu: '1900m' } } }],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: own('impossible'),
    spec: {
      containers: [{ ...template.spec.containers[0], resources: { requests: { cpu: '64' } } }],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: own('quota'),
    spec: { hard: { pods: '100' } },
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: {
      ...{ group: 'example.com', scope: 'Namespaced' },
      names: { kind: 'Thing', plural: 'things', singular: 'thing' },
      versions: [
        {
          ...{ name: 'v1', served: true, storage: true },
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
              'x-kubernetes-validations': [{ rule: 'self.spec.size > 0' }],
            },
          },
        },
      ],
    },
  },
  {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1.nobody.example.com' },
    spec: {
      ...{ group: 'nobody.example.com', version: 'v1', insecureSkipTLSVerify: true },
      ...{ groupPriorityMinimum: 100, versionPriority: 100 },
      service: { namespace, name: 'web', port: 80 },
    },
  },
  ...['Mutating', 'Validating'].map((way) => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: `${way}WebhookConfiguration`,
    metadata: { name: 'nobody' },
    webhooks: [
      {
        ...{ name: 'nobody.example.com', sideEffects: 'None', failurePolicy: 'Ignore' },
        ...{ admissionReviewVersions: ['v1'], timeoutSeconds: 1 },
        clientConfig: { url: 'https://127.0.0.1:1/' },
        rules: [
          {
            ...{ apiGroups: [''], apiVersions: ['v1'] },
            ...{ operations: ['CREATE'], resources: ['configmaps'] },
          },
        ],
      },
    ],
  })),
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'named' },
    spec: {
      matchConstraints: {
        resourceRules: [
          {
            ...{ apiGroups: [''], apiVersions: ['v1'] },
            ...{ operations: ['CREATE'], resources: ['configmaps'] },
          },
        ],
      },
      validations: [{ expression: 'object.metadata.name != "refused"' }],
    },
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'named' },
    spec: { policyName: 'named', validationActions: ['Deny'] },
  },
];

/** Creates two nodes, one without status, and work for every part of a cluster. */
export const makeTraffic = async (cluster: Cluster): Promise<void> => {
  const capacity = { cpu: '2', memory: '4Gi', pods: '110' };
  for (const name of ['one', 'two']) {
    const zone = { 'topology.kubernetes.io/zone': name };
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels: zone } };
    await cluster.request({ method: 'POST', path: '/api/v1/nodes', body: node });
    const status = { capacity, allocatable: capacity, conditions: [condition] };
    const path = `/api/v1/nodes/${name}/status`;
    await cluster.request({ method: 'PATCH', path, body: { status } });
  }
  for (const object of objects) {
    const { failed, stderr } = await cluster.kubectl(['create', '-f', '-'], JSON.stringify(object));
    if (failed) throw new Error(`${object.kind} ${object.metadata.name}: ${stderr}`);
  }
};

/** Sends requests that the API server answers, does not find, and forbids. */
export const askMuch = async (cluster: Cluster): Promise<void> => {
  const core = `/api/v1/namespaces/${namespace}`;
  const map = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
  const thing = (size: number) => ({
    ...{ apiVersion: 'example.com/v1', kind: 'Thing' },
    ...{ metadata: { generateName: 'thing-' }, spec: { size } },
  });
  for (const name of ['kept', 'kept', 'refused', 'gone']) {
    await cluster.request({ method: 'POST', path: `${core}/configmaps`, body: map(name) });
  }
  for (const size of [1, 0]) {
    const path = '/apis/example.com/v1/namespaces/default/things';
    await cluster.request({ method: 'POST', path, body: thing(size) });
  }
  await cluster.request({ method: 'DELETE', path: `${core}/configmaps/gone` });
  await cluster.request({
    method: 'PATCH',
    path: `${core}/configmaps/kept`,
    body: { data: { key: 'value' } },
  });
  for (const path of [
    `${core}/configmaps/nobody`,
    `${core}/pods?limit=1`,
    `${core}/pods/urgent/log`,
    `${core}/pods/urgent/proxy/`,
    `${core}/endpoints`,
    '/apis/nobody.example.com/v1/things',
    '/openapi/v2',
    '/openapi/v3',
    '/version',
  ]) {
    await cluster.request({ path }).catch(() => undefined);
  }
  await cluster.request({ path: '/api/v1/nodes', token: 'nobody' });
  const as = { user: 'somebody', groups: ['system:authenticated'] };
  await cluster.request({ path: '/api/v1/nodes', as });
  await cluster.token(namespace, 'default');
  await cluster.kubectl(['apply', '--server-side', '-f', '-'], JSON.stringify(map('applied')));
  await cluster.kubectl(['get', 'pods', '--watch', '--request-timeout=2s']);
  await cluster.kubectl(['exec', 'urgent', '--', 'true']);
};
