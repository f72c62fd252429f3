import { expect, test } from 'vitest';
import { queriesIn } from '../../src/checks/support/query/query.js';
import { labelsOf, seriesIn } from '../../src/checks/support/query/series.js';
import { loadContent } from '../../src/content/load.js';
import { full } from '../checks/full.js';
import { inputOf } from '../checks/input.js';
import { build } from '../environment.js';

const { content } = await loadContent(['.']);
const input = inputOf(build(full, content));
const index = seriesIn(input);
const alerts = queriesIn(input).filter(({ rule }) => rule?.alert);
const excluding = /\bon \(([^)]*)\) \(*ALERTS\{alertname=~"([^"]+)"/g;

/** An alert, the alert that excludes it, and the labels by which they match. */
const exclusions = alerts.flatMap(({ expr, rule }) =>
  [...expr.matchAll(excluding)].flatMap(([, labels = '', names = '']) =>
    names
      .split('|')
      .map((other): [string, string, string[]] => [
        rule!.name,
        other,
        labels.split(',').map((label) => label.trim()),
      ]),
  ),
);

test('there are exclusions by firing alerts', () => {
  expect(exclusions.map(([name]) => name)).toContain('TargetsDown');
});

test.each(exclusions)('%s excludes %s, which has the labels %s', (_, other, labels) => {
  const excluded = alerts.find(({ rule }) => rule!.name === other);
  expect(excluded).toBeDefined();
  expect([...(labelsOf(excluded!, index) ?? [])]).toEqual(expect.arrayContaining(labels));
});
