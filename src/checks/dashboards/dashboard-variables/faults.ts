import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'matches-unlabelled': {
    what: 'The value All of a variable also matches series that do not have the label.',
    why: 'A sum then counts more than what can be chosen: for example the node among its pods.',
    example: '{ "name": "pod", "allValue": ".*" }',
    fix: "Set allValue to '.+'.",
    severity: 'warning',
  },
  'unused-variable': {
    what: 'No query uses the variable.',
    why: 'Choosing a value changes nothing.',
    example: "variables: [labelVariable('namespace', 'up')]   // and no query has $namespace",
    fix: 'Use the variable in a query, or remove it.',
    severity: 'warning',
  },
  'unknown-variable': {
    what: 'A title, a description or a legend uses a variable that the dashboard does not have.',
    why: 'Grafana shows the name of the variable and not its value.',
    example: "title: 'Load of $nod'",
    fix: 'Use a variable of the dashboard.',
  },
  'invalid-regex': {
    what: 'The regular expression of a variable is invalid.',
    why: 'Grafana shows an error in place of the values of the variable, and the panels that use it are empty.',
    example: '{ "name": "pod", "regex": "/(/" }',
    fix: 'Correct the regular expression, or leave it empty.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
