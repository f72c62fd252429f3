import type { Frame, Panel } from './panel.js';
import { sortedTable } from './table.js';

export interface AlertTableOptions extends Frame {
  /** Matchers that select alerts: `subject=~"node-.*"`. @default - all */
  readonly matchers?: string;
  /** The dashboard that a click on an alert name opens. @default - none */
  readonly opens?: string;
  /** @default 'no alert is firing' */
  readonly empty?: string;
}

/**
 * Labels that distinguish alerts with the same name, in display order. A test computes the labels of
 * each alert that ships, and requires that all are listed here.
 */
export const identifyingLabels = {
  place: ['cluster', 'namespace'],
  object: [
    'deployment',
    'daemonset',
    'statefulset',
    'cronjob',
    'job_name',
    'horizontalpodautoscaler',
    'poddisruptionbudget',
    'resourcequota',
    'workload',
    'node',
    'pod',
    'container',
    'persistentvolumeclaim',
    'persistentvolume',
    'service',
    'name',
  ],
  /** Labels of the exporter, shown if an alert has none of the labels in `object`. */
  target: ['job', 'instance'],
  detail: [
    'resource',
    'condition',
    'phase',
    'eviction_signal',
    'certificate',
    'collector',
    'device',
    'mountpoint',
    'scrape_job',
    'rule_group',
    'alertmanager',
    'integration',
    'remote_name',
    'url',
    'server',
    'datname',
    'schemaname',
    'relname',
    'slot_name',
    'ids',
    'zone',
    'to',
    'receiver',
    'transport',
    'route',
    'reason',
    'exporter',
    'operation',
    'plugin_id',
    'slo',
  ],
} as const;

/**
 * A table of firing alerts, one row each: critical before warning, newest first. Alerts of severity
 * `info` are left out, since they only inhibit others. The dashboard needs the variable `cluster`.
 */
export const alertTable = ({
  matchers = '',
  opens,
  empty = 'no alert is firing',
  ...frame
}: AlertTableOptions): Panel => {
  const chosen = `cluster=~"$cluster", severity=~"critical|warning"${matchers && `, ${matchers}`}`;
  const firing = `ALERTS_FOR_STATE{${chosen}} and ignoring (alertstate) ALERTS{${chosen}, alertstate="firing"}`;
  return sortedTable(
    {
      width: 24,
      ...frame,
      empty,
      labels: {
        severity: {
          title: 'Severity',
          width: 90,
          moods: { critical: 'critical', warning: 'warning' },
        },
        alertname: { title: 'Alert', minWidth: 220, ...(opens && { opens }) },
        subject: { title: 'Subject', minWidth: 160 },
        shown: { title: 'Object', minWidth: 280 },
      },
      columns: {
        Since: {
          unit: 's',
          decimals: 1,
          width: 110,
          query: withObject(`time() - (${firing})`),
        },
      },
    },
    // In alphabetical order, "critical" is before "warning".
    [
      { displayName: 'Severity', desc: false },
      { displayName: 'Since', desc: false },
    ],
  );
};

/** Adds the label `shown`: place, object and detail of an alert, and the target if it has no object. */
const withObject = (query: string): string => {
  const groups = Object.entries(identifyingLabels);
  const all = [
    ...groups.map(([group, labels]) => [group, ' ', labels] as const),
    ['parts', '|', groups.map(([group]) => group)] as const,
  ].reduce(
    (inner, [label, separator, labels]) =>
      `label_join(${inner}, "${label}", "${separator}", ${labels.map((one) => `"${one}"`).join(', ')})`,
    query,
  );
  const shown = (inner: string, text: string, pattern: string) =>
    `label_replace(${inner}, "shown", "${text}", "parts", "${pattern}")`;
  const part = '([^|]*)[|]';
  return shown(
    shown(all, '$1 $2 $3', `${part}${part}[^|]*[|](.*)`),
    '$1 $2 $3',
    `${part} *[|]${part}(.*)`,
  );
};
