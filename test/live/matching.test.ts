import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { engineBinary } from '../engines/installation.js';
import { matchingCases, matchingSeries } from '../promql/matching-cases.js';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-matching-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the engine of Prometheus returns for each expression: no series, some, or an error. */
const answers = async (
  expressions: readonly string[],
  known: readonly string[] = matchingSeries,
): Promise<string[]> => {
  const file = join(folder, 'test.json');
  const tests = expressions.map((expr) => ({
    interval: '1m',
    input_series: known.map((series, index) => ({ series, values: `${index + 1}x5` })),
    // The test fails if there are series: its message has them.
    promql_expr_test: [{ expr, eval_time: '3m', exp_samples: [] }],
  }));
  writeFileSync(file, JSON.stringify({ evaluation_interval: '1m', tests }));
  const { stdout, stderr } = await run(await engineBinary('promtool'), ['test', 'rules', file], {
    maxBuffer: 64 << 20,
  }).catch((error: { stdout: string; stderr: string }) => error);
  const said = `${stdout}\n${stderr}`;
  return expressions.map((expr) => {
    const at = said.indexOf(`expr: ${JSON.stringify(expr)}, time: 3m`);
    if (at < 0) return 'none';
    const text = said.slice(at, at + expr.length + 2000);
    return /^[^\n]*err:/.test(text) ? `error ${/err:.*/.exec(text)![0]}` : 'some';
  });
};

it('the engine of Prometheus returns nothing or an error for each rejected expression, and series for the others', async ({
  annotate,
}) => {
  const said = await answers(matchingCases.map(([expr]) => expr));
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
    overlapping,
  );
  expect(said).toEqual([expect.stringContaining('duplicate series'), 'some']);
});
