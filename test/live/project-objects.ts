import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkProject } from '../../src/check-project.js';
import { importModule } from '../../src/config/modules.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import type { KubernetesObject } from '../../src/model/manifest.js';

/** The manifests of an environment with all content that ships. */
export const projectObjects = async (
  environment: EnvironmentOptions,
): Promise<KubernetesObject[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-live-'));
  try {
    writeFileSync(join(folder, 'test.ts'), 'export default {};');
    const { stacks, findings } = await checkProject({
      environments: folder,
      out: join(folder, 'dist'),
      imagesLock: null,
      load: async (path) =>
        path.startsWith(folder) ? { default: environment } : importModule(path),
    });
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return stacks.flatMap(({ manifests }) =>
      manifests.map(({ object }) => JSON.parse(JSON.stringify(object)) as KubernetesObject),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
};
