import type { KubernetesObject } from '../../src/model/manifest.js';
import type { Cluster } from '../live/cluster.js';

type Made = KubernetesObject & { readonly status?: object };

const namespace = 'every-kind';
const labels = { app: 'every-kind' };
const time = '2026-01-01T00:00:00Z';
const resources = {
  requests: { cpu: '100m', memory: '64Mi' },
  limits: { cpu: '200m', memory: '128Mi' },
};
const container = { name: 'main', image: 'example.com/image:1', resources };
const template = { metadata: { labels }, spec: { containers: [container] } };
const once = { template: { spec: { ...template.spec, restartPolicy: 'Never' } } };
const selector = { matchLabels: labels };
const condition = (type: string, status = 'True') => ({ type, status, lastTransitionTime: time });
const owner = (apiVersion: string, kind: string) => ({
  ownerReferences: [
    {
      apiVersion,
      kind,
      name: 'owner',
      uid: '7b5a1b6e-0000-4000-8000-000000000000',
      controller: true,
    },
  ],
});
const own = { namespace, labels };

const pod = (name: string, spec: object, status: object, metadata: object = {}): Made => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { ...own, ...metadata, name },
  spec: { nodeName: 'node', containers: [container], ...spec },
  status,
});
const ended = { exitCode: 1, reason: 'OOMKilled', startedAt: time, finishedAt: time };
const stateOf = (name: string, state: object, lastState: object = {}) => ({
  ...{ name, image: container.image, imageID: 'sha256:1', containerID: 'containerd://1' },
  ...{ ready: false, restartCount: 1, started: false, state, lastState },
});

const capacity = { cpu: '2', memory: '4Gi', pods: '110', 'ephemeral-storage': '10Gi' };

