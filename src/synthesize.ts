import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadApplications } from './applications/load.js';
import { withApplications } from './applications/merge.js';
import { expectedOf } from './checks/support/load/expected.js';
import { configFinding } from './config/faults.js';
import { dnsLabel } from './config/fields.js';
import { type LoadModule, loadModules } from './config/modules.js';
import { strayFiles } from './config/stray.js';
import { withJsonLine } from './content/json-line.js';
import { loadContent } from './content/load.js';
import {
  lostAbsenceAlerts,
  unknownDashboards,
  unknownNeeds,
  unscrapedRules,
} from './content/need.js';
import { leftOutEverywhere } from './content/queried.js';
import { possibleComponents, withoutFact } from './environment/components.js';
import { scaleOf } from './environment/setting.js';
import { validate } from './environment/validate.js';
import { leftOutFaults } from './left-out.js';
import { loadChecks } from './load-checks.js';
import type { CheckInput } from './model/check.js';
import { checkOf, type Finding, hasError } from './model/finding.js';
import { sourceFolder } from './model/source-folder.js';
import { firstLineOf } from './model/unreadable.js';
import { withOptionLine } from './option-line.js';
import { arrange } from './output/arrange.js';
import { publishFinding } from './output/faults.js';
import { type Files, manifestFiles } from './output/files.js';
import { publish, write } from './output/publish.js';
import { publishedObjects } from './output/published.js';
import { readme } from './output/readme.js';
import { report, type Unchecked } from './output/report.js';
import { type Line, summary } from './output/summary.js';
import type { SynthesizedStack } from './output/synthesized-stack.js';
import { totalsOf } from './output/total.js';
import { checkInputOf, runChecks } from './run-checks.js';
import { sharedByStacks } from './same-cluster.js';
import { buildStack, possibleJobs } from './stack.js';
import { strictly, unknownStrict } from './strict.js';

