import type { Environment } from '../config/environment.js';
import type { Omission, SelectedAlert } from '../content/select.js';
import type { LocatedParty } from '../derive/locate.js';
import type { Connection } from '../model/connection.js';
import type { Finding } from '../model/finding.js';
import type { Manifest } from '../model/manifest.js';
import type { Prerequisite } from '../model/prerequisite.js';

/** One environment, synthesized but neither checked nor published. */
export interface Stack {
  readonly environment: Environment;
  readonly parties: readonly LocatedParty[];
  readonly connections: readonly Connection[];
  readonly prerequisites: readonly Prerequisite[];
  /** Names of its scrape jobs. */
  readonly jobs: readonly string[];
  readonly alerts: readonly SelectedAlert[];
  /** Alerts and dashboards that it does without, and why. */
  readonly omissions: readonly Omission[];
  readonly manifests: readonly Manifest[];
  readonly findings: readonly Finding[];
}
