import { expect, test } from 'vitest';
import { type Query, queriesIn } from '../../src/checks/support/query/query.js';
import { loadContent } from '../../src/content/load.js';
import {
  type Binary,
  bare,
  type Expression,
  selectorsOf,
  walk,
} from '../../src/promql/expression.js';
import { repository } from '../alerts/promtool.js';
import { full } from '../checks/full.js';
import { inputOf } from '../checks/input.js';
import { build } from '../environment.js';

const { content } = await loadContent([repository]);
const queries = queriesIn(inputOf(build(full, content)));

/** Joins of many series with one each, and the side of the one. */
const joinsIn = ({ analysis }: Query): Expression[] =>
  (analysis.expression ? walk(analysis.expression) : [])
    .filter((one): one is Binary => one.kind === 'binary')
    .flatMap(({ matching, left, right }) =>
      matching?.many ? [matching.many === 'left' ? right : left] : [],
    );

/** While kube-state-metrics is replaced, two of its pods can have series of the same object. */
const isOfOnePod = (side: Expression): boolean => {
  const inner = bare(side);
  const own = inner.kind === 'binary' ? bare(inner.left) : inner;
  return own.kind !== 'selector' || !selectorsOf(own)[0]?.metric?.startsWith('kube_');
};

test('the one side of a join with series of kube-state-metrics is aggregated', () => {
  expect(queries.flatMap(joinsIn).length).toBeGreaterThan(5);
  expect(
    queries.filter((query) => !joinsIn(query).every(isOfOnePod)).map(({ usedIn }) => usedIn),
  ).toEqual([]);
});