/** An object of each kind that kube-state-metrics watches, with all fields that it exposes. */
const objects: readonly Made[] = [
  {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node', labels: { 'node-role.kubernetes.io/worker': '' } },
    spec: {
      ...{ unschedulable: true, podCIDR: '10.244.0.0/24', podCIDRs: ['10.244.0.0/24'] },
      taints: [{ key: 'dedicated', value: 'x', effect: 'NoSchedule' }],
    },
    status: {
      addresses: [{ type: 'InternalIP', address: '192.0.2.11' }],
      capacity,
      allocatable: capacity,
      conditions: [condition('Ready'), condition('DiskPressure', 'False')],
    },
  },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name: 'default' } },
  pod(
    'running',
    {
      initContainers: [{ ...container, name: 'first', restartPolicy: 'Always' }],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'claim' } }],
    },
    {
      ...{ phase: 'Running', startTime: time, podIP: '10.244.0.9', podIPs: [{ ip: '10.244.0.9' }] },
      conditions: ['Initialized', 'ContainersReady', 'Ready', 'PodScheduled'].map((type) =>
        condition(type),
      ),
      containerStatuses: [stateOf('main', { running: { startedAt: time } }, { terminated: ended })],
      initContainerStatuses: [
        stateOf('first', { running: { startedAt: time } }, { terminated: ended }),
      ],
    },
    owner('apps/v1', 'ReplicaSet'),
  ),
  pod(
    'ended',
    { initContainers: [{ ...container, name: 'first' }] },
    {
      ...{ phase: 'Failed', startTime: time },
      conditions: [{ ...condition('DisruptionTarget'), reason: 'PreemptionByScheduler' }],
      containerStatuses: [stateOf('main', { terminated: ended })],
      initContainerStatuses: [stateOf('first', { terminated: ended })],
    },
  ),
  pod(
    'waiting',
    { initContainers: [{ ...container, name: 'first' }] },
    {
      phase: 'Pending',
      containerStatuses: [stateOf('main', { waiting: { reason: 'CrashLoopBackOff' } })],
      initContainerStatuses: [stateOf('first', { waiting: { reason: 'ImagePullBackOff' } })],
    },
  ),
  pod('evicted', {}, { phase: 'Failed', reason: 'Evicted' }),
  pod(
    'unschedulable',
    { nodeName: undefined },
    {
      phase: 'Pending',
      conditions: [{ ...condition('PodScheduled', 'False'), reason: 'Unschedulable' }],
    },
  ),
  pod(
    'gated',
    { nodeName: undefined, schedulingGates: [{ name: 'example.com/queue' }] },
    {
      phase: 'Pending',
      conditions: [{ ...condition('PodScheduled', 'False'), reason: 'SchedulingGated' }],
    },
  ),
  {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'volume' },
    spec: {
      ...{ capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], storageClassName: 'fast' },
      hostPath: { path: '/data' },
      claimRef: { namespace, name: 'claim' },
    },
    status: { phase: 'Bound' },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { ...own, name: 'claim' },
    spec: {
      ...{ accessModes: ['ReadWriteOnce'], storageClassName: 'fast', volumeName: 'volume' },
      resources: { requests: { storage: '1Gi' } },
    },
    status: { phase: 'Bound', conditions: [condition('Resizing')] },
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { ...own, name: 'quota' },
    spec: { hard: { pods: '100' } },
    status: { hard: { pods: '100' }, used: { pods: '1' } },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...own, name: 'deployment' },
    spec: { replicas: 1, selector, template, paused: true },
    status: {
      ...{ replicas: 1, updatedReplicas: 1, availableReplicas: 1, readyReplicas: 1 },
      observedGeneration: 1,
      conditions: [condition('Available')],
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { ...own, name: 'set' },
    spec: { replicas: 1, selector, template, serviceName: 'set', ordinals: { start: 1 } },
    status: {
      ...{ replicas: 1, readyReplicas: 1, currentReplicas: 1, updatedReplicas: 1 },
      ...{ observedGeneration: 1, currentRevision: 'set-1', updateRevision: 'set-1' },
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { ...own, name: 'daemons' },
    spec: { selector, template },
    status: {
      ...{ currentNumberScheduled: 1, desiredNumberScheduled: 1, numberMisscheduled: 1 },
      ...{ numberReady: 1, numberAvailable: 1, updatedNumberScheduled: 1, observedGeneration: 1 },
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { ...own, ...owner('apps/v1', 'Deployment'), name: 'replicas' },
    spec: { replicas: 1, selector, template },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...own, ...owner('batch/v1', 'CronJob'), name: 'job' },
    spec: { ...once, activeDeadlineSeconds: 60 },
    status: {
      ...{ active: 0, failed: 1, startTime: time, uncountedTerminatedPods: {} },
      conditions: [
        { ...condition('FailureTarget'), reason: 'BackoffLimitExceeded' },
        { ...condition('Failed'), reason: 'BackoffLimitExceeded' },
      ],
    },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...own, name: 'complete' },
    spec: once,
    status: {
      ...{ succeeded: 1, startTime: time, completionTime: time, uncountedTerminatedPods: {} },
      conditions: [condition('SuccessCriteriaMet'), condition('Complete')],
    },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { ...own, name: 'cron' },
    spec: {
      ...{ schedule: '0 * * * *', startingDeadlineSeconds: 60 },
      jobTemplate: { spec: once },
    },
    status: { lastScheduleTime: time, lastSuccessfulTime: time },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { ...own, name: 'scaler' },
    spec: {
      ...{ minReplicas: 1, maxReplicas: 3 },
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'deployment' },
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
        },
      ],
    },
    status: {
      ...{ currentReplicas: 1, desiredReplicas: 1, conditions: [condition('AbleToScale')] },
      currentMetrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', current: { averageUtilization: 50, averageValue: '50m' } },
        },
      ],
    },
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { ...own, name: 'budget' },
    spec: { minAvailable: 1, selector },
    status: {
      ...{ disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1 },
      observedGeneration: 1,
    },
  },
];

/** Creates an object of each kind in a new namespace, and reports their status. */
export const makeEveryKind = async (cluster: Cluster): Promise<void> => {
  const resourcesOf: Record<string, { readonly path: string; readonly namespaced: boolean }> = {};
  for (const group of [
    'api/v1',
    'apis/apps/v1',
    'apis/batch/v1',
    'apis/autoscaling/v2',
    'apis/policy/v1',
  ]) {
    const { body } = await cluster.request({ path: `/${group}` });
    for (const { kind, name, namespaced } of body.resources) {
      if (!name.includes('/')) resourcesOf[kind] = { path: `/${group}/%/${name}`, namespaced };
    }
  }
  const first: Made = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
  for (const { status, ...object } of [first, ...objects]) {
    const { path = '', namespaced } = resourcesOf[object.kind] ?? {};
    const place = path.replace('/%', namespaced ? `/namespaces/${namespace}` : '');
    const made = await cluster.request({ method: 'POST', path: place, body: object });
    const answers = [made];
    if (status) {
      const one = `${place}/${object.metadata.name}/status`;
      answers.push(await cluster.request({ method: 'PATCH', path: one, body: { status } }));
    }
    for (const answer of answers) {
      const { name } = object.metadata;
      if (answer.status >= 300) throw new Error(`${object.kind} ${name}: ${answer.body.message}`);
    }
  }
};
