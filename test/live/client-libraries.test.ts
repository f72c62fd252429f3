import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderForTests } from '../../src/cli/test/folder.js';
import { testArguments } from '../../src/cli/test/promtool.js';
import { toYaml } from '../../src/model/yaml.js';
import { promtool } from '../alerts/promtool.js';
import { declared, pages, rows } from '../applications/client-libraries.js';
import { projectWith } from '../applications/project.js';

/** What promtool reads as the same requests again in each minute. */
const seriesOf = (page: string) =>
  page
    .trim()
    .split('\n')
    .map((line) => {
      const [, name, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line)!;
      const all = ['job="orders"', 'instance="a"', ...(labels ? [labels] : [])].join(', ');
      return { series: `${name}{${all}}`, values: `0+${Number(value)}x60` };
    });

test.each(pages)('$library: its row gives its metrics their ratio', async ({ library, text }) => {
  const row = rows.find(({ name }) => name.includes(library))!;
  const { objectives } = await projectWith({ 'applications/orders.ts': declared(row.text) });
  const { name, group } = objectives!()[0]!;
  const slow = /latency\(99, '(\w+)'/.exec(row.text)?.[1];
  // starlette_exporter does not count requests for which the application has no route.
  const requests = library === 'starlette_exporter' ? 4 : 5;
  const ratio = (slo: string, value: number) => ({
    expr: `round(slo:sli_errors:rate5m{slo="${slo}"} / slo:sli_total:rate5m{slo="${slo}"}, 0.001)`,
    eval_time: '1h',
    exp_samples: [{ labels: `{namespace="shop", service="orders", slo="${slo}"}`, value }],
  });
  const work = mkdtempSync(join(tmpdir(), 'crowsnest-test-'));
  try {
    writeFileSync(join(work, 'rules.yaml'), renderForTests(name, group));
    const tests = {
      interval: '1m',
      input_series: [
        { series: 'up{job="orders", instance="a"}', values: '1x60' },
        ...seriesOf(text),
      ],
      promql_expr_test: [ratio('availability', 1 / requests), ratio(`latency-${slow}`, 0)],
    };
    writeFileSync(
      join(work, 'library.test.yaml'),
      toYaml({ rule_files: ['rules.yaml'], evaluation_interval: '1m', tests: [tests] }),
    );
    expect(await promtool(work, testArguments('library'))).toEqual({
      ok: true,
      output: expect.stringContaining('SUCCESS'),
    });
  } finally {
    rmSync(work, { recursive: true });
  }
});
