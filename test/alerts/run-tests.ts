import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../engines/engine.js';
import {
  checkRules,
  importedFiles,
  inParallel,
  removeFolder,
  shippedGroups,
  testFolder,
  testGroup,
} from './promtool.js';

/** Runs promtool on the given groups, or on all. */
const main = async (wanted: readonly string[]): Promise<boolean> => {
  const groups = await shippedGroups();
  const imported = await importedFiles();
  const all = [...Object.keys(groups), ...Object.keys(imported)];
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    console.error(`No such group: ${unknown.join(', ')}. There are ${all.join(', ')}.`);
    return false;
  }
  const folder = testFolder(groups, imported);
  try {
    const names = wanted.length > 0 ? wanted : all;
    const verdicts = await inParallel(names, async (name) => {
      const start = performance.now();
      const isOurs = name in groups;
      const verdicts = [await checkRules(folder, `${name}.yaml`, isOurs)];
      if (isOurs || existsSync(join(folder, `${name}.test.yaml`))) {
        verdicts.push(await testGroup(folder, name));
      }
      const failed = verdicts.filter(({ ok }) => !ok);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${failed.length === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      for (const { output } of failed) console.log(output.trim());
      return failed.length === 0;
    });
    return verdicts.every(Boolean);
  } finally {
    removeFolder(folder);
  }
};

try {
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  if (!(error instanceof EngineError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
