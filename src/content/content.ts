import type { ContentSource } from '../model/check.js';
import type { AlertGroup } from './alert-group.js';

/** Dashboards and groups of alerts as they were loaded, before an environment chooses among them. */
export interface Content {
  /** By uid. */
  readonly dashboards: Readonly<Record<string, ContentDashboard>>;
  /** By the name of their file. */
  readonly alerts: Readonly<Record<string, AlertGroup>>;
  /** Where each was made, by `alerts/<name>` and `dashboards/<uid>`. */
  readonly sources: Readonly<Record<string, ContentSource>>;
}

export interface ContentDashboard {
  /** As Grafana reads it. */
  readonly json: string;
  /** Scrape jobs without which it would be empty. */
  readonly needs: readonly string[];
  /** Names of the variables that a link can fill from labels. */
  readonly variables: readonly string[];
}
