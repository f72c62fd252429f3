import type { GrafanaDashboard } from './dashboard.js';

/** The content of an environment, as values. The components write the text. */
export interface SelectedContent {
  /** The dashboards, by uid. */
  readonly dashboards: Readonly<Record<string, SelectedDashboard>>;
  /** The rule groups of each rule file, by its name without the extension. */
  readonly ruleFiles: Readonly<Record<string, readonly RuleGroup[]>>;
  /** The same of rules in LogQL, which the ruler of Loki evaluates. @default - none */
  readonly logRuleFiles?: Readonly<Record<string, readonly RuleGroup[]>>;
}

/** A dashboard, and the title of its folder. */
export interface SelectedDashboard {
  readonly folder: string;
  readonly model: GrafanaDashboard;
}

/** A PromQL expression of content, with sample values of the variables in it. */
export interface ContentQuery {
  readonly expr: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** The variable whose values it returns. @default - it is of a panel or a rule */
  readonly variable?: { readonly name?: unknown; readonly allValue?: unknown };
}

/**
 * What an environment lacks if no query of content can have data in it: scrape jobs, or else the metrics
 * that no scrape job has; one of them is misspelt if it is almost the name of one that a job has. Undefined
 * if a query may have data. `recorded` has the series of its rules.
 */
export type Unscraped = (
  queries: readonly ContentQuery[],
  recorded: ReadonlySet<string>,
) =>
  | { readonly jobs: readonly string[]; readonly meant?: Meant }
  | {
      readonly metrics: readonly string[];
      readonly misspelt?: true;
      readonly meant?: Meant;
      /** The jobs here that have the metrics, if the queries select others. */
      readonly heldBy?: readonly string[];
    }
  | undefined;

/** The names that are surely meant, by the misspelt ones. */
export type Meant = Readonly<Record<string, string>>;

/**
 * A group of rules in the format of Prometheus.
 * https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule_group
 */
export interface RuleGroup {
  readonly name: string;
  /** A Prometheus duration. @default - the evaluation interval of Prometheus */
  readonly interval?: string;
  /** A Prometheus duration. @default - none */
  readonly query_offset?: string;
  /** The largest number of alerts or series of a rule. @default - no limit */
  readonly limit?: number;
  /** Labels of all its rules. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly rules: readonly Rule[];
}

/**
 * A rule in the format of Prometheus: an alerting rule or a recording rule.
 * https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule
 */
export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  /** An expression in PromQL, or in LogQL in the rules of Loki. */
  readonly expr: string;
  /** A Prometheus duration. @default - the alert fires immediately */
  readonly for?: string;
  /** A Prometheus duration. @default - the alert is resolved immediately */
  readonly keep_firing_for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
