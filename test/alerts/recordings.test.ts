import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadContent } from '../../src/content/load.js';
import { analyse } from '../../src/promql/analyse.js';
import { repository } from './promtool.js';

const { content } = await loadContent([repository]);
const groups = Object.entries(content.alerts).map(([name, group]) => ({
  name,
  ...group.rules(group.thresholds),
}));
const records = groups.flatMap(({ recordings = [] }) => recordings.map(({ record }) => record));

/** Names of series that rules record and an expression asks for. */
const recordedIn = (expr: string): string[] =>
  analyse(expr).selectors.flatMap(({ metric }) => (metric?.includes(':') ? metric : []));

test('no recording rule is there twice', () => {
  expect([...new Set(records)]).toEqual(records);
});

test('every recording rule is used, by a rule or by a dashboard', () => {
  const byRules = groups.flatMap(({ recordings = [], alerts }) =>
    [...recordings, ...alerts].flatMap(({ expr }) => recordedIn(expr)),
  );
  // As they ship: loaded, they are yet to be rendered for an environment.
  const dashboards = readFileSync(join(repository, 'dist/production/20-grafana.yaml'), 'utf8');
  expect(
    records.filter((record) => !byRules.includes(record) && !dashboards.includes(record)),
  ).toEqual([]);
});

test('what a rule takes from another is recorded, and in its own group before it', () => {
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
