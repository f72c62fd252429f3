import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestedObjectives } from '../../applications/declared/objectives.js';
import type { AlertGroup } from '../../content/alert-group.js';
import type { Tell } from './alerts.js';
import { removeFolder, renderForTests } from './folder.js';
import { runPromtool, testArguments } from './promtool.js';

/** Runs the generated tests of objectives with promtool; returns whether all pass. `shared` has their alerts. */
export const testObjectives = async (
  all: readonly TestedObjectives[],
  shared: AlertGroup | undefined,
  binary: string,
  tell: Tell,
): Promise<boolean> => {
  // A project can have other alerts instead.
  if (all.length === 0 || !shared) return true;
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-objectives-'));
  try {
    writeFileSync(join(folder, 'objectives.yaml'), renderForTests('objectives', shared));
    // Environments with another retention have another period, and so other rules and tests of the same objectives.
    const failures = new Map<string, string[]>(all.map(({ name }) => [name, []]));
    for (const { name, group, test } of all) {
      writeFileSync(join(folder, `${name}.yaml`), renderForTests(name, group));
      writeFileSync(join(folder, `${name}.test.yaml`), test);
      const { ok, output } = await runPromtool(binary, folder, testArguments(name));
      if (!ok) failures.get(name)!.push(output.trim());
    }
    for (const [name, failed] of failures) {
      tell(
        name.replace(/^objectives-of-/, 'objectives of '),
        failed.length === 0,
        failed.join('\n'),
      );
    }
    return [...failures.values()].every((failed) => failed.length === 0);
  } finally {
    removeFolder(folder);
  }
};
