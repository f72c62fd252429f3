import type { ContentSource } from '../model/check.js';
import type { RuleGroup } from '../model/content.js';
import type { AlertGroup } from './alert-group.js';
import type { Dashboard } from './dashboard.js';

/** All loaded dashboards and alert groups, before an environment selects some. */
export interface Content {
  /** By uid. */
  readonly dashboards: Readonly<Record<string, Dashboard>>;
  /** By file name. */
  readonly alerts: Readonly<Record<string, AlertGroup>>;
  /** The rule files that others wrote, by file name. */
  readonly ruleFiles: Readonly<Record<string, readonly RuleGroup[]>>;
  /** Those in LogQL, which the ruler of Loki evaluates. @default - none */
  readonly logRuleFiles?: Readonly<Record<string, readonly RuleGroup[]>>;
  /** The source file of each, by `alerts/<name>` and `dashboards/<uid>`. */
  readonly sources: Readonly<Record<string, ContentSource>>;
}
