import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from '../../content/content.js';
import { UsageError } from '../command.js';
import { largestFirst, removeFolder, testFolder } from './folder.js';
import {
  checkArguments,
  inParallel,
  runPromtool,
  testArguments,
  type Verdict,
} from './promtool.js';

/** Tells the outcome of one part. */
export type Tell = (part: string, ok: boolean, details?: string) => void;

/** The groups to test; throws if there is none with one of the names. */
export const groupsOf = (
  { alerts, ruleFiles }: Pick<Content, 'alerts' | 'ruleFiles'>,
  wanted: readonly string[],
): readonly string[] => {
  const all = [...Object.keys(alerts), ...Object.keys(ruleFiles)].sort();
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length === 0) return wanted.length > 0 ? wanted : all;
  const there = all.length > 0 ? `There are: ${all.join(', ')}.` : 'There are none.';
  throw new UsageError(`No alert group has the name '${unknown.join("', '")}'. ${there}`);
};

/** Checks, lints and tests groups with promtool; returns whether all pass. */
export const testAlerts = async (
  content: Pick<Content, 'alerts' | 'ruleFiles'>,
  names: readonly string[],
  binary: string,
  tell: Tell,
): Promise<boolean> => {
  const folder = testFolder(content, 'alerts');
  try {
    const all = await inParallel(largestFirst(folder, names), async (name) => {
      const start = performance.now();
      const isOurs = name in content.alerts;
      const verdicts: Verdict[] = [];
      for (const args of [
        checkArguments(`${name}.yaml`, isOurs),
        ...(existsSync(join(folder, `${name}.test.yaml`)) ? [testArguments(name)] : []),
      ]) {
        verdicts.push(await runPromtool(binary, folder, args));
      }
      const failed = verdicts.filter(({ ok }) => !ok);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      const tests = verdicts.length > 1 ? '' : ', without tests';
      tell(
        `alerts/${name} (${seconds} s${tests})`,
        failed.length === 0,
        failed.map(({ output }) => output.trim()).join('\n'),
      );
      return failed.length === 0;
    });
    return all.every(Boolean);
  } finally {
    removeFolder(folder);
  }
};
