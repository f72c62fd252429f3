import type { Change, Section } from './change.js';
import { type Comparison, comparisonOf } from './comparison.js';
import { alerts } from './section/alerts.js';
import { configuration, notifications, scraping } from './section/configuration.js';
import { connections } from './section/connections.js';
import { dashboards } from './section/dashboards.js';
import { images } from './section/images.js';
import { objects } from './section/objects.js';
import { permissions } from './section/permissions.js';
import { resources } from './section/resources.js';
import { secrets } from './section/secrets.js';
import { workloads } from './section/workloads.js';
import type { Snapshot } from './snapshot.js';

const all: Readonly<Record<Section, (comparison: Comparison) => Change[]>> = {
  workloads,
  images,
  resources,
  alerts,
  notifications,
  scraping,
  dashboards,
  connections,
  permissions,
  secrets,
  configuration,
  objects,
};

/** What changes between two snapshots, in the order of the sections. */
export const compare = (before: Snapshot, after: Snapshot): Change[] => {
  const comparison = comparisonOf(before, after);
  return Object.values(all).flatMap((section) => section(comparison));
};
