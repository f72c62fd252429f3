import type { FaultKinds, FoundFault } from '../../../model/fault.js';
import type { ObjectFault } from '../../support/pod/fault.js';

export const faults = {
  'several-workloads': {
    what: 'The selector selects the pods of several workloads.',
    why: 'They are different programs, and each one gets requests for another.',
    example: 'kind: Service\nspec:\n  selector: { app.kubernetes.io/part-of: crowsnest }',
    fix: 'Select by labels that only the pods of one workload have.',
  },
  'other-workload': {
    what: 'The selector selects the pods of another workload than the one whose name or labels the object has.',
    why: 'Clients reach the wrong program.',
    example:
      'kind: Service\nmetadata: { name: crowsnest-grafana }\nspec:\n  selector: { app.kubernetes.io/name: jaeger }',
    fix: 'Select by the labels of the workload that the object is for.',
  },
  'missing-label': {
    what: 'The selector does not use a label that distinguishes these pods from others.',
    why: 'Pods of another stack or component may have all other labels.',
    example:
      'selector: { app.kubernetes.io/name: prometheus }   # without app.kubernetes.io/instance',
    fix: 'Add the label to the selector.',
  },
  'no-pods': {
    what: 'The selector selects no pods of this namespace.',
    why: 'The policy has no effect.',
    example: 'podSelector:\n  matchLabels: { app.kubernetes.io/name: promtheus }',
    fix: 'Select by labels that the pods of a workload have.',
  },
  'two-budgets': {
    what: 'Two disruption budgets select the same pods.',
    why: 'Kubernetes does not evict such a pod, so its node cannot be drained.',
    example:
      'kind: PodDisruptionBudget   # twice\nspec:\n  selector: { matchLabels: { app: shop } }',
    fix: 'Remove one of them.',
  },
  'opens-for-all-pods': {
    what: 'The policy allows traffic for every pod of the namespace.',
    why: 'Only the policy that denies everything should select all pods.',
    example: 'podSelector: {}\ningress: [{ ports: [{ port: 9090 }] }]',
    fix: 'Select the pods of the workload that needs it.',
  },
  'host-network-policy': {
    what: 'The policy selects only pods on the host network.',
    why: 'Policies do not apply to them: they have the address of their node.',
    example:
      'kind: NetworkPolicy\nspec:\n  podSelector:\n    matchLabels: { app.kubernetes.io/name: node-exporter }   # with hostNetwork: true',
    fix: 'Remove the policy, or remove hostNetwork from the pods.',
  },
  'other-application-protocol': {
    what: 'The appProtocol of the port is not the protocol of the endpoint.',
    why: 'Meshes and gateways use the protocol that this field names.',
    example: 'ports:\n  - port: 4317\n    appProtocol: http   # the endpoint has the scheme grpc',
    fix: 'Correct appProtocol, or remove it.',
  },
  'no-replica-names': {
    what: 'The Service does not give the replicas names, by which they find each other.',
    why: 'Only a headless Service gives each replica a name.',
    example: 'kind: Service\nspec:\n  clusterIP: 10.0.0.1',
    fix: 'Set clusterIP: None.',
  },
  'late-replica-names': {
    what: 'The replicas have names only when they are ready.',
    why: 'They look for each other by these names while they start.',
    example: 'publishNotReadyAddresses: false',
    fix: 'Set publishNotReadyAddresses: true.',
  },
  'no-session-affinity': {
    what: 'Each request of a client can reach another replica.',
    why: 'Each replica has its own data: a graph would change whenever it is refreshed.',
    example: 'sessionAffinity: None   # with 2 replicas of Prometheus',
    fix: 'Set sessionAffinity: ClientIP.',
  },
  'no-selector': {
    what: 'The Service has no selector.',
    why: 'Nothing answers at its address.',
    example: 'kind: Service\nspec:\n  ports: [{ port: 80 }]',
    fix: 'Select the pods of one workload by their labels.',
  },
  'translated-port': {
    what: 'The port of the Service has another number than the port of the pods.',
    why: 'Clients use the port of the endpoint: it has one number.',
    example: 'ports:\n  - port: 80\n    targetPort: 3000',
    fix: 'Use the same number for both.',
  },
  'other-protocol': {
    what: 'The container listens on this port with another protocol.',
    why: 'Connections fail.',
    example: 'ports:\n  - port: 9090\n    protocol: UDP',
    fix: 'Use the protocol of the container.',
  },
  'no-listener': {
    what: 'No container of the selected pods has this port.',
    why: 'Connections fail.',
    example: 'ports:\n  - port: 3000\n    targetPort: 3001',
    fix: 'Use a port of the container.',
  },
  'unnamed-port': {
    what: 'A Service with several ports has a port without a name.',
    why: 'The API server rejects the Service.',
    example: 'ports:\n  - { name: web, port: 9093 }\n  - { port: 9094 }',
    fix: 'Name the port.',
  },
  'duplicate-port-name': {
    what: 'Another port of the Service has the same name.',
    why: 'The API server rejects the Service.',
    example: 'ports:\n  - { name: web, port: 9093 }\n  - { name: web, port: 9094 }',
    fix: 'Rename one of them.',
  },
  'version-label': {
    what: 'The selector uses the label app.kubernetes.io/version.',
    why: 'It selects nothing after an update, and the selector of a workload cannot change.',
    example: 'selector:\n  app.kubernetes.io/version: 1.2.3',
    fix: 'Remove the label from the selector.',
  },
  'no-workload-selector': {
    what: 'The workload has no selector.',
    why: 'The API server rejects it.',
    example: 'kind: Deployment\nspec:\n  selector: {}',
    fix: 'Select by labels that only its own pods have.',
  },
  'not-own-pods': {
    what: 'The selector does not select the pods of the workload itself.',
    why: 'The API server rejects the workload.',
    example:
      'selector: { matchLabels: { app.kubernetes.io/name: jaeger } }\ntemplate: { metadata: { labels: { app.kubernetes.io/name: shop } } }',
    fix: 'Select by labels of its template.',
  },
  'other-pods': {
    what: 'The selector of the workload also selects the pods of another workload.',
    why: 'Both count these pods as their own, and delete and create pods without end.',
    example: 'selector: { matchLabels: { team: shop } }   # two Deployments have it',
    fix: 'Select by labels that only its own pods have.',
  },
  'spread-of-other-pods': {
    what: 'The spread constraint does not count the pods of the workload.',
    why: 'All replicas can run on the same node.',
    example: 'topologySpreadConstraints:\n  - labelSelector: { matchLabels: { app: other } }',
    fix: 'Use the labels of the selector of the workload.',
  },
  'governing-service': {
    what: 'The Service in serviceName does not select the pods of the StatefulSet.',
    why: 'The pods get no DNS names.',
    example: 'kind: StatefulSet\nspec:\n  serviceName: crowsnest-grafana   # of another workload',
    fix: 'Use the Service of these pods.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
export type SelectorsFault = ObjectFault<keyof typeof faults>;
