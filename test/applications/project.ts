import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckedProject, checkProject } from '../../src/check-project.js';
import { minimal } from '../environment.js';
import { fill } from '../output/folder.js';

/** A project with modules by path, which are values; `sources` are texts of their files, in which lines are found. */
export const projectWith = async (
  modules: Readonly<Record<string, unknown>>,
  sources: Readonly<Record<string, string>> = {},
): Promise<CheckedProject> => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-test-'));
  const files = { 'environments/test.ts': { ...minimal, stage: 'development' }, ...modules };
  const texts = Object.keys(files).map((path) => [path, sources[path] ?? 'export default {};']);
  fill(folder, Object.fromEntries(texts));
  const byPath = new Map(
    Object.entries(files).map(([path, value]) => [join(folder, path), value] as const),
  );
  try {
    return await checkProject(
      {
        environments: join(folder, 'environments'),
        content: [folder],
        out: join(folder, 'dist'),
        imagesLock: null,
        load: async (path) => ({ default: byPath.get(path) }),
      },
      join(folder, 'nothing-ships'),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
};
