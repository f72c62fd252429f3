import type { Rule, RuleGroup } from '../model/content.js';
import type { Alert, Rules } from './alert-group.js';

/** Adds annotations to an alert. */
export type Annotate = (alert: Alert) => Readonly<Record<string, string>>;

/**
 * Rules in Prometheus's format. Without `annotate`, as for tests, annotations are only those that
 * the author wrote.
 */
export const ruleGroup = (
  name: string,
  { recordings = [], alerts }: Rules,
  annotate: Annotate = () => ({}),
): RuleGroup => ({
  name,
  rules: [
    ...recordings.map(({ record, expr }): Rule => ({ record, expr })),
    ...alerts.map((alert) => ruleOf(alert, annotate(alert))),
  ],
});

const ruleOf = (alert: Alert, added: ReturnType<Annotate>): Rule => ({
  alert: alert.alert,
  expr: alert.expr,
  ...(alert.for && { for: alert.for }),
  ...(alert.keepFiringFor && { keep_firing_for: alert.keepFiringFor }),
  labels: {
    severity: alert.severity,
    subject: alert.subject ?? alert.alert,
    ...(alert.reach && { reach: alert.reach }),
  },
  annotations: { summary: alert.summary, description: alert.description, ...added },
});
