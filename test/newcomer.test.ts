import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { newDashboard } from '../scripts/dashboard-template.js';
import { synthesize } from '../src/synthesize.js';
import { minimal } from './environment.js';

const folder = mkdtempSync(join(tmpdir(), 'crowsnest-newcomer-'));
afterAll(() => rmSync(folder, { recursive: true }));

// The dashboard lies elsewhere than here: what it imports is named in full.
const kit = pathToFileURL(join(import.meta.dirname, '../src/content/grafana.ts')).href;
const written = newDashboard('checkout').replace('../src/content/grafana.js', kit);

mkdirSync(join(folder, 'environments'));
writeFileSync(join(folder, 'environments/test.ts'), `export default ${JSON.stringify(minimal)};`);

let turn = 0;
/** Synthesizes with a dashboard of this text; a module that was loaded stays as it is, so each has a folder of its own. */
const synth = async (text: string) => {
  turn += 1;
  const content = join(folder, `content-${turn}`);
  mkdirSync(join(content, 'dashboards'), { recursive: true });
  writeFileSync(join(content, 'dashboards/checkout.ts'), text);
  const stderr = process.stderr.write;
  process.stderr.write = () => true;
  try {
    return await synthesize({
      environments: join(folder, 'environments'),
      content: [content],
      out: join(folder, `dist-${turn}`),
    });
  } finally {
    process.stderr.write = stderr;
  }
};

describe('a dashboard that npm run new:dashboard writes', () => {
  test('passes every check as it is', async () => {
    const { ok, findings } = await synth(written);
    expect([ok, findings]).toEqual([true, []]);
  });

  test('is refused with a typo in a metric, which is named with its line and the right one', async () => {
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

  test('is refused with a unit in a panel that has the title of its row, by the line of the panel', async () => {
    const [row, panel] = written
      .split('\n')
      .flatMap((text, index) => (/title: 'Requests'/.test(text) ? index + 1 : []));
    expect(panel).toBeGreaterThan(row!);
    const { findings } = await synth(
      written.replace(/(title: 'Requests',\n +description: .*\n +unit: )'reqps'/, "$1'reqsp'"),
    );
    expect(findings).toMatchObject([{ check: 'panels', value: 'reqsp', place: { line: panel } }]);
  });

  test('is refused with a unit that Grafana does not know, a variable that nobody defines, a link to nowhere', async () => {
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
