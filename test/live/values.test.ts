import { expect, it } from 'vitest';
import {
  rightQuantiles,
  timesCompared,
  timesUsed,
  valueSeries,
  wrongQuantiles,
} from '../promql/value-cases.js';
import { answers } from './promtool-answers.js';

it('Prometheus returns infinity for each rejected quantile, and a number for the others', async ({
  annotate,
}) => {
  const asked = [...wrongQuantiles, ...rightQuantiles];
  const said = await answers(
    asked.map((expr) => `${expr} == Inf`),
    valueSeries,
  );
  expect(said).toEqual(asked.map((expr) => (wrongQuantiles.includes(expr) ? 'some' : 'none')));
  await annotate(
    `${asked.length} quantiles: promtool and the check \`values\` agree on all`,
    'figure',
  );
});

it('a time compared with a duration always has the same result', async ({ annotate }) => {
  const said = await answers(
    timesCompared.map(([expr]) => expr),
    valueSeries,
  );
  expect(said).toEqual(timesCompared.map(([, always]) => (always === 'true' ? 'some' : 'none')));
  const used = await answers(timesUsed, valueSeries);
  expect(used.filter((one) => one.startsWith('error'))).toEqual([]);
  await annotate(
    `${timesCompared.length} comparisons of a time with a duration: promtool's result is what the check \`values\` says`,
    'figure',
  );
});
