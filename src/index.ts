export { z } from 'zod';
export { type ApplicationOptions, application } from './applications/declared/application.js';
export { postgres, redis } from './applications/declared/database.js';
export {
  type ConfiguredComponent,
  type Context,
  type DefinedComponent,
  type Definition,
  defineComponent,
  type Fact,
  volumeOptions,
} from './components/definition.js';
export { type AlertSetting, severities, without } from './config/alert-setting.js';
export type { Image } from './config/image.js';
export type { Resources, SizeName } from './config/size.js';
export {
  firingAlerts,
  gatedPods,
  jobDown,
  podsOfWorkloads,
  workloadsOfPods,
} from './content/alert-exclusion.js';
export {
  type Alert,
  type AlertGroup,
  type AlertGroupOptions,
  alertGroup,
  type Rules,
  type Thresholds,
} from './content/alert-group.js';
export {
  type AlertTableOptions,
  type Annotation,
  alertList,
  alertTable,
  barGauge,
  cluster,
  cores,
  count,
  type Dashboard,
  type DashboardOptions,
  dashboard,
  dashboardList,
  gauge,
  heatmap,
  type LineSource,
  type LogSeriesOptions,
  type LogsOptions,
  labelVariable,
  linesOf,
  logLabels,
  logSeries,
  logs,
  logsFact,
  logVariable,
  type Panel,
  type PanelOptions,
  podsVariable,
  type Row,
  rollouts,
  stat,
  stateTimeline,
  type TableOptions,
  table,
  text,
  textVariable,
  timeSeries,
  usedShare,
  type Variable,
} from './content/grafana.js';
export { availability, latency, type ObjectiveOptions } from './content/objective/objective.js';
export { type BurnWindow, burnWindows } from './content/objective/window.js';
export type { EnvironmentOptions } from './environment/environment.js';
export { mountFiles, type WrittenFile, writeFile } from './kubernetes/config-files.js';
export { configMap } from './kubernetes/config-map.js';
export type { ContainerOptions, ContainerResources } from './kubernetes/container.js';
export type { HostAccess } from './kubernetes/exception.js';
export { type Mount, type Source, secretMount } from './kubernetes/volume.js';
export { type WorkloadOptions, workload } from './kubernetes/workload.js';
export type { PolicyRule } from './model/access.js';
export type { Capability } from './model/capability.js';
export { type Check, type CheckInput, defineCheck } from './model/check.js';
export { authenticationConfig, tlsConfig } from './model/client-config.js';
export { type Connection, connectionsFor } from './model/connection.js';
export { type Consumption, optional, required } from './model/consumption.js';
export type { Authentication, Endpoint, ServerVerification } from './model/endpoint.js';
export type { FaultKind, FaultKinds, FoundFault, Report } from './model/fault.js';
export { type ConfigFile, type Format, json, type ListedPath, yaml } from './model/file.js';
export type { Finding, Place, Severity } from './model/finding.js';
export { secretPath } from './model/identity.js';
export type { Location, OwnLocation } from './model/location.js';
export { type KubernetesObject, type Manifest, titleOf } from './model/manifest.js';
export { dashboards, health, metrics, type Offer, offer } from './model/offer.js';
export type { Component, Party, ReadmeFacts } from './model/party.js';
export type { DeclaredPrerequisite, SecretReference } from './model/prerequisite.js';
export { type Probes, probesOf } from './model/probe.js';
export type { Flag, Program } from './model/program.js';
export type { ContainerImage, Outgoing, Setting, Wiring, WorkloadWiring } from './model/wiring.js';
export { fileFlag, listenAddress } from './schema/flag.js';
export {
  type ReportedFinding,
  type Synthesis,
  type SynthesisOptions,
  synthesize,
} from './synthesize.js';
