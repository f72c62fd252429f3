import { synthesize } from '../synthesize.js';
import { exitCodes, type Runtime, UsageError } from './command.js';
import { projectOf } from './project.js';

export interface RunOptions {
  readonly environment?: readonly string[];
  readonly strict?: readonly string[];
  readonly json?: true;
  readonly sarif?: true;
  readonly watch?: true;
  readonly dryRun?: boolean;
}

/** Synthesizes a project and reports the result; returns the exit code. With `watch`, it does not end. */
export const runSynth = async (options: RunOptions, runtime: Runtime): Promise<number> => {
  if (options.json && options.sarif) throw new UsageError('Use --json or --sarif, not both.');
  // The first one counts from the start of the process, with the loading of modules.
  const exitCode = await once(options, runtime, 0);
  if (!options.watch) return exitCode;
  const { watchProject } = await import('./watch.js');
  return watchProject(async (changed) => {
    runtime.forget(changed);
    await once(options, runtime, performance.now());
  });
};

const once = async (
  { json, sarif, dryRun = false, ...options }: RunOptions,
  runtime: Runtime,
  startedAt: number,
): Promise<number> => {
  const report = sarif ? 'sarif' : json ? 'json' : 'text';
  const project = projectOf(runtime, options);
  const { ok, findings } = await synthesize(
    { ...project, report, dryRun, startedAt },
    runtime.shipped,
  );
  if (ok) return exitCodes.success;
  // The name is only known when the user's checks are loaded.
  const isUsage = findings.some(({ code }) => code === 'config/unknown-strict');
  return isUsage ? exitCodes.usage : exitCodes.findings;
};
