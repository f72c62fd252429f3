import type { Check } from '../model/check.js';
import credentials from './access/credentials.js';
import leastPrivilege from './access/least-privilege.js';
import routes from './alerts/routes.js';
import rules from './alerts/rules.js';
import runbooks from './alerts/runbooks.js';
import cardinality from './capacity/cardinality.js';
import volumes from './capacity/volumes.js';
import dashboardLabels from './dashboards/dashboard-labels.js';
import dashboardLayout from './dashboards/dashboard-layout.js';
import dashboardLinks from './dashboards/dashboard-links.js';
import dashboardNames from './dashboards/dashboard-names.js';
import dashboardQuantiles from './dashboards/dashboard-quantiles.js';
import dashboardQueries from './dashboards/dashboard-queries.js';
import dashboardSources from './dashboards/dashboard-sources.js';
import dashboardStyle from './dashboards/dashboard-style.js';
import dashboardUnits from './dashboards/dashboard-units.js';
import dashboardVariables from './dashboards/dashboard-variables.js';
import panels from './dashboards/panels.js';
import configuration from './files/configuration.js';
import endpoints from './network/endpoints.js';
import ingress from './network/ingress.js';
import reachability from './network/reachability.js';
import spans from './network/spans.js';
import immutable from './objects/immutable.js';
import references from './objects/references.js';
import schema from './objects/schema.js';
import selectors from './objects/selectors.js';
import size from './objects/size.js';
import images from './pods/images.js';
import podSecurity from './pods/pod-security.js';
import probes from './pods/probes.js';
import resources from './pods/resources.js';
import buckets from './queries/buckets.js';
import jobs from './queries/jobs.js';
import logql from './queries/logql.js';
import matching from './queries/matching.js';
import metrics from './queries/metrics.js';
import promql from './queries/promql.js';
import ranges from './queries/ranges.js';
import scrapeIntervals from './queries/scrape-intervals.js';
import values from './queries/values.js';
import scrapes from './scraping/scrapes.js';

/** The checks that ship: the files in the folder of each domain, by name. */
export const shippedChecks: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  access: {
    credentials,
    'least-privilege': leastPrivilege,
  },
  alerts: {
    routes,
    rules,
    runbooks,
  },
  capacity: {
    cardinality,
    volumes,
  },
  dashboards: {
    'dashboard-labels': dashboardLabels,
    'dashboard-layout': dashboardLayout,
    'dashboard-links': dashboardLinks,
    'dashboard-names': dashboardNames,
    'dashboard-quantiles': dashboardQuantiles,
    'dashboard-queries': dashboardQueries,
    'dashboard-sources': dashboardSources,
    'dashboard-style': dashboardStyle,
    'dashboard-units': dashboardUnits,
    'dashboard-variables': dashboardVariables,
    panels,
  },
  files: {
    configuration,
  },
  network: {
    endpoints,
    ingress,
    reachability,
    spans,
  },
  objects: {
    immutable,
    references,
    schema,
    selectors,
    size,
  },
  pods: {
    images,
    'pod-security': podSecurity,
    probes,
    resources,
  },
  queries: {
    buckets,
    jobs,
    logql,
    matching,
    metrics,
    promql,
    ranges,
    'scrape-intervals': scrapeIntervals,
    values,
  },
  scraping: {
    scrapes,
  },
};
