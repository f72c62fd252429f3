import { existsSync } from 'node:fs';
import pc from 'picocolors';
import { checkProject } from '../../check-project.js';
import { compare } from '../../diff/compare.js';
import { type Snapshot, snapshotOfFiles, snapshotOfObjects } from '../../diff/snapshot.js';
import { hasError } from '../../model/finding.js';
import { arrange } from '../../output/arrange.js';
import { takesColours } from '../../output/colours.js';
import { publishedFiles, publishedStates } from '../../output/publish.js';
import { report } from '../../output/report.js';
import { filesOf } from '../../synthesize.js';
import { type Runtime, UsageError } from '../command.js';
import { environmentNames, folders, projectOf, requireEnvironment } from '../project.js';
import { compareWithCluster } from './cluster.js';
import { optionsAt, optionsIn } from './earlier.js';
import { type Comparison, formats } from './format.js';
import { filesAt } from './git.js';
import { causingOptions, type Options } from './options.js';

export interface DiffOptions {
  readonly environment?: readonly string[];
  readonly with?: string;
  readonly git?: string;
  readonly cluster?: true;
  readonly context?: string;
  readonly markdown?: true;
  readonly json?: true;
  readonly exitCode?: true;
}

/**
 * Writes what a synth would change to the standard output. Returns false if the project has errors, or
 * if there are differences and the exit code has to say so.
 */
export const runDiff = async (
  names: readonly string[],
  options: DiffOptions,
  runtime: Runtime,
): Promise<boolean> => {
  requireUsable(names, options);
  const project = projectOf(
    runtime,
    names.length > 0 ? { environment: namesOf(names, options) } : {},
  );
  const { stacks, inputs, findings, unchecked, build } = await checkProject(
    project,
    runtime.shipped,
  );
  if (hasError(findings)) {
    process.stderr.write(report(arrange(findings), undefined, unchecked));
    return false;
  }
  const files = filesOf(stacks, inputs);
  const fresh = new Map(
    stacks.map(({ environment: { name }, manifests }) => [
      name,
      snapshotOfObjects(
        manifests.map(({ object }) => object),
        files[name]?.['README.md'],
      ),
    ]),
  );
  const comparisons = options.cluster
    ? await Promise.all(
        stacks.map(async ({ environment: { name }, manifests }) => ({
          name,
          ...(await compareWithCluster(name, manifests, options.context, runtime)),
        })),
      )
    : [...comparisonsOf(fresh, options), ...(names.length > 0 ? [] : removed(files, options))];
  const before = await earlierOptions([...fresh.keys()], options, runtime);
  const now = await optionsIn(folders.environments, [...fresh.keys()], runtime.load);
  const explained = comparisons.map((one) => {
    const stack = stacks.find(({ environment }) => environment.name === one.name);
    const [old, options] = [before.get(one.name), now.get(one.name)];
    if (!stack || !build || one.isNew || one.changes.length === 0 || !old || !options) return one;
    return { ...one, options: causingOptions(old, options, stack, build, one.changes) };
  });
  const format = options.json ? formats.json : options.markdown ? formats.markdown : formats.text;
  process.stdout.write(
    format(explained, pc.createColors(takesColours(process.stdout, process.env))),
  );
  return !options.exitCode || comparisons.every(({ changes }) => changes.length === 0);
};

/** A comparison of an environment of the project. */
type Named = Comparison & { readonly name: string };

const requireUsable = (names: readonly string[], options: DiffOptions): void => {
  if (options.json && options.markdown) throw new UsageError('Use --json or --markdown, not both.');
  const others = [options.with, options.git, options.cluster].filter((one) => one !== undefined);
  if (others.length > 1) throw new UsageError('Use only one of --with, --git and --cluster.');
  if (options.context !== undefined && !options.cluster) {
    throw new UsageError('--context is only for --cluster.');
  }
  if (options.cluster && names.length !== 1 && environmentNames().length !== 1) {
    throw new UsageError('--cluster compares one environment with its cluster: name it.');
  }
  if (options.with === undefined) return;
  if (names.length !== 1) {
    throw new UsageError('--with compares one environment with another: name it first.');
  }
  requireEnvironment(options.with);
};

const namesOf = (names: readonly string[], { with: other }: DiffOptions): string[] => [
  ...new Set([...names, ...(other === undefined ? [] : [other])]),
];

const comparisonsOf = (
  fresh: ReadonlyMap<string, Snapshot>,
  { with: other, git }: DiffOptions,
): Named[] => {
  if (other !== undefined) {
    const name = [...fresh.keys()].find((one) => one !== other) ?? other;
    return [compared(name, fresh.get(other), fresh.get(name)!, `${other} → ${name}`)];
  }
  return [...fresh].map(([name, after]) => {
    const before =
      git === undefined ? publishedFiles(folders.out, name) : filesAt(git, folders.out, name);
    return compared(name, before && snapshotOfFiles(before), after);
  });
};

/** What is published of environments that no longer exist: a synth removes it. */
const removed = (
  files: Parameters<typeof publishedStates>[1],
  { with: other, git }: DiffOptions,
): Named[] => {
  if (other !== undefined || git !== undefined || !existsSync(folders.out)) return [];
  return Object.entries(publishedStates(folders.out, files, false))
    .filter(([, state]) => state === 'removed')
    .map(([name]) => {
      const before = publishedFiles(folders.out, name);
      const environment = `${name} (removed: this environment no longer exists)`;
      return compared(name, before && snapshotOfFiles(before), snapshotOfObjects([]), environment);
    });
};

const compared = (
  name: string,
  before: Snapshot | undefined,
  after: Snapshot,
  environment = name,
): Named => ({
  name,
  environment,
  isNew: before === undefined,
  changes: compare(before ?? snapshotOfObjects([]), after),
});

/** The options on the other side of a comparison: those of another environment, or of a Git revision. */
const earlierOptions = async (
  names: readonly string[],
  { with: other, git = 'HEAD' }: DiffOptions,
  { load }: Runtime,
): Promise<ReadonlyMap<string, Options>> => {
  if (other === undefined) return optionsAt(git, names, load);
  const options = (await optionsIn(folders.environments, [other], load)).get(other);
  return new Map(options && names.map((name) => [name, options]));
};
