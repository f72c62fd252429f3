import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { newAlert } from '../../src/cli/new/alert.js';
import { cloneLibrary } from '../../src/cli/new/library.js';
import { loadContent } from '../../src/content/load.js';
import {
  checkRules,
  inParallel,
  largestFirst,
  removeFolder,
  renderForTests,
  repository,
  shippedGroups,
  testFolder,
  testGroup,
} from '../alerts/promtool.js';
import { environments, shipped } from './shipped.js';

const groups = await shippedGroups();
const folder = testFolder(groups);
const rules = mkdtempSync(join(tmpdir(), 'crowsnest-rules-'));
afterAll(() => {
  removeFolder(folder);
  rmSync(rules, { recursive: true, force: true });
});

describe('the alerts', () => {
  it('fire and do not fire as the tests of their groups expect', async ({ annotate }) => {
    const start = performance.now();
    const verdicts = await inParallel(largestFirst(folder, Object.keys(groups)), async (name) => ({
      name,
      ...(await testGroup(folder, name)),
    }));
    const seconds = (performance.now() - start) / 1000;
    for (const { name, output } of verdicts) expect(output, name).toContain('SUCCESS');
    expect(seconds).toBeLessThan(60);
    await annotate(`promtool tests ${verdicts.length} groups in ${seconds.toFixed(0)} s`, 'figure');
  });

  it('of a new group pass too, without any edits', async () => {
    const place = join(rules, 'new');
    cpSync(join(repository, 'src'), join(place, 'src'), { recursive: true });
    cpSync(join(repository, 'package.json'), join(place, 'package.json'));
    mkdirSync(join(place, 'alerts'));
    for (const [extension, text] of Object.entries(newAlert('checkout', cloneLibrary))) {
      writeFileSync(join(place, 'alerts', `checkout${extension}`), text);
    }
    const { content } = await loadContent([place]);
    const file = join(place, 'alerts', 'checkout.yaml');
    writeFileSync(file, renderForTests('checkout', content.alerts.checkout!));
    const verdict = await testGroup(join(place, 'alerts'), 'checkout');
    expect(verdict.output).toContain('SUCCESS');
  });

  it.each(environments)('of %s are accepted by promtool and its linter', async (environment) => {
    const place = join(rules, environment);
    mkdirSync(place);
    const files = shipped(environment)
      .filter(({ kind, metadata }) => kind === 'ConfigMap' && /-rules-\d+$/.test(metadata.name))
      .flatMap(({ data }) => Object.entries((data ?? {}) as Record<string, string>));
    expect(files.length).toBeGreaterThan(0);
    for (const [name, text] of files) writeFileSync(join(place, name), text);
    const verdicts = await inParallel(files, ([name]) => checkRules(place, name));
    expect(verdicts.filter(({ ok }) => !ok)).toEqual([]);
  });
});
