import type { Alert } from './alert-group.js';
import type { ContentDashboard } from './content.js';

/** Where people follow an alert to. */
export interface Addresses {
  /** The folder of the runbooks: a URL, or a path in the repository. */
  readonly runbooks: string;
  /** Grafana, without a slash at the end. */
  readonly grafana: string;
}

/** The runbook of an alert: its section in the page of its group. */
export const runbookUrl = (runbooks: string, group: string, alert: string): string =>
  `${runbooks.replace(/\/$/, '')}/${group}.md#${alert.toLowerCase()}`;

/** A dashboard, with each variable that the alert has a label for set to its value. */
export const dashboardUrl = (
  grafana: string,
  uid: string,
  { variables }: ContentDashboard,
  { expr, summary, description }: Alert,
): string => {
  // A label that is told or asked for; whether the alert has it, Prometheus knows when it fires.
  const mentioned = variables.filter((name) =>
    new RegExp(`\\b${name}\\b`).test(`${expr} ${summary} ${description}`),
  );
  const query = mentioned
    .map((name) => `{{ with $labels.${name} }}&var-${name}={{ . | urlquery }}{{ end }}`)
    .join('');
  return `${grafana}/d/${uid}${query && `?orgId=1${query}`}`;
};
