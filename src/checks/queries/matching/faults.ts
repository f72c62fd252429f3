import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'never-matches': {
    what: 'No series on one side of the operator has the same labels as a series on the other side.',
    why: 'The result is always empty: the alert never fires, the panel stays empty.',
    example: 'sum by (namespace) (kube_pod_info) > kube_namespace_status_phase',
    fix: 'Match by the labels that both sides have, with on (…) or ignoring (…).',
  },
  'unless-without-effect': {
    what: "No series on the right of 'unless' has the same labels as a series on the left.",
    why: 'It excludes nothing: the alert fires although it should not.',
    example: 'kube_pod_info unless sum by (namespace) (kube_namespace_status_phase)',
    fix: 'Match by the labels that both sides have, with on (…) or ignoring (…).',
  },
  'matches-without-label': {
    what: 'Only series without a label match, because no series on the other side of the operator has it.',
    why: 'Usually there are none: the result is empty.',
    example: 'sum by (pod) (kube_pod_info) / sum by (pod, node) (kube_pod_info)',
    fix: 'Match by the labels that both sides have, with on (…) or ignoring (…).',
    severity: 'warning',
  },
  'several-matches': {
    what: 'Several series of one side match the same series of the other side.',
    why: 'As soon as there are two, Prometheus cannot evaluate the expression: the alert never fires, the panel shows an error.',
    example:
      'sum by (namespace, pod) (kube_pod_info) / on (namespace) sum by (namespace) (kube_pod_info)',
    fix: 'Aggregate both sides by the same labels, or use group_left or group_right if only one side has several.',
    severity: 'warning',
  },
  'merged-series': {
    what: 'Several series get the same labels.',
    why: 'Prometheus cannot evaluate the expression: the alert never fires, the panel shows an error.',
    example: 'label_replace(sum by (job) (up), "job", "all", "", "") == 0',
    fix: 'Aggregate without the label first, or write the value into another label.',
  },
  'merged-by-rule': {
    what: 'The rule gives several series the same labels.',
    why: 'Prometheus rejects all results of the rule: no alert fires, nothing is recorded.',
    example: 'expr: sum by (job) (up) == 0\nlabels: { job: all }',
    fix: 'Aggregate without the label, or set another label.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
