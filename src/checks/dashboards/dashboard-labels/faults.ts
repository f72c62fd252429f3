import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'lost-in-legend': {
    what: 'The legend uses a label that the series of the query do not have.',
    why: 'The legend is empty at this place.',
    example: '{ "expr": "sum by (job) (up)", "legendFormat": "{{pod}}" }',
    fix: 'Aggregate by the label, or remove it from the legend.',
  },
  'lost-column': {
    what: 'A column shows a label that no query of the table returns.',
    why: 'The table has no such column.',
    example: '{ "expr": "sum by (job) (up)", "renameByName": { "pod": "Pod" } }',
    fix: 'Aggregate by the label, or remove the column.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
