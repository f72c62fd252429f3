import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'unknown-dashboard': {
    what: 'No dashboard of this environment has this uid.',
    why: 'Grafana answers the link with "Dashboard not found".',
    example: "{ title: 'Shop', url: '/d/shpo' }",
    fix: 'Link to the uid of a dashboard that ships: it is the name of its file.',
  },
  'unknown-variable': {
    what: 'The link sets a variable that the linked dashboard does not have.',
    why: 'The linked dashboard does not show what the link promises.',
    example: "{ title: 'Node', url: '/d/nodes?var-nod=${__field.labels.node}' }",
    fix: 'Set a variable of the linked dashboard.',
    severity: 'warning',
  },
  'wrong-variable': {
    what: 'The link passes a variable that means something else in the linked dashboard.',
    why: 'The linked dashboard filters by a wrong value, and shows nothing or something else.',
    example:
      "{ title: 'Pods', url: '/d/pods?${__all_variables}' }   // node is a list here, one value there",
    fix: 'Pass only variables that mean the same in both dashboards; fill the others from labels.',
    severity: 'warning',
  },
  'unset-variable': {
    what: 'The link does not set a variable that takes one value.',
    why: 'The linked dashboard opens with the first value, not with the one that was clicked.',
    example: "{ title: 'Node', url: '/d/node' }   // which has the variable node",
    fix: 'Link from the value or the row that has this label, or remove the link.',
    severity: 'warning',
  },
  'unknown-column': {
    what: 'The link uses a column that the table does not have.',
    why: 'Grafana puts an empty text into the link.',
    example: '/d/node?var-node=${__data.fields["Nod"]}',
    fix: 'Use a column of the table.',
  },
  'unknown-label': {
    what: 'The link uses a label that the series of the query do not have.',
    why: 'Grafana puts an empty text into the link.',
    example: 'expr: sum by (namespace) (up)\nlink: /d/pod?var-pod=${__field.labels.pod}',
    fix: 'Aggregate by the label, or use one that the series have.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
