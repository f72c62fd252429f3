import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadContent } from '../../src/content/load.js';
import { analyse } from '../../src/promql/analyse.js';
import { repository } from '../alerts/promtool.js';

const { content } = await loadContent([repository]);
const groups = Object.entries(content.alerts).map(([name, group]) => ({
  name,
  ...group.rules(group.thresholds),
}));
const records = groups.flatMap(({ recordings = [] }) => recordings.map(({ record }) => record));

/** Names of recorded series in an expression. */
const recordedIn = (expr: string): string[] =>
  analyse(expr).selectors.flatMap(({ metric }) => (metric?.includes(':') ? metric : []));

test('no recording rule is duplicated', () => {
  expect([...new Set(records)]).toEqual(records);
});

test('every recording rule is used by a rule or a dashboard', () => {
  const byRules = groups.flatMap(({ recordings = [], alerts }) =>
    [...recordings, ...alerts].flatMap(({ expr }) => recordedIn(expr)),
  );
  // From the manifests, because loaded content is not rendered for an environment yet.
  const dashboards = readFileSync(join(repository, 'dist/production/20-grafana.yaml'), 'utf8');
  expect(
    records.filter((record) => !byRules.includes(record) && !dashboards.includes(record)),
  ).toEqual([]);
});

test('a recorded series in a rule is recorded in the same group, before the rule', () => {
  for (const { name, recordings = [], alerts } of groups) {
    const own = recordings.map(({ record }) => record);
    [...recordings, ...alerts].forEach(({ expr }, index) => {
      for (const used of recordedIn(expr)) {
        expect(records, name).toContain(used);
        if (own.includes(used)) expect(own.indexOf(used), used).toBeLessThan(index);
      }
    });
  }
});
