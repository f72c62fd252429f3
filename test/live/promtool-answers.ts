import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { engineBinary } from '../engines/installation.js';

const run = promisify(execFile);

/** What the engine of Prometheus returns for each expression after three minutes: no series, some, or an error. */
export const answers = async (
  expressions: readonly string[],
  known: readonly (readonly [series: string, values: string])[],
): Promise<string[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-promtool-'));
  const file = join(folder, 'test.json');
  const tests = expressions.map((expr) => ({
    interval: '1m',
    input_series: known.map(([series, values]) => ({ series, values })),
    // The test fails if there are series: its message has them.
    promql_expr_test: [{ expr, eval_time: '3m', exp_samples: [] }],
  }));
  writeFileSync(file, JSON.stringify({ evaluation_interval: '1m', tests }));
  const { stdout, stderr } = await run(await engineBinary('promtool'), ['test', 'rules', file], {
    maxBuffer: 64 << 20,
  }).catch((error: { stdout: string; stderr: string }) => error);
  rmSync(folder, { recursive: true });
  const said = `${stdout}\n${stderr}`;
  return expressions.map((expr) => {
    const at = said.indexOf(`expr: ${JSON.stringify(expr)}, time: 3m`);
    if (at < 0) return 'none';
    const text = said.slice(at, at + expr.length + 2000);
    return /^[^\n]*err:/.test(text) ? `error ${/err:.*/.exec(text)![0]}` : 'some';
  });
};
