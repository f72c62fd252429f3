import { toYaml } from '../model/yaml.js';
import type { Alert, RecordingRule, Rules } from './alert-group.js';

/** What is added to the annotations of an alert. */
export type Annotate = (alert: Alert) => Readonly<Record<string, string>>;

/**
 * Rules in the format of Prometheus. Without `annotate`, as for tests, annotations are only those
 * that the author wrote.
 */
export const ruleFile = (
  name: string,
  { recordings = [], alerts }: Rules,
  annotate: Annotate = () => ({}),
): string =>
  toYaml({
    groups: [{ name, rules: [...recordings.map(recording), ...alerts.map(rule(annotate))] }],
  });

const recording = ({ record, expr }: RecordingRule) => ({ record, expr });

const rule = (annotate: Annotate) => (alert: Alert) => ({
  alert: alert.alert,
  expr: alert.expr,
  ...(alert.for && { for: alert.for }),
  ...(alert.keepFiringFor && { keep_firing_for: alert.keepFiringFor }),
  labels: { severity: alert.severity, subject: alert.subject ?? alert.alert },
  annotations: { summary: alert.summary, description: alert.description, ...annotate(alert) },
});
