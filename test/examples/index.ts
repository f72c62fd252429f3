import * as access from './access.js';
import * as alerts from './alerts.js';
import * as capacity from './capacity.js';
import * as dashboards from './dashboards.js';
import * as files from './files.js';
import * as network from './network.js';
import * as objects from './objects.js';
import type { PartSettings } from './parts.js';
import * as parts from './parts.js';
import * as pods from './pods.js';
import * as queries from './queries.js';
import * as scraping from './scraping.js';
import type { Settings } from './setting.js';

/** The setting that completes each example, by check and fault. */
export const settings: Readonly<Record<string, Settings>> = {
  credentials: access.credentials,
  'least-privilege': access.leastPrivilege,
  endpoints: network.endpoints,
  ingress: network.ingress,
  reachability: network.reachability,
  spans: network.spans,
  configuration: files.configuration,
  'dashboard-labels': dashboards.dashboardLabels,
  'dashboard-layout': dashboards.dashboardLayout,
  'dashboard-links': dashboards.dashboardLinks,
  'dashboard-names': dashboards.dashboardNames,
  'dashboard-quantiles': dashboards.dashboardQuantiles,
  'dashboard-queries': dashboards.dashboardQueries,
  'dashboard-sources': dashboards.dashboardSources,
  'dashboard-style': dashboards.dashboardStyle,
  'dashboard-units': dashboards.dashboardUnits,
  'dashboard-variables': dashboards.dashboardVariables,
  panels: dashboards.panels,
  routes: alerts.routes,
  rules: alerts.rules,
  runbooks: alerts.runbooks,
  buckets: queries.buckets,
  jobs: queries.jobs,
  logql: dashboards.logql,
  matching: queries.matching,
  metrics: queries.metrics,
  promql: queries.promql,
  ranges: queries.ranges,
  'scrape-intervals': queries.scrapeIntervals,
  values: queries.values,
  scrapes: scraping.scrapes,
  cardinality: capacity.cardinality,
  volumes: capacity.volumes,
  immutable: objects.immutable,
  references: objects.references,
  schema: objects.schema,
  selectors: objects.selectors,
  size: objects.size,
  images: pods.images,
  'pod-security': pods.podSecurity,
  probes: pods.probes,
  resources: pods.resources,
};

/** The setting that completes each example of a part of the synthesis that is not a check. */
export const partSettings: Readonly<Record<string, PartSettings>> = parts;
