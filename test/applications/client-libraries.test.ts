import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type ApplicationOptions,
  application,
} from '../../src/applications/declared/application.js';
import { renderForTests } from '../../src/cli/test/folder.js';
import { testArguments } from '../../src/cli/test/promtool.js';
import { type Library, libraries } from '../../src/content/objective/indicator.js';
import { availability, latency } from '../../src/content/objective/objective.js';
import { toYaml } from '../../src/model/yaml.js';
import { promtool, repository } from '../alerts/promtool.js';
import { projectWith } from './project.js';

/** The rows of the table of client libraries: the names of the libraries, and a part of a declaration. */
const rows = (() => {
  const page = readFileSync(join(repository, 'docs/objectives.md'), 'utf8');
  const [section = ''] = /^## Client libraries\n[\s\S]*?(?=^## )/m.exec(page) ?? [];
  return [...section.matchAll(/^\| ([^|]+) \| `(metrics: .+?)` \| /gm)].map(([, name, text]) => ({
    name: name!,
    text: text!.replaceAll('\\|', '|'),
  }));
})();

const declared = (text: string) => {
  const options = new Function('availability', 'latency', `return { ${text} };`)(
    availability,
    latency,
  ) as ApplicationOptions;
  return application({ ...options, name: 'orders', namespace: 'shop', labels: { app: 'orders' } });
};

test('the table has a row for each preset of a library', () => {
  const presets = rows.flatMap(({ text }) => /http: '([^']+)'/.exec(text)?.[1] ?? 'opentelemetry');
  expect(presets).toEqual(expect.arrayContaining(Object.keys(libraries)));
});

test.each(rows)('$name: the declaration has no findings', async ({ text }) => {
  const { findings } = await projectWith({ 'applications/orders.ts': declared(text) });
  expect(findings).toEqual([]);
});

/**
 * Metrics pages of real libraries with default settings, after three successful requests, one that failed by an
 * exception of its handler and one that was not found. The names are those in the table.
 */
const folder = join(import.meta.dirname, '../content/objective/pages');
const pages = readdirSync(folder).map((file) => ({
  library: file.replace('.txt', ''),
  text: readFileSync(join(folder, file), 'utf8'),
}));

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

const withPreset = pages.filter(({ library }) => library in libraries);

test.each(withPreset)('$library has the bounds that its preset states', ({ library, text }) => {
  const bounds = [...text.matchAll(/le="([0-9.]+)"/g)].map(([, bound]) => Number(bound));
  expect([...new Set(bounds)]).toEqual(libraries[library as Library].bounds);
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
