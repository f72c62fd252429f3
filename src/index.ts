export { type AlertSetting, without } from './config/alert-setting.js';
export type { EnvironmentOptions } from './config/environment.js';
export {
  type Alert,
  type AlertGroup,
  type AlertGroupOptions,
  alertGroup,
  type Rules,
  type Thresholds,
} from './content/alert-group.js';
export {
  alertList,
  barGauge,
  cluster,
  type Dashboard,
  type DashboardOptions,
  dashboard,
  dashboardList,
  gauge,
  heatmap,
  labelVariable,
  type Panel,
  type PanelOptions,
  type Row,
  stat,
  stateTimeline,
  type TableOptions,
  table,
  text,
  timeSeries,
  usedShare,
  type Variable,
} from './content/grafana.js';
export { configMap } from './kubernetes/config-map.js';
export { type WorkloadOptions, workload } from './kubernetes/workload.js';
export type { PolicyRule } from './model/access.js';
export { authenticationConfig, tlsConfig } from './model/client-config.js';
export { type Connection, connectionsFor } from './model/connection.js';
export { type Consumption, optional, required } from './model/consumption.js';
export type { Endpoint } from './model/endpoint.js';
export type { Finding } from './model/finding.js';
export type { Location, OwnLocation } from './model/location.js';
export { health, metrics, type Offer, offer } from './model/offer.js';
export type { Component, Party } from './model/party.js';
export type { SecretReference } from './model/prerequisite.js';
export { probesOf } from './model/probe.js';
export type { Wiring } from './model/wiring.js';
export { type Synthesis, type SynthesisOptions, synthesize } from './synthesize.js';
