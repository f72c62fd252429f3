import type { GrafanaDashboard } from './dashboard.js';

/** The content of an environment, as values. The components write the text. */
export interface SelectedContent {
  /** The dashboards, by uid. */
  readonly dashboards: Readonly<Record<string, SelectedDashboard>>;
  /** The rule groups. Each group is written to its own file, with the name of the group. */
  readonly ruleGroups: readonly RuleGroup[];
}

/** A dashboard, and the title of its folder. */
export interface SelectedDashboard {
  readonly folder: string;
  readonly model: GrafanaDashboard;
}

/** A group of rules in the format of Prometheus. */
export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Rule[];
}

/**
 * A rule in the format of Prometheus: an alerting rule or a recording rule.
 * https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule
 */
export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  /** A PromQL expression. */
  readonly expr: string;
  /** A Prometheus duration. @default - the alert fires immediately */
  readonly for?: string;
  /** A Prometheus duration. @default - the alert is resolved immediately */
  readonly keep_firing_for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
