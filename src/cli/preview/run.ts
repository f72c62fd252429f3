import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkProject } from '../../check-project.js';
import { arrange } from '../../output/arrange.js';
import { report } from '../../output/report.js';
import { type Runtime, UsageError } from '../command.js';
import { environmentNames, projectOf, requireProject } from '../project.js';
import { galleryOf } from './gallery.js';

export interface PreviewOptions {
  readonly environment?: string;
  readonly watch?: true;
}

/** Where the gallery is, relative to the working directory. */
const folder = '.preview';

/** Writes the gallery of an environment, and returns whether there is one. With `watch`, it does not end. */
export const runPreview = async (options: PreviewOptions, runtime: Runtime): Promise<boolean> => {
  const environment = options.environment ?? usualEnvironment();
  const ok = await once(environment, runtime);
  if (!options.watch) return ok;
  const { watchProject } = await import('../watch.js');
  return watchProject(async (changed) => {
    runtime.forget(changed);
    await once(environment, runtime);
  });
};

const usualEnvironment = (): string => {
  requireProject();
  const names = environmentNames();
  const [first] = names;
  if (first === undefined) {
    throw new UsageError(
      'There is no environment. Write one with: crowsnest new environment development',
    );
  }
  return names.includes('production') ? 'production' : first;
};

const once = async (environment: string, runtime: Runtime): Promise<boolean> => {
  const options = projectOf(runtime, { environment: [environment] });
  const project = await checkProject(options, runtime.shipped);
  const gallery = galleryOf(project, environment);
  if (!gallery) {
    process.stderr.write(report(arrange(project.findings), undefined, project.unchecked));
    return false;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, text] of Object.entries(gallery.files)) writeFileSync(join(folder, name), text);
  process.stdout.write(`${join(folder, 'index.html')}\n`);
  process.stderr.write(`${gallery.summary} Open this file in a browser.\n`);
  return true;
};
