import { ownValue } from '../model/own-value.js';

/** Names that Kubernetes, k6 and other generators have for options here. */
const otherNames: Readonly<Record<string, string>> = {
  // Of k6: https://grafana.com/docs/k6/latest/using-k6/k6-options/reference/
  vus: 'virtualUsers',
  maxVUs: 'maxVirtualUsers',
  preAllocatedVUs: 'maxVirtualUsers',
  rate: 'arrivalRate',
  sleep: 'thinkTime',
  url: 'path',
  // Of the probes of Kubernetes.
  liveness: 'live',
  livenessProbe: 'live',
  readiness: 'ready',
  readinessProbe: 'ready',
  startupProbe: 'startup',
  healthcheck: 'health',
  // Of selectors.
  selector: 'labels',
  matchLabels: 'labels',
  podLabels: 'labels',
  // Of objectives: sloth, Pyrra, OpenSLO.
  slo: 'objectives',
  slos: 'objectives',
  objective: 'target',
  window: 'period',
  timeWindow: 'period',
  indicator: 'of',
  sli: 'of',
  // A field of `of`.
  unit: 'of',
  histogram: 'of',
  dependencies: 'dependsOn',
  databases: 'dependsOn',
  // Of Loki and its chart.
  retentionPeriod: 'retention',
  retention_period: 'retention',
  storage: 'volume',
  maxLineSize: 'lineSize',
  max_line_size: 'lineSize',
  query_timeout: 'queryTimeout',
  ingestion_rate_mb: 'ingestionRate',
  limits_config: 'limits',
};

/** The option that another program calls `name`, if it is one of these. */
export const otherNameOf = (name: string, known: readonly string[]): string | undefined => {
  const option = ownValue(otherNames, name);
  return option !== undefined && known.includes(option) ? option : undefined;
};