export interface SynthesisOptions {
  /** Folder of the environments, one file each. */
  readonly environments: string;
  /** Folders with `dashboards/`, `alerts/`, `applications/` and `checks/`, besides those that ship. @default - none */
  readonly content?: readonly string[];
  /** Folder to publish to; each environment gets a subfolder. */
  readonly out: string;
  /** Text on stderr, or one line of JSON on stdout. @default 'text' */
  readonly report?: 'text' | 'json';
  /**
   * Checks or codes whose warnings are errors, such as `content/no-test`; `all` for every warning.
   * @default - none
   */
  readonly strict?: readonly string[];
  /** Start of the time in the summary, as from `performance.now()`. @default - the time of the call */
  readonly startedAt?: number;
  /** Loads the module of a file. @default - it is imported */
  readonly load?: LoadModule;
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

const shipped = fileURLToPath(new URL('..', sourceFolder));

/**
 * Synthesizes environments and content to manifests in `out`, and reports the result. Tests pass
 * another folder for `shippedContent`.
 */
export const synthesize = async (
  options: SynthesisOptions,
  shippedContent = shipped,
): Promise<Synthesis> => {
  const { ok, text, findings, stages } = await run(options, shippedContent);
  const synthesis: Synthesis = {
    ok,
    findings: findings.map((finding) => ({ check: checkOf(finding), ...finding })),
    stages,
  };
  if (options.report === 'json') process.stdout.write(`${JSON.stringify(synthesis)}\n`);
  else process.stderr.write(text);
  return synthesis;
};

/** A synthesis with the text for the terminal. */
interface ReportedSynthesis extends Pick<Synthesis, 'ok' | 'stages'> {
  readonly findings: readonly Finding[];
  readonly text: string;
}

const run = async (
  options: SynthesisOptions,
  shippedContent: string,
): Promise<ReportedSynthesis> => {
  const { startedAt: began = performance.now() } = options;
  const { stages, stage } = stopwatch();
  const out = relative(process.cwd(), resolve(options.out)) || '.';
  const { load } = options;
  const folders = [shippedContent, ...(options.content ?? [])];
  const [environments, content, checks] = await stage('load', () =>
    Promise.all([
      loadEnvironments(options.environments, load),
      loadContent(folders, load),
      loadChecks(load, folders),
    ]),
  );
  const applications = loadApplications(folders);
  const merged = environments.environments.map((one) => {
    const components = possibleComponents(one).map(({ name }) => name);
    return withApplications(one, applications.applications, components, applications.unreadable);
  });
  const { strict = [] } = options;
  const findings: Finding[] = strictly(strict, [
    ...emptied(out),
    ...unknownStrict(strict, checks.checks),
    ...environments.findings,
    ...content.findings.map(withJsonLine),
    ...checks.findings,
    ...applications.findings,
    ...merged.flatMap((one) => one.findings),
  ]);
  if (hasError(findings)) return failed(findings, stages, 'everything');

  const stacks = await stage('build', () =>
    merged.map(({ environment }) => buildStack(environment, content.content)),
  );
  const inputs = await stage('check', () => {
    // Jobs that the environments add are in `jobs`, so one environment is enough here.
    const possible = stacks.slice(0, 1).flatMap(({ environment }) => possibleJobs(environment));
    const found: Finding[] = [
      ...unknownNeeds(content.content, [
        ...stacks.flatMap(({ environment, jobs }) => [
          ...Object.keys(withoutFact(environment)),
          ...jobs,
        ]),
        ...possible,
      ]),
      ...lostAbsenceAlerts(
        content.content,
        stacks.map(({ environment: { name }, omissions }) => ({ name, omissions })),
        possible,
      ),
      ...sharedByStacks(stacks).map((one) => withOptionLine(one, `${one.place.file}`)),
      ...unknownDashboards(content.content),
      ...leftOutFaults(content.content, stacks),
      ...[leftOutEverywhere, unscrapedRules].flatMap((find) =>
        find(
          content.content,
          stacks.map(({ omissions }) => omissions),
        ),
      ),
    ];
    const judged = stacks.map((stack) => {
      const { name, file } = stack.environment;
      const published = publishedObjects(out, name, stack.manifests);
      const input = checkInputOf(stack, published, content.content.sources);
      found.push(
        ...runChecks(stack, checks.checks, input).map((finding) => withOptionLine(finding, file)),
      );
      return input;
    });
    findings.push(...strictly(strict, found));
    return judged;
  });
  if (hasError(findings)) return failed(findings, stages, uncheckedOf(stacks));

  const files = await stage('write', () => filesOf(stacks, inputs));
  const published = await stage('publish', () => {
    try {
      writeStaging(files);
      return publish(out, files);
    } catch (error) {
      findings.push(notWritten(out, error));
      return {};
    }
  });
  if (hasError(findings)) return failed(findings, stages);
  const total = performance.now() - began;
  const warnings = arrange(findings);
  const lines = stacks.map((stack) => lineOf(stack, warnings));
  const warned = warnings.length > 0 ? `${report(warnings)}\n` : '';
  const text = `${warned}${summary(lines, published, out, total)}`;
  return { ok: true, findings: warnings, stages, text };
};

const loadEnvironments = async (folder: string, load: LoadModule | undefined) => {
  const { modules, findings } = await loadModules(resolve(folder), 'config', load);
  const validated = modules.map(({ value, name, file }) => validate(value, name, file));
  const stray = strayFiles(resolve(folder), 'config');
  const none: Finding[] =
    modules.length + findings.length + stray.length > 0
      ? []
      : [configFinding({ fault: 'no-environment', place: { file: folder } })];
  return {
    environments: validated.flatMap(({ environment }) => environment ?? []),
    findings: [
      ...findings,
      ...stray,
      ...none,
      ...modules.flatMap(misnamed),
      ...validated.flatMap((one, index) =>
        one.findings.map((finding) => withOptionLine(finding, modules[index]!.file)),
      ),
    ],
  };
};

/** The name of the file becomes the name of a folder, and part of commands and paths. */
const misnamed = ({ name, file }: { name: string; file: string }): Finding[] =>
  dnsLabel.safeParse(name).success
    ? []
    : [configFinding({ fault: 'environment-name', place: { file }, value: name })];

const filesOf = (
  stacks: readonly SynthesizedStack[],
  inputs: readonly CheckInput[],
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
  });

/** cdk8s-cli empties its output folder before the app starts, which would delete the published manifests. */
const emptied = (out: string): Finding[] =>
  stagingFolder() !== resolve(out)
    ? []
    : [
        configFinding({
          fault: 'emptied-output',
          place: { file: 'cdk8s.yaml', path: 'output' },
          value: out,
        }),
      ];

const stagingFolder = (): string | undefined =>
  process.env.CDK8S_OUTDIR && resolve(process.env.CDK8S_OUTDIR);

/** cdk8s-cli expects the manifests in its output folder, and prints them with `--stdout`. */
const writeStaging = (files: Readonly<Record<string, Files>>): void => {
  const staging = stagingFolder();
  if (staging === undefined) return;
  for (const [name, one] of Object.entries(files)) write(join(staging, basename(name)), one);
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

/** Environments without manifests to check. */
const uncheckedOf = (stacks: readonly SynthesizedStack[]): string[] =>
  stacks.filter((one) => hasError(one.findings)).map(({ environment }) => environment.name);

const failed = (
  findings: readonly Finding[],
  stages: Synthesis['stages'],
  unchecked?: Unchecked,
): ReportedSynthesis => {
  const arranged = arrange(findings);
  return {
    ok: false,
    findings: arranged,
    stages,
    text: report(arranged, undefined, unchecked),
  };
};

const stopwatch = () => {
  const stages: Record<string, number> = {};
  const stage = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    stages[name] = performance.now() - start;
    return result;
  };
  return { stages, stage };
};
