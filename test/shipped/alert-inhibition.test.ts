import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { queriesIn } from '../../src/checks/support/query/query.js';
import { seriesIn } from '../../src/checks/support/query/series.js';
import { loadContent } from '../../src/content/load.js';
import { followLabels } from '../../src/promql/labels.js';
import { repository } from '../alerts/promtool.js';
import { full } from '../checks/full.js';
import { inputOf, manifestOf } from '../checks/input.js';
import { build } from '../environment.js';

const { content } = await loadContent([repository]);
const { patch: _patch, ...whole } = full;
const stack = build(whole, content);
const input = inputOf(stack);

const config = manifestOf(stack, 'ConfigMap observability/everything-alertmanager-config');
const [rule] = parse(config.object.data['alertmanager.yml']).inhibit_rules;
const compared: string[] = rule.equal;

const series = seriesIn(input);
const alerts = queriesIn(input).flatMap(({ rule: alert, analysis }) => {
  if (!alert?.alert || !analysis.expression) return [];
  const { labels } = followLabels(
    analysis.expression,
    (one) => series.of(one, analysis.varies)?.labels,
  );
  // Not all metrics have known labels.
  const about = labels && compared.filter((label) => labels.has(label));
  return [{ name: alert.name, ...alert.labels, about } as Alert];
});

interface Alert {
  readonly name: string;
  readonly severity: string;
  readonly subject: string;
  readonly reach?: string;
  readonly about?: readonly string[];
}

// Alerts that are sent to every receiver inhibit nothing.
const pairs = alerts
  .filter(({ severity, reach }) => severity === 'critical' && reach !== 'all')
  .flatMap((critical) =>
    alerts
      .filter(({ severity, subject }) => severity === 'warning' && subject === critical.subject)
      .map((warning): [string, string, Alert, Alert] => [
        critical.name,
        warning.name,
        critical,
        warning,
      ]),
  );

test('critical alerts have warnings about the same subject', () => {
  expect(compared).toContain('subject');
  expect(pairs.length).toBeGreaterThan(20);
});

test.each(pairs)('%s has the identifying labels of %s, and inhibits it', (...all) => {
  const [, , critical, warning] = all;
  expect(critical.about).toEqual(warning.about);
});

test('alerts about failing notifications are sent to every receiver', () => {
  const notifications = alerts.filter(({ subject }) => subject.endsWith('notifications'));
  expect(notifications.length).toBeGreaterThan(0);
  expect(alerts.filter(({ reach }) => reach === 'all')).toEqual(notifications);
});
