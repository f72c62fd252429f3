import type { Alert } from './alert-group.js';
import type { Dashboard } from './dashboard.js';

/** The targets of the links of an alert. */
export interface Addresses {
  /** The folder of the runbooks: a URL, or a path in the repository. */
  readonly runbooks: string;
  /** The URL of Grafana, without a trailing slash. @default - none: alerts have no link to a dashboard */
  readonly grafana?: string;
}

/** The runbook link of an alert: its section in the runbook of its group. */
export const runbookUrl = (runbooks: string, group: string, alert: string): string =>
  `${runbooks.replace(/\/$/, '')}/${group}.md#${alert.toLowerCase()}`;

/** The dashboard link of an alert: sets the variables for which the alert's texts use the label. */
export const dashboardUrl = (
  grafana: string,
  uid: string,
  { variables }: Pick<Dashboard, 'variables'>,
  { summary, description }: Alert,
): string => {
  const fromLabels = variables
    .map(({ name }) => name)
    .filter((name) => new RegExp(`\\$labels\\.${name}\\b`).test(`${summary} ${description}`));
  const query = fromLabels.map((name) => `var-${name}={{ $labels.${name} | urlquery }}`).join('&');
  return `${grafana}/d/${uid}${query && `?${query}`}`;
};
