import type { FaultKinds, FoundFault } from '../../../model/fault.js';
import type { ObjectFault } from '../../support/pod/fault.js';

export const faults = {
  'not-spread': {
    what: 'The replicas are not spread over nodes.',
    why: 'They can all run on one node, and fail with it.',
    example: 'replicas: 2   # without topologySpreadConstraints',
    fix: 'Spread them over kubernetes.io/hostname.',
  },
  'no-budget': {
    what: 'The replicas have no disruption budget.',
    why: 'When several nodes are drained, all replicas can be evicted at once.',
    example: 'replicas: 2   # no PodDisruptionBudget selects the pods',
    fix: 'Add a PodDisruptionBudget with maxUnavailable: 1.',
  },
  'counts-tainted-nodes': {
    what: 'The spread constraint counts nodes with taints that the pods do not tolerate.',
    why: 'A replica stays pending while such a node is the only one without a replica.',
    example:
      'topologySpreadConstraints:\n  - whenUnsatisfiable: DoNotSchedule   # without nodeTaintsPolicy',
    fix: 'Set nodeTaintsPolicy: Honor.',
  },
  'protects-unready-pods': {
    what: 'The disruption budget protects pods that are not ready.',
    why: 'A pod that never becomes ready blocks the drain of its node.',
    example: 'unhealthyPodEvictionPolicy: IfHealthyBudget',
    fix: 'Set unhealthyPodEvictionPolicy: AlwaysAllow.',
  },
  'unclear-budget': {
    what: 'The disruption budget has both minAvailable and maxUnavailable, or neither.',
    why: 'The API server rejects it, or it has no effect.',
    example: 'minAvailable: 1\nmaxUnavailable: 1',
    fix: 'Set only maxUnavailable: 1.',
  },
  'blocked-drain': {
    what: 'The disruption budget allows no eviction.',
    why: 'The nodes of these pods cannot be drained.',
    example: 'maxUnavailable: 0',
    fix: 'Set maxUnavailable: 1.',
  },
  'useless-budget': {
    what: 'The disruption budget allows the eviction of all pods at once.',
    why: 'It has no effect.',
    example: 'maxUnavailable: 2   # with 2 replicas',
    fix: 'Set maxUnavailable: 1.',
  },
  'no-storage': {
    what: 'The claim requests no storage.',
    why: 'The API server rejects it.',
    example: 'resources: { requests: {} }',
    fix: 'Set resources.requests.storage.',
  },
  'claim-below-template': {
    what: 'The claim is smaller than the template of its StatefulSet.',
    why: 'A claim that the StatefulSet creates is larger, and a claim cannot shrink: the next apply fails.',
    example: 'storage: 1Gi   # volumeClaimTemplates has 10Gi',
    fix: 'Set the size of the template or more.',
  },
  'other-class': {
    what: 'The claim has another storage class than the template of its StatefulSet.',
    why: 'The volumes of the replicas are of different kinds.',
    example: 'storageClassName: slow   # volumeClaimTemplates has fast',
    fix: 'Use the same storage class in both.',
  },
  'unequal-claims': {
    what: 'The claims of the replicas have different sizes.',
    why: 'The replicas store the same data, and the smallest volume is full first.',
    example: 'storage: 50Gi   # the other replica has 100Gi',
    fix: 'Use the same size for all.',
  },
  'unused-claim': {
    what: 'No workload uses the claim.',
    why: 'The data is stored in another volume, or lost with the pod.',
    example: 'metadata: { name: data-promtheus-0 }',
    fix: 'Name it as a StatefulSet does, <template>-<workload>-<ordinal>, or remove it.',
  },
  'two-writers': {
    what: 'Several pods write to one claim.',
    why: 'A ReadWriteOnce volume is attached to one node, and should have one writer.',
    example: 'replicas: 2\nvolumes:\n  - persistentVolumeClaim: { claimName: data }',
    fix: 'Run a single replica with maxSurge: 0, or a StatefulSet with a claim for each pod.',
  },
  'host-path-type': {
    what: 'The type of a hostPath does not verify that the path exists.',
    why: 'The pod should read what is there, or fail with an event that names the path.',
    example: 'hostPath: { path: /proc }   # without type',
    fix: 'Set it to Directory, or to the type of what is there. DirectoryOrCreate is for a folder to which the container writes.',
  },
  'unreadable-go-limit': {
    what: 'Go cannot parse GOMEMLIMIT.',
    why: 'A Go program does not start with it.',
    example: 'env: [{ name: GOMEMLIMIT, value: 100M }]',
    fix: 'Use a number with B, KiB, MiB, GiB or TiB.',
  },
  'high-go-limit': {
    what: 'GOMEMLIMIT is not below the memory limit of the container.',
    why: 'The kernel kills the process before Go frees memory.',
    example: 'env: [{ name: GOMEMLIMIT, value: 2GiB }]\nresources: { limits: { memory: 1Gi } }',
    fix: 'Set it to 90 % of the memory limit.',
  },
  'low-go-limit': {
    what: 'GOMEMLIMIT is less than half of the memory limit of the container.',
    why: 'The process spends its time on garbage collection, and the rest of the memory is idle.',
    example: 'env: [{ name: GOMEMLIMIT, value: 100MiB }]\nresources: { limits: { memory: 1Gi } }',
    fix: 'Set it to 90 % of the memory limit.',
  },
  'queries-above-memory': {
    what: 'The queries that may run at once can use more than the memory limit.',
    why: 'The kernel then kills the process, where only a query should fail.',
    example:
      'args: [--query.max-samples=50000000, --query.max-concurrency=20]   # with a limit of 2Gi',
    fix: 'Raise the memory limit, or lower --query.max-samples or --query.max-concurrency.',
  },
  'no-tolerations': {
    what: 'The pods of an agent do not run on nodes with a taint.',
    why: 'These nodes have no metrics: the control plane, and nodes with a problem.',
    example: 'kind: DaemonSet\nspec: { template: { spec: { tolerations: [] } } }',
    fix: 'Tolerate everything: operator: Exists, without a key and an effect.',
  },
  'no-replicas': {
    what: 'The workload has 0 replicas.',
    why: 'Nothing runs.',
    example: 'replicas: 0',
    fix: 'Set the number of replicas, or remove the workload from the environment.',
  },
  'no-containers': {
    what: 'The pods have no containers.',
    why: 'The API server rejects them.',
    example: 'containers: []',
    fix: 'Add a container.',
  },
  'no-request': {
    what: 'The container does not request CPU or memory.',
    why: 'The scheduler can place it on a node that has none left.',
    example: 'resources: { requests: { cpu: 100m } }   # without memory',
    fix: 'Set it to the usual usage.',
  },
  'no-memory-limit': {
    what: 'The container has no memory limit.',
    why: 'A leak uses all memory of the node, and the kernel kills other processes.',
    example: 'resources: { limits: {} }',
    fix: 'Set it to the highest usage that is expected.',
  },
  'cpu-limit': {
    what: 'The container has a CPU limit.',
    why: 'It is throttled even if the CPU is idle; the request guarantees its share if it is not.',
    example: 'resources: { limits: { cpu: 500m } }',
    fix: 'Remove it.',
  },
  'request-above-limit': {
    what: 'The container requests more than its limit.',
    why: 'The API server rejects the pod.',
    example: 'resources: { requests: { memory: 2Gi }, limits: { memory: 1Gi } }',
    fix: 'Lower the request, or raise the limit.',
  },
  'no-priority': {
    what: 'The pods have no priority class, but other pods of the namespace have one.',
    why: 'They are evicted first on a full node.',
    example: 'spec: {}   # without priorityClassName',
    fix: 'Set priorityClassName for all pods, or for none.',
  },
  'no-volume-source': {
    what: 'The volume has no source.',
    why: 'It is an empty folder.',
    example: 'volumes:\n  - name: config',
    fix: 'Set the source of the volume.',
  },
  'no-size-limit': {
    what: 'The emptyDir volume has no size limit.',
    why: 'The files in it can fill the disk of the node.',
    example: 'emptyDir: {}',
    fix: 'Set sizeLimit.',
  },
  'size-limit-above-memory': {
    what: 'The size limit of a volume in memory is not below the memory limit of its container.',
    why: 'The files in it count as memory of the container, and the kernel kills it.',
    example: 'emptyDir: { medium: Memory, sizeLimit: 2Gi }   # with a memory limit of 1Gi',
    fix: 'Lower sizeLimit, or raise the memory limit.',
  },
  'unmounted-volume': {
    what: 'No container mounts the volume.',
    why: 'The container that needs its data does not find it.',
    example: 'volumes:\n  - { name: shop, configMap: { name: shop } }   # no volumeMounts',
    fix: 'Mount it in the container that needs it, or remove it.',
  },
  'empty-source': {
    what: 'A source of a projected volume is empty.',
    why: 'The API server rejects it.',
    example: 'projected: { sources: [{}] }',
    fix: 'Set a token, a ConfigMap, a Secret or fields of the pod as the source.',
  },
  'no-certificate-authority': {
    what: 'The volume has a token for the Kubernetes API, but not its certificate authority.',
    why: 'A client cannot verify the API server, and does not start.',
    example: 'projected:\n  sources:\n    - serviceAccountToken: { path: token }',
    fix: "Add ca.crt of the ConfigMap 'kube-root-ca.crt'.",
  },
  'no-group': {
    what: 'The pod mounts a claim and sets no fsGroup.',
    why: 'A new volume belongs to root, and other users cannot write to it.',
    example: 'securityContext: { runAsUser: 65534 }   # without fsGroup',
    fix: 'Set fsGroup to the group of the container that writes.',
  },
  'unnamed-source': {
    what: 'A source of a projected volume has no name.',
    why: 'The pod never starts.',
    example: 'projected: { sources: [{ secret: {} }] }',
    fix: 'Set the name.',
  },
  'no-mount-propagation': {
    what: 'The container does not see what is mounted on its node later.',
    why: 'Metrics of volumes that are mounted after the start of the pod are missing.',
    example:
      'volumeMounts:\n  - { name: root, mountPath: /host }   # a hostPath, without mountPropagation',
    fix: 'Set mountPropagation: HostToContainer.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
export type ResourcesFault = ObjectFault<keyof typeof faults>;
