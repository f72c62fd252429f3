import type { FaultKinds, FoundFault } from '../../../model/fault.js';

export const faults = {
  'grey-lanes': {
    what: 'The lanes do not have the colours of their states.',
    why: 'With the color mode thresholds, Grafana merges values by threshold and ignores the value mappings.',
    example:
      '{ "type": "state-timeline", "fieldConfig": { "defaults": { "color": { "mode": "thresholds" } } } }',
    fix: "Set the color mode 'fixed': then the mappings define the colours.",
    severity: 'warning',
  },
  'no-empty-text': {
    what: 'The panel has no text for a query that returns nothing.',
    why: 'Grafana writes "No data", and nobody knows whether that is good or bad.',
    example: '{ "type": "stat", "title": "Alerts" }   // without noValue',
    fix: "Set noValue to what it means, such as 'no alert is firing'.",
    severity: 'warning',
  },
  'unsorted-legend': {
    what: 'The legend is sorted by name, and only its first lines are visible.',
    why: 'The largest series, which matter most, are out of view.',
    example: '{ "legend": { "displayMode": "table", "showLegend": true } }',
    fix: "Sort it by a calculation, descending: sortBy 'Last *', sortDesc true.",
    severity: 'warning',
  },
  'narrow-legend': {
    what: 'The chart is so narrow that the last columns of its legend are cut off.',
    why: 'The values in the legend cannot be read.',
    example: '{ "gridPos": { "w": 4 }, "options": { "legend": { "displayMode": "table" } } }',
    fix: 'Make the panel wider.',
    severity: 'warning',
  },
  'duplicate-tag': {
    what: 'The dashboard has a tag twice.',
    why: 'Grafana shows it twice in the list of dashboards.',
    example: "tags: ['shop', 'shop']",
    fix: 'Remove one of them.',
    severity: 'warning',
  },
  'open-axis': {
    what: 'The axis has no end while all values are zero.',
    why: 'Grafana then draws it to 100, and a small value looks like zero.',
    example: '{ "unit": "percentunit" }   // without max and axisSoftMax',
    fix: 'Set a soft maximum, or the maximum of the scale.',
    severity: 'warning',
  },
  'threshold-at-zero': {
    what: 'A threshold is drawn as a line close to zero, where everything is fine.',
    why: 'The line hides the values.',
    example:
      '{ "custom": { "thresholdsStyle": { "mode": "line" } }, "thresholds": { "steps": [{ "value": 0 }] } }',
    fix: 'Do not draw the line: the value has the colour of the threshold elsewhere.',
    severity: 'warning',
  },
  'fractional-ticks': {
    what: 'The axis has ticks between whole numbers without a correct label.',
    why: 'Grafana labels them with the text for no data, or not at all.',
    example: '{ "decimals": 0, "noValue": "none" }   // without max and axisSoftMax',
    fix: 'Set a soft maximum of 4 or more, or show decimals.',
    severity: 'warning',
  },
  'prefixed-unit': {
    what: 'Grafana writes small values of this unit with a prefix: 0.05 as "50 m".',
    why: 'Readers take it for another unit.',
    example: '{ "unit": "pps" }',
    fix: 'Use the unit without a prefix.',
    severity: 'warning',
  },
  'no-cpu-unit': {
    what: 'CPU time has no unit.',
    why: 'Readers cannot tell cores from a share of the CPU.',
    example: '{ "unit": "short" }   // of rate(node_cpu_seconds_total[5m])',
    fix: "Set the unit 'suffix:cores', or divide by the number of cores.",
    severity: 'warning',
  },
  'fractional-count': {
    what: "The panel shows decimals of a count that 'increase' estimates.",
    why: 'Readers wonder what a third of a restart is.',
    example: 'increase(kube_pod_container_status_restarts_total[1h])   # with decimals',
    fix: 'Set decimals to 0.',
    severity: 'warning',
  },
  'wide-table': {
    what: 'The columns of the table need more space than its panel has on a page of 1280 pixels.',
    why: 'The last columns are cut off.',
    example: '{ "type": "table", "gridPos": { "w": 6 } }   // with eight columns',
    fix: 'Make the panel wider, make the columns narrower, or remove one.',
    severity: 'warning',
  },
} satisfies FaultKinds;

type Name = keyof typeof faults;

export type Result = FoundFault<Name>;

/** A fault of a panel, without its place. */
export type PanelFault = Omit<Result, 'place'>;
