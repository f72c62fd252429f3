import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { newDashboard } from '../src/cli/new/dashboard.js';
import { cloneLibrary } from '../src/cli/new/library.js';
import { synthesize } from '../src/synthesize.js';
import { minimal } from './environment.js';
import { sample } from './sample/content.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-newcomer-'));
afterAll(() => rmSync(folder, { recursive: true }));

// The dashboard is in another folder, so its imports are absolute.
const kit = pathToFileURL(join(import.meta.dirname, '../src/content/grafana.ts')).href;
const written = newDashboard('checkout', { ...cloneLibrary, grafana: kit });

mkdirSync(join(folder, 'environments'));
writeFileSync(join(folder, 'environments/test.ts'), `export default ${JSON.stringify(minimal)};`);

let turn = 0;
/**
 * Synthesizes with a dashboard that has this text. Each run has its own folder, because a module is
 * loaded only once.
 */
const synth = async (text: string) => {
  turn += 1;
  const content = join(folder, `content-${turn}`);
  mkdirSync(join(content, 'dashboards'), { recursive: true });
  writeFileSync(join(content, 'dashboards/checkout.ts'), text);
  const stderr = process.stderr.write;
  process.stderr.write = () => true;
  try {
    return await synthesize(
      {
        environments: join(folder, 'environments'),
        content: [content],
        out: join(folder, `dist-${turn}`),
      },
      sample,
    );
  } finally {
    process.stderr.write = stderr;
  }
};

describe('a dashboard from crowsnest new', () => {
  test('passes every check without changes', async () => {
    const { ok, findings } = await synth(written);
    expect([ok, findings]).toEqual([true, []]);
  });

  test('is rejected with a misspelt metric, which is reported with its line and a suggestion', async () => {
    const { ok, findings } = await synth(
      written.replace('metrics_calls_total', 'metric_calls_total'),
    );
    expect(ok).toBe(false);
    expect(findings[0]).toMatchObject({
      check: 'metrics',
      severity: 'error',
      value: 'traces_span_metric_calls_total',
      suggestion: 'traces_span_metrics_calls_total',
    });
    expect(findings[0]?.place.file).toMatch(/dashboards\/checkout\.ts$/);
    expect(findings[0]?.place.line).toBeGreaterThan(0);
  });

  test('is rejected with a misspelt option, which is reported with a suggestion', async () => {
    const { findings } = await synth(written.replace(/\btitle: /, 'titel: '));
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'content/unknown-option', suggestion: 'title' }),
    );
    const other = await synth(written.replace(/\btitle: /, "preiod: '1h', title: "));
    expect(other.findings).toMatchObject([
      { code: 'content/unknown-option', severity: 'error', suggestion: 'period' },
    ]);
  });

  test('is rejected with an invalid unit in a panel that has the title of its row, with the line of the panel', async () => {
    const [row, panel] = written
      .split('\n')
      .flatMap((text, index) => (/title: 'Requests'/.test(text) ? index + 1 : []));
    expect(panel).toBeGreaterThan(row!);
    const { findings } = await synth(
      written.replace(/(title: 'Requests',\n +description: .*\n +unit: )'reqps'/, "$1'reqsp'"),
    );
    expect(findings).toMatchObject([{ check: 'panels', value: 'reqsp', place: { line: panel } }]);
  });

  test('is rejected with an unknown unit, an undefined variable, or a link to an unknown dashboard', async () => {
    const { findings } = await synth(
      written.replace("'reqps'", "'reqsp'").replace('variables: [cluster],', "links: ['overvew'],"),
    );
    expect(findings.map(({ check, suggestion }) => [check, suggestion])).toEqual(
      expect.arrayContaining([
        ['panels', 'reqps'],
        ['dashboard-links', 'overview'],
        ['promql', undefined],
      ]),
    );
  });
});
