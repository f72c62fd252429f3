import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'no-default-deny': {
    what: 'No policy denies the remaining traffic of all pods in a namespace of the stack.',
    why: 'Everything that no policy mentions is allowed.',
    example:
      'kind: NetworkPolicy   # removed by a patch\nmetadata:\n  name: crowsnest-default-deny',
    fix: 'Restore the default-deny policy.',
  },
  'blocked-egress': {
    what: 'No policy allows the egress of a declared connection.',
    why: 'The consumer cannot reach its provider.',
    example:
      'kind: NetworkPolicy\nspec:\n  podSelector: { matchLabels: { app.kubernetes.io/name: grafana } }\n  egress: []   # grafana consumes promql',
    fix: 'Policies are derived from the declarations: check whether a patch changed one.',
  },
  'blocked-ingress': {
    what: 'No policy allows the ingress of a declared connection.',
    why: 'The consumer cannot reach its provider.',
    example:
      'kind: NetworkPolicy\nspec:\n  podSelector: { matchLabels: { app.kubernetes.io/name: prometheus } }\n  ingress: []   # grafana consumes promql',
    fix: 'Policies are derived from the declarations: check whether a patch changed one.',
  },
  'undeclared-pods': {
    what: 'A policy selects pods of another namespace that no party declares.',
    why: 'The policy blocks all traffic of these pods that no policy allows.',
    example: 'kind: NetworkPolicy\nmetadata:\n  namespace: shop\nspec:\n  podSelector: {}',
    fix: 'Select by all labels of a declared party.',
  },
  'no-listener': {
    what: 'No container of the provider has the port of the endpoint.',
    why: 'Connections fail.',
    example: 'ports: []   # the endpoint web has port 9090',
    fix: 'Add the endpoint to the container that listens.',
  },
  'named-port': {
    what: 'A NetworkPolicy has the name of a port instead of its number.',
    why: 'Not every network plugin supports names: OVN-Kubernetes and older versions of others ignore such a rule, or allow all ports.',
    example: 'ingress:\n  - from: [{ podSelector: {} }]\n    ports: [{ port: metrics }]',
    fix: 'Use the number of the port of the pods.',
    severity: 'warning',
  },
  'unneeded-opening': {
    what: 'A policy allows traffic that no declared connection needs.',
    why: 'An attacker can use every opening.',
    example: 'ingress:\n  - from: []   # everyone\n    ports: [{ port: 9090 }]',
    fix: 'Remove it, or declare who consumes what: policies are derived from the declarations.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
