import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { importRules } from '../../src/content/import/import-rules.js';
import { ruleFileFaults, withRule } from '../content/import/rule-files.js';
import { engineBinary } from '../engines/installation.js';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const accepts = async (name: string, text: string): Promise<boolean> => {
  const promtool = await engineBinary('promtool');
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, text);
  return run(promtool, ['check', 'rules', '--lint=none', file]).then(
    () => true,
    () => false,
  );
};

it('promtool rejects every rule file in which synth finds a fault', async () => {
  const accepted: string[] = [];
  for (const [index, [what, text]] of ruleFileFaults.entries()) {
    if (await accepts(`fault-${index}`, text)) accepted.push(what);
  }
  expect(accepted).toEqual([]);
}, 120_000);

it('promtool accepts the rules that synth imports, as they are written', async () => {
  const texts = [
    "{ record: 'a:b', expr: '1', for: 0s }",
    "{ alert: A, expr: up == 0, for: 1h30m, keep_firing_for: 5m, labels: { tier: 1.0, empty: '' } }",
    "{ alert: A b, expr: up, annotations: { a-b: '{{ $labels.job }} {{ $value | humanize }}' } }",
  ].map(withRule);
  for (const [index, text] of texts.entries()) {
    const { groups, findings } = importRules(text, 'alerts/shop.yaml');
    expect(findings).toEqual([]);
    expect(await accepts(`ours-${index}`, stringify({ groups }))).toBe(true);
    expect(await accepts(`theirs-${index}`, text)).toBe(true);
  }
}, 120_000);
