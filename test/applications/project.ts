import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckedProject, checkProject } from '../../src/check-project.js';
import { minimal } from '../environment.js';
import { fill } from '../output/folder.js';

/** A project with modules by path, which are values instead of files. */
export const projectWith = async (
  modules: Readonly<Record<string, unknown>>,
): Promise<CheckedProject> => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-test-'));
  const files = { 'environments/test.ts': { ...minimal, stage: 'development' }, ...modules };
  fill(folder, Object.fromEntries(Object.keys(files).map((path) => [path, 'export default {};'])));
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
