import { EngineError } from '../engines/engine.js';
import {
  checkRules,
  inParallel,
  removeFolder,
  shippedGroups,
  testFolder,
  testGroup,
} from './promtool.js';

/** Runs promtool on the given groups, or on all. */
const main = async (wanted: readonly string[]): Promise<boolean> => {
  const groups = await shippedGroups();
  const unknown = wanted.filter((name) => !(name in groups));
  if (unknown.length > 0) {
    console.error(
      `No such group: ${unknown.join(', ')}. There are ${Object.keys(groups).join(', ')}.`,
    );
    return false;
  }
  const folder = testFolder(groups);
  try {
    const names = wanted.length > 0 ? wanted : Object.keys(groups);
    const verdicts = await inParallel(names, async (name) => {
      const start = performance.now();
      const verdicts = [await checkRules(folder, `${name}.yaml`), await testGroup(folder, name)];
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
