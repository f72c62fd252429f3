import { join, resolve } from 'node:path';
import { testFolder as folderOf } from '../../src/cli/test/folder.js';
import {
  checkArguments,
  runPromtool,
  testArguments,
  type Verdict,
} from '../../src/cli/test/promtool.js';
import type { AlertGroup } from '../../src/content/alert-group.js';
import { loadContent } from '../../src/content/load.js';
import { engineBinary } from '../engines/installation.js';

export { largestFirst, removeFolder, renderForTests } from '../../src/cli/test/folder.js';
export { inParallel } from '../../src/cli/test/promtool.js';

export const repository = resolve(import.meta.dirname, '../..');
export const alertsFolder = join(repository, 'alerts');

type Groups = Readonly<Record<string, AlertGroup>>;

/** The shipped groups, by name. */
export const shippedGroups = async (): Promise<Groups> =>
  (await loadContent([repository])).content.alerts;

/** A temporary folder with all groups as their tests expect them, and the tests. */
export const testFolder = (alerts: Groups): string =>
  folderOf({ alerts, ruleFiles: {} }, alertsFolder);

/** Runs the tests of one group. */
export const testGroup = (folder: string, name: string): Promise<Verdict> =>
  promtool(folder, testArguments(name));

/** Checks and lints a rule file. */
export const checkRules = (folder: string, file: string): Promise<Verdict> =>
  promtool(folder, checkArguments(file));

/** Runs promtool, in the version that ships, in a folder. */
export const promtool = async (cwd: string, args: readonly string[]): Promise<Verdict> =>
  runPromtool(await engineBinary('promtool'), cwd, args);
