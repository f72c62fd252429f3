import { expect, test } from 'vitest';
import { loadContent } from '../../src/content/load.js';
import { analyse } from '../../src/promql/analyse.js';
import { repository } from '../alerts/promtool.js';
import { full } from '../checks/full.js';
import { withObjectives } from '../content/objective/sample.js';
import { build } from '../environment.js';

const loaded = await loadContent([repository]);
const content = withObjectives(loaded.content);
const groups = Object.entries(content.alerts).map(([name, group]) => ({
  name,
  ...group.rules(group.thresholds),
}));
const records = groups.flatMap(({ recordings = [] }) => recordings.map(({ record }) => record));

/** Names of recorded series in an expression. */
const recordedIn = (expr: string): string[] =>
  analyse(expr).selectors.flatMap(({ metric }) => (metric?.includes(':') ? metric : []));

test('no recording rule is duplicated', () => {
  // Those of an application record a series for each objective.
  const shared = groups
    .filter(({ name }) => Object.hasOwn(loaded.content.alerts, name))
    .flatMap(({ recordings = [] }) => recordings.map(({ record }) => record));
  expect([...new Set(shared)]).toEqual(shared);
});

test('every recording rule is used by a rule or a dashboard', () => {
  const byRules = groups.flatMap(({ recordings = [], alerts }) =>
    [...recordings, ...alerts].flatMap(({ expr }) => recordedIn(expr)),
  );
  // From the manifests, because loaded content is not rendered for an environment yet.
  const dashboards = JSON.stringify(
    build(full, content)
      .manifests.map(({ object }) => object)
      .filter(({ metadata }) => metadata.name.includes('-dashboards-')),
  );
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
