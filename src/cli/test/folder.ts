import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlertGroup } from '../../content/alert-group.js';
import type { Content } from '../../content/content.js';
import { ruleGroup } from '../../content/rule-group.js';
import { toYaml } from '../../model/yaml.js';

/**
 * A group as its tests expect it: with its defaults, and without the annotations that are added in
 * one place, because promtool compares annotations exactly.
 */
export const renderForTests = (name: string, group: AlertGroup): string =>
  toYaml({ groups: [ruleGroup(name, group.rules(group.thresholds))] });

/** A temporary folder with all groups as their tests expect them, and the tests of a folder. */
export const testFolder = (
  { alerts, ruleFiles }: Pick<Content, 'alerts' | 'ruleFiles'>,
  tests: string,
): string => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-alerts-'));
  const files = [
    ...Object.entries(alerts).map(([name, group]) => [name, renderForTests(name, group)] as const),
    ...Object.entries(ruleFiles).map(([name, groups]) => [name, toYaml({ groups })] as const),
  ];
  for (const [name, text] of files) {
    writeFileSync(join(folder, `${name}.yaml`), text);
    const test = join(tests, `${name}.test.yaml`);
    if (existsSync(test)) copyFileSync(test, join(folder, `${name}.test.yaml`));
  }
  return folder;
};

/** Groups of such a folder, those with the largest tests first: in parallel, no long one then ends alone. */
export const largestFirst = (folder: string, names: readonly string[]): string[] => {
  const sizeOf = (name: string): number =>
    statSync(join(folder, `${name}.test.yaml`), { throwIfNoEntry: false })?.size ?? 0;
  return names.toSorted((a, b) => sizeOf(b) - sizeOf(a));
};

/** Removes a folder that `testFolder` created. */
export const removeFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true });
