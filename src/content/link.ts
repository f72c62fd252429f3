import type { Alert } from './alert-group.js';
import type { Dashboard } from './dashboard.js';

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

/** A dashboard, with its variables set to those labels that the alert tells as well. */
export const dashboardUrl = (
  grafana: string,
  uid: string,
  { variables }: Pick<Dashboard, 'variables'>,
  { summary, description }: Alert,
): string => {
  const told = variables.filter((name) =>
    new RegExp(`\\$labels\\.${name}\\b`).test(`${summary} ${description}`),
  );
  const query = told.map((name) => `var-${name}={{ $labels.${name} | urlquery }}`).join('&');
  return `${grafana}/d/${uid}${query && `?${query}`}`;
};
