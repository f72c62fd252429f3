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
