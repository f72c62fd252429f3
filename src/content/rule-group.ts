import type { Rule, RuleGroup } from '../model/content.js';
import type { Alert, AlertGroupOptions, Rules } from './alert-group.js';

/** Adds annotations to an alert. */
export type Annotate = (alert: Alert) => Readonly<Record<string, string>>;

/**
 * Rules in Prometheus's format. Without `annotate`, as for tests, annotations are only those that
 * the author wrote.
 */
export const ruleGroup = (
  name: string,
  { recordings = [], alerts }: Rules,
  { interval, queryOffset, limit, labels }: GroupFields = {},
  annotate: Annotate = () => ({}),
): RuleGroup => ({
  name,
  ...(interval && { interval }),
  ...(queryOffset && { query_offset: queryOffset }),
  ...(limit !== undefined && { limit }),
  ...(labels && { labels }),
  rules: [
    ...recordings.map(
      ({ record, expr, labels: own }): Rule => ({ record, expr, ...(own && { labels: own }) }),
    ),
    ...alerts.map((alert) => ruleOf(alert, annotate(alert))),
  ],
});

type GroupFields = Pick<AlertGroupOptions<never>, 'interval' | 'queryOffset' | 'limit' | 'labels'>;

const ruleOf = (alert: Alert, added: ReturnType<Annotate>): Rule => ({
  alert: alert.alert,
  expr: alert.expr,
  ...(alert.for && { for: alert.for }),
  ...(alert.keepFiringFor && { keep_firing_for: alert.keepFiringFor }),
  labels: {
    severity: alert.severity,
    subject: alert.subject ?? alert.alert,
    ...(alert.reach && { reach: alert.reach }),
    ...alert.labels,
  },
  annotations: {
    summary: alert.summary,
    description: alert.description,
    ...added,
    ...alert.annotations,
  },
});
