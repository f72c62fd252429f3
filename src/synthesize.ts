import { relative, resolve } from 'node:path';
import {
  type CheckedProject,
  checkProject,
  type ProjectOptions,
  shippedFolder,
} from './check-project.js';
import { expectedOf } from './checks/support/load/expected.js';
import { compare } from './diff/compare.js';
import { snapshotOfFiles, snapshotOfObjects } from './diff/snapshot.js';
import { changeLine } from './diff/tally.js';
import { scaleOf } from './environment/setting.js';
import { checkOf, type Finding, hasError } from './model/finding.js';
import { firstLineOf } from './model/unreadable.js';
import { arrange } from './output/arrange.js';
import { publishFinding } from './output/faults.js';
import { type Files, manifestFiles } from './output/files.js';
import { type Published, publish, publishedFiles } from './output/publish.js';
import { readme } from './output/readme.js';
import { report } from './output/report.js';
import { sarif } from './output/sarif.js';
import { writeStaging } from './output/staging.js';
import { type Line, summary } from './output/summary.js';
import type { SynthesizedStack } from './output/synthesized-stack.js';
import { totalsOf } from './output/total.js';

export interface SynthesisOptions extends ProjectOptions {
  /** Text on stderr, or one line of JSON or SARIF on stdout. @default 'text' */
  readonly report?: 'text' | 'json' | 'sarif';
  /** Whether to check only, and to write nothing. @default false */
  readonly dryRun?: boolean;
  /** Start of the time in the summary, as from `performance.now()`. @default - the time of the call */
  readonly startedAt?: number;
}

/** A finding with the name of its check. */
export interface ReportedFinding extends Finding {
  readonly check: string;
}

/** The result of a synthesis; nothing is written if a finding is an error. */
export interface Synthesis {
  readonly ok: boolean;
  readonly findings: readonly ReportedFinding[];
  /** Milliseconds of each stage, in execution order. */
  readonly stages: Readonly<Record<string, number>>;
}

/**
 * Synthesizes environments and content to manifests in `out`, and reports the result. Tests pass
 * another folder for `shippedContent`.
 */
export const synthesize = async (
  options: SynthesisOptions,
  shippedContent = shippedFolder,
): Promise<Synthesis> => {
  const { startedAt = performance.now() } = options;
  const project = await checkProject(options, shippedContent);
  const { published, findings, stages } = publishProject(project, options);
  const synthesis = { ok: !hasError(findings), findings: reported(findings), stages };
  if (options.report === 'json') process.stdout.write(`${JSON.stringify(synthesis)}\n`);
  else if (options.report === 'sarif') {
    process.stdout.write(`${JSON.stringify(sarif(findings))}\n`);
  } else process.stderr.write(textOf(project, { ...options, startedAt }, findings, published));
  return synthesis;
};

/** Findings with the names of their checks. */
const reported = (findings: readonly Finding[]): ReportedFinding[] =>
  findings.map((finding) => ({ check: checkOf(finding), ...finding }));

/** A project after the attempt to publish it. */
interface PublishedProject {
  /** What happened to the folder of each environment. @default - nothing was written */
  readonly published?: Readonly<Record<string, string>>;
  /** In report order. */
  readonly findings: readonly Finding[];
  readonly stages: Synthesis['stages'];
}

/** Writes the manifests of a project without errors. */
const publishProject = (
  { stacks, inputs, findings, stages }: CheckedProject,
  { out, only, dryRun }: SynthesisOptions,
): PublishedProject => {
  if (hasError(findings) || dryRun) return { findings: arrange(findings), stages };
  const [files, write] = timed(() => filesOf(stacks, inputs));
  const [outcome, time] = timed(() => {
    try {
      writeStaging(files);
      const before = Object.keys(files).map((name) => publishedFiles(out, name));
      const published = publish(out, files, only !== undefined);
      return { published: withChanges(published, stacks, before, files), failures: [] };
    } catch (error) {
      return { failures: [notWritten(pathOf(out), error)] };
    }
  });
  const { failures, ...published } = outcome;
  return {
    ...published,
    findings: arrange([...findings, ...failures]),
    stages: { ...stages, write, publish: time },
  };
};

/** States of what is published, with what changed instead of `changed`. */
const withChanges = (
  published: Published,
  stacks: readonly SynthesizedStack[],
  before: readonly (Files | undefined)[],
  files: Readonly<Record<string, Files>>,
): Readonly<Record<string, string>> => {
  const changes = stacks.flatMap(({ environment: { name }, manifests }, index) => {
    const old = before[index];
    if (published[name] !== 'changed' || !old) return [];
    const fresh = snapshotOfObjects(
      manifests.map(({ object }) => object),
      files[name]?.['README.md'],
    );
    return [[name, changeLine(compare(snapshotOfFiles(old), fresh))]];
  });
  return { ...published, ...Object.fromEntries(changes) };
};

const timed = <T>(work: () => T): [T, number] => {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
};

const pathOf = (out: string): string => relative(process.cwd(), resolve(out)) || '.';

const textOf = (
  { stacks, unchecked }: CheckedProject,
  { out, startedAt }: SynthesisOptions & { readonly startedAt: number },
  findings: readonly Finding[],
  published: Readonly<Record<string, string>> | undefined,
): string => {
  if (hasError(findings)) return report(findings, undefined, unchecked);
  const warned = findings.length > 0 ? `${report(findings)}\n` : '';
  const lines = stacks.map((stack) => lineOf(stack, findings));
  return `${warned}${summary(lines, published, pathOf(out), performance.now() - startedAt)}`;
};

/** The files of each environment. */
export const filesOf = (
  stacks: readonly SynthesizedStack[],
  inputs: CheckedProject['inputs'],
): Record<string, Files> =>
  Object.fromEntries(
    stacks.map((stack, index) => [
      stack.environment.name,
      {
        ...manifestFiles(stack.manifests),
        'README.md': readme(stack, expectedOf(inputs[index]!)?.need),
      },
    ]),
  );

const notWritten = (out: string, error: unknown): Finding =>
  publishFinding({
    fault: 'not-written',
    place: { file: out },
    message: `The manifests cannot be written: ${firstLineOf(error)}`,
    remedy:
      remedies[(error as NodeJS.ErrnoException)?.code ?? ''] ?? 'Correct this, and run it again.',
  });

const permission = 'Give yourself the permission to write this folder and the files in it.';
const space = 'Free some space on the disk.';

/** By the error code of the system. */
const remedies: Readonly<Record<string, string>> = {
  EACCES: permission,
  EPERM: permission,
  EROFS: 'The file system is read-only: run it where the folder can be written.',
  EEXIST: 'A file has the name of the folder: move it, or remove it.',
  ENOTDIR: 'A file has the name of the folder: move it, or remove it.',
  ENOSPC: space,
  EDQUOT: space,
};

const lineOf = (
  { environment, manifests }: SynthesizedStack,
  findings: readonly Finding[],
): Line => ({
  environment: environment.name,
  totals: totalsOf(manifests, scaleOf(environment).nodes),
  // A finding about content is one of every environment.
  warnings: findings.filter(
    ({ place }) => (place.environment ?? environment.name) === environment.name,
  ).length,
});
