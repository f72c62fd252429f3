import { expect, it } from 'vitest';
import { matchingCases, matchingSeries } from '../promql/matching-cases.js';
import { answers } from './promtool-answers.js';

/** Series with the values 1, 2, 3 and so on. */
const inOrder = (series: readonly string[]) =>
  series.map((one, index) => [one, `${index + 1}x5`] as const);

it('the engine of Prometheus returns nothing or an error for each rejected expression, and series for the others', async ({
  annotate,
}) => {
  const said = await answers(
    matchingCases.map(([expr]) => expr),
    inOrder(matchingSeries),
  );
  const wrong = matchingCases.flatMap(([expr, fault], index) => {
    const expected =
      fault === undefined || fault === 'unless-without-effect'
        ? 'some'
        : ['merged-series', 'several-matches'].includes(fault)
          ? 'error'
          : 'none';
    return said[index]!.startsWith(expected) ? [] : [`${expr}: ${said[index]}`];
  });
  expect(wrong).toEqual([]);
  await annotate(
    `${matchingCases.length} expressions that match by labels: promtool and the check \`matching\` agree on all`,
    'figure',
  );
});

it('a join breaks while two pods of an exporter overlap, unless it aggregates', async () => {
  const old = matchingSeries.filter((series) => series.startsWith('kube_pod_info'));
  const overlapping = [
    ...matchingSeries,
    ...old.map((series) => series.replace('10.0.0.1:8080', '10.0.0.7:8080')),
  ];
  const one = 'orders_total * on (namespace, pod) group_left (node)';
  const said = await answers(
    [`${one} kube_pod_info`, `${one} max by (namespace, pod, node) (kube_pod_info)`],
    inOrder(overlapping),
  );
  expect(said).toEqual([expect.stringContaining('duplicate series'), 'some']);
});
