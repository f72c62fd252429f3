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
    const passes: boolean[] = [];
    for (const { name, group, test } of all) {
      writeFileSync(join(folder, `${name}.yaml`), renderForTests(name, group));
      writeFileSync(join(folder, `${name}.test.yaml`), test);
      const { ok, output } = await runPromtool(binary, folder, testArguments(name));
      tell(name.replaceAll('-', ' '), ok, output.trim());
      passes.push(ok);
    }
    return passes.every(Boolean);
  } finally {
    removeFolder(folder);
  }
};
