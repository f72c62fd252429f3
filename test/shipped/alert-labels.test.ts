import { expect, test } from 'vitest';
import { queriesIn } from '../../src/checks/support/query/query.js';
import { labelsOf, seriesIn } from '../../src/checks/support/query/series.js';
import { identifyingLabels } from '../../src/content/alert-table.js';
import { loadContent } from '../../src/content/load.js';
import { full } from '../checks/full.js';
import { inputOf } from '../checks/input.js';
import { build } from '../environment.js';

const { content } = await loadContent(['.']);
const input = inputOf(build(full, content));
const index = seriesIn(input);
const alerts = queriesIn(input).filter(({ rule }) => rule?.alert);
const shown = new Set<string>(Object.values(identifyingLabels).flat());

test.each(alerts.map((query) => [query.rule!.name, query] as const))(
  'the object of %s has all identifying labels',
  (_, query) => {
    const labels = [...(labelsOf(query, index) ?? [])];
    expect(labels.filter((label) => !shown.has(label))).toEqual([]);
  },
);
