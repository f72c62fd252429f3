import type { Omission, SelectedAlert } from '../content/selected.js';
import type { LocatedParty } from '../derive/locate.js';
import type { Absence } from '../environment/components.js';
import type { Environment } from '../environment/environment.js';
import type { Connection } from '../model/connection.js';
import type { Finding } from '../model/finding.js';
import type { Manifest } from '../model/manifest.js';
import type { Prerequisite } from '../model/prerequisite.js';

/** One synthesized environment, not checked or published yet. */
export interface SynthesizedStack {
  readonly environment: Environment;
  /** Components that ship and are disabled. */
  readonly absent: readonly Absence[];
  /** Names of their scrape jobs that no other party has. */
  readonly absentJobs: readonly string[];
  readonly parties: readonly LocatedParty[];
  readonly connections: readonly Connection[];
  readonly prerequisites: readonly Prerequisite[];
  /** Names of its scrape jobs. */
  readonly jobs: readonly string[];
  readonly alerts: readonly SelectedAlert[];
  /** Alerts and dashboards that are left out, and why. */
  readonly omissions: readonly Omission[];
  readonly manifests: readonly Manifest[];
  readonly findings: readonly Finding[];
}
