import type { ContentSource } from '../model/check.js';
import type { AlertGroup } from './alert-group.js';
import type { Dashboard } from './dashboard.js';

/** Dashboards and groups of alerts as they were loaded, before an environment chooses among them. */
export interface Content {
  /** By uid. */
  readonly dashboards: Readonly<Record<string, Dashboard>>;
  /** By the name of their file. */
  readonly alerts: Readonly<Record<string, AlertGroup>>;
  /** Where each was made, by `alerts/<name>` and `dashboards/<uid>`. */
  readonly sources: Readonly<Record<string, ContentSource>>;
}
