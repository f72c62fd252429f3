import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { AlertGroup } from '../../src/content/alert-group.js';
import { loadContent } from '../../src/content/load.js';
import { ruleGroup } from '../../src/content/rule-group.js';
import type { RuleGroup } from '../../src/model/content.js';
import { toYaml } from '../../src/model/yaml.js';
import { engineBinary } from '../engines/installation.js';

const run = promisify(execFile);
export const repository = resolve(import.meta.dirname, '../..');
export const alertsFolder = join(repository, 'alerts');

/** The output of promtool, and whether it succeeded. */
export interface Verdict {
  readonly ok: boolean;
  readonly output: string;
}

/** The shipped groups, by name. */
export const shippedGroups = async (): Promise<Readonly<Record<string, AlertGroup>>> =>
  (await loadContent([repository])).content.alerts;

/** The rule files of others, by name. */
export const importedFiles = async (): Promise<RuleFiles> =>
  (await loadContent([repository])).content.ruleFiles;

type RuleFiles = Readonly<Record<string, readonly RuleGroup[]>>;

/**
 * A group as its tests expect it: with its defaults, and without the annotations that are added in
 * one place, because promtool compares annotations exactly.
 */
export const renderForTests = (name: string, group: AlertGroup): string =>
  toYaml({ groups: [ruleGroup(name, group.rules(group.thresholds))] });

/** A temporary folder with all groups as their tests expect them, and the tests. */
export const testFolder = (
  groups: Readonly<Record<string, AlertGroup>>,
  imported: RuleFiles = {},
): string => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-alerts-'));
  const files = [
    ...Object.entries(groups).map(([name, group]) => [name, renderForTests(name, group)] as const),
    ...Object.entries(imported).map(([name, all]) => [name, toYaml({ groups: all })] as const),
  ];
  for (const [name, text] of files) {
    writeFileSync(join(folder, `${name}.yaml`), text);
    const test = join(alertsFolder, `${name}.test.yaml`);
    if (existsSync(test)) copyFileSync(test, join(folder, `${name}.test.yaml`));
  }
  return folder;
};

/** Runs the tests of one group. */
export const testGroup = (folder: string, name: string): Promise<Verdict> =>
  promtool(folder, ['test', 'rules', `${name}.test.yaml`]);

/** Checks and lints a rule file; that of others may have what the linter only advises against. */
export const checkRules = (folder: string, file: string, isOurs = true): Promise<Verdict> =>
  promtool(folder, ['check', 'rules', ...(isOurs ? ['--lint=all', '--lint-fatal'] : []), file]);

/** Runs promtool in a folder. */
export const promtool = async (cwd: string, args: readonly string[]): Promise<Verdict> => {
  const binary = await engineBinary('promtool');
  try {
    const { stdout, stderr } = await run(binary, args, { cwd, maxBuffer: 2 ** 26 });
    return { ok: true, output: `${stdout}${stderr}` };
  } catch (error) {
    const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string };
    return { ok: false, output: `${stdout ?? ''}${stderr ?? ''}` || message };
  }
};

/** Runs an action for each item, with as many in parallel as there are processors. */
export const inParallel = async <T, R>(
  all: readonly T[],
  work: (one: T, index: number) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = new Array(all.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < all.length; index = next++) {
      results[index] = await work(all[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
};

/** Removes a folder that `testFolder` created. */
export const removeFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true });
