import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'no-title': {
    what: 'The panel has no title.',
    why: 'Readers do not know what it shows.',
    example: "timeSeries({ title: '', … })",
    fix: 'Set a title that names what the panel shows.',
    severity: 'warning',
  },
  'no-description': {
    what: 'The panel has no description.',
    why: 'The person who looks at it at night did not make it.',
    example: "timeSeries({ title: 'Load', description: '' })",
    fix: 'Describe what the panel shows, and what a bad value looks like.',
    severity: 'warning',
  },
  'no-unit': {
    what: 'The values of the panel have no unit.',
    why: 'Readers have to guess whether a number is bytes, seconds or a count.',
    example: '{ "fieldConfig": { "defaults": {} } }',
    fix: "Set a unit; 'short' for a number of things.",
    severity: 'warning',
  },
  'unknown-unit': {
    what: 'Grafana does not know this unit.',
    why: 'It writes the name of the unit after each value.',
    example: '{ "unit": "tickets sold" }',
    fix: "Use a unit of Grafana, or 'suffix:…' for a text after the number.",
    severity: 'warning',
  },
  'unknown-type': {
    what: 'Grafana has no panel of this type.',
    why: 'It shows an error in place of the panel, unless a plugin of this name is installed.',
    example: '{ "type": "timeserie" }',
    fix: 'Correct the type; for a plugin, use an image of Grafana that contains it, and list it in grafana.plugins.',
  },
  'unknown-option': {
    what: 'The panel has an option that its type does not have.',
    why: 'Grafana ignores it.',
    example: '{ "type": "timeseries", "options": { "legend": { "placment": "right" } } }',
    fix: 'Correct the name, or remove the option.',
  },
  'query-name': {
    what: 'A query has no refId, or the refId of another query.',
    why: 'Grafana shows only one of two queries with the same refId.',
    example: '{ "targets": [{ "refId": "A" }, { "refId": "A" }] }',
    fix: 'Give each query its own refId: A, B, C.',
  },
  'empty-query': {
    what: 'A query is empty.',
    why: 'Grafana shows an error in the panel.',
    example: '{ "targets": [{ "refId": "A", "expr": "" }] }',
    fix: 'Write the query, or remove it.',
  },
} satisfies FaultKinds;

export type Result = FoundFault<keyof typeof faults>;
