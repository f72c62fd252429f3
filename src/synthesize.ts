import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, checkInputOf, type NamedCheck } from './check.js';
import { expectedOf } from './checks/cardinality/expected.js';
import { dnsLabel } from './config/fields.js';
import { importModule, type LoadModule } from './config/import-module.js';
import { loadModules } from './config/modules.js';
import { strays } from './config/stray.js';
import { validate } from './config/validate.js';
import { loadContent } from './content/load.js';
import { unknownDashboards, unknownNeeds } from './content/need.js';
import { sourceOf } from './content/source.js';
import { type Finding, hasError } from './model/finding.js';
import { sourceFolder } from './model/source-folder.js';
import { type Files, manifestFiles } from './output/files.js';
import { publish, write } from './output/publish.js';
import { publishedObjects } from './output/published.js';
import { readme } from './output/readme.js';
import { report, type Unchecked } from './output/report.js';
import type { Stack } from './output/stack.js';
import { type Line, summary } from './output/summary.js';
import { totalsOf } from './output/total.js';
import { buildStack, possibleJobs } from './stack.js';

export interface SynthesisOptions {
  /** Folder of the environments, a file each. */
  readonly environments: string;
  /** Folders with `dashboards/` and `alerts/` of one's own, beside those that ship. @default - none */
  readonly content?: readonly string[];
  /** Folder to publish to, below which each environment has its own. */
  readonly out: string;
  /** For people on stderr, or for machines on stdout as one line of JSON. @default 'text' */
  readonly report?: 'text' | 'json';
  /** Since when the summary counts the time, as `performance.now()` has it. @default - the call */
  readonly startedAt?: number;
  /** How the module of a file is loaded. @default - it is imported */
  readonly load?: LoadModule;
}

/** What a synthesis came to; nothing is written where a finding is an error. */
export interface Synthesis {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  /** Milliseconds of each stage, in the order in which they ran. */
  readonly stages: Readonly<Record<string, number>>;
}

const shipped = fileURLToPath(new URL('..', sourceFolder));
const checkFolder = fileURLToPath(new URL('checks', sourceFolder));

/** Takes environments and content to manifests in `out`, and tells how it went. */
export const synthesize = async (options: SynthesisOptions): Promise<Synthesis> => {
  const { text, ...synthesis } = await run(options);
  if (options.report === 'json') process.stdout.write(`${JSON.stringify(synthesis)}\n`);
  else process.stderr.write(text);
  return synthesis;
};

/** A synthesis, and how to tell people of it. */
interface Told extends Synthesis {
  readonly text: string;
}

const run = async (options: SynthesisOptions): Promise<Told> => {
  const { startedAt: began = performance.now() } = options;
  const { stages, stage } = stopwatch();
  const out = relative(process.cwd(), resolve(options.out)) || '.';
  const { load = importModule } = options;
  const [environments, content, checks] = await stage('load', () =>
    Promise.all([
      loadEnvironments(options.environments, load),
      loadContent([shipped, ...(options.content ?? [])], load),
      loadModules(checkFolder, 'checks', load),
    ]),
  );
  const findings: Finding[] = [
    ...emptied(out),
    ...environments.findings,
    ...content.findings,
    ...checks.findings,
  ];
  if (hasError(findings)) return failed(findings, stages, 'everything');

  const stacks = await stage('build', () =>
    environments.environments.map((environment) => buildStack(environment, content.content)),
  );
  await stage('check', () => {
    findings.push(
      ...unknownNeeds(content.content, [
        ...stacks.flatMap(({ jobs }) => jobs),
        // What the environments add themselves is among their jobs: any of them can be asked.
        ...stacks.slice(0, 1).flatMap(({ environment }) => possibleJobs(environment)),
      ]),
      ...unknownDashboards(content.content),
    );
    for (const stack of stacks) {
      const published = publishedObjects(out, stack.environment.name, stack.manifests);
      findings.push(
        ...check(
          stack,
          checks.modules as readonly NamedCheck[],
          published,
          content.content.sources,
        ).map(withLine),
      );
    }
  });
  if (hasError(findings)) return failed(findings, stages, uncheckedOf(stacks));

  const files = await stage('write', () => filesOf(stacks));
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
  const lines = stacks.map((stack) => lineOf(stack, findings));
  const warnings = findings.length > 0 ? `${report(findings)}\n` : '';
  const text = `${warnings}${summary(lines, published, out, total)}`;
  return { ok: true, findings, stages, text };
};

/** A wrong setting of an alert, or a route, is looked up in the environment's file by what it says. */
const withLine = (finding: Finding): Finding => {
  const { file, line, path = '' } = finding.place;
  if (!['content', 'routes'].includes(finding.check) || file === undefined || line !== undefined)
    return finding;
  const isValue = finding.check === 'routes' || path.endsWith('.alert');
  const name = isValue ? String(finding.value) : path.split('.').at(-1)!;
  return { ...finding, place: { ...finding.place, line: sourceOf(file, false).lineOf(name) } };
};

const loadEnvironments = async (folder: string, load: LoadModule) => {
  const { modules, findings } = await loadModules(resolve(folder), 'config', load);
  const validated = modules.map(({ value, name, file }) => validate(value, name, file));
  const stray = strays(resolve(folder), 'config');
  const none: Finding[] =
    modules.length + findings.length + stray.length > 0
      ? []
      : [
          {
            check: 'config',
            severity: 'error',
            place: { file: folder },
            message: 'There is no environment.',
            remedy: 'Add a file that exports one by default.',
          },
        ];
  return {
    environments: validated.flatMap(({ environment }) => environment ?? []),
    findings: [
      ...findings,
      ...stray,
      ...none,
      ...modules.flatMap(misnamed),
      ...validated.flatMap((one) => one.findings),
    ],
  };
};

/** The name of the file becomes that of a folder, and stands in commands and in paths of a repository. */
const misnamed = ({ name, file }: { name: string; file: string }): Finding[] =>
  dnsLabel.safeParse(name).success
    ? []
    : [
        {
          check: 'config',
          severity: 'error',
          place: { file },
          message: 'An environment bears the name of its file, and this is no name for one.',
          value: name,
          remedy:
            'Name the file with lower-case letters, digits and dashes, such as production.ts.',
        },
      ];

const filesOf = (stacks: readonly Stack[]): Record<string, Files> =>
  Object.fromEntries(
    stacks.map((stack) => [
      stack.environment.name,
      { ...manifestFiles(stack.manifests), 'README.md': readme(stack, loadOf(stack)) },
    ]),
  );

/** What the check of the cardinality expects, for people to read. */
const loadOf = (stack: Stack) => expectedOf(checkInputOf(stack, [], {}))?.need;

const notWritten = (out: string, error: unknown): Finding => ({
  check: 'publish',
  severity: 'error',
  place: { file: out },
  message: `The manifests cannot be written: ${error instanceof Error ? error.message : error}`,
  remedy: 'Make room for them there, or publish to another folder.',
});

/** cdk8s-cli empties its output folder before the app starts: what is published would be gone. */
const emptied = (out: string): Finding[] =>
  stagingFolder() !== resolve(out)
    ? []
    : [
        {
          check: 'config',
          severity: 'error',
          place: { file: 'cdk8s.yaml', path: 'output' },
          message: 'cdk8s-cli empties this folder at its start, and with it what was published.',
          value: out,
          why: 'Whether a volume would shrink can then not be known, and an error leaves nothing.',
          remedy: "Name another folder there, such as '.cdk8s', and restore this one.",
        },
      ];

const stagingFolder = (): string | undefined =>
  process.env.CDK8S_OUTDIR && resolve(process.env.CDK8S_OUTDIR);

/** cdk8s-cli wants to see the manifests in the folder it names, and prints them with `--stdout`. */
const writeStaging = (files: Readonly<Record<string, Files>>): void => {
  const staging = stagingFolder();
  if (staging === undefined) return;
  for (const [name, one] of Object.entries(files)) write(join(staging, basename(name)), one);
};

const lineOf = ({ environment, manifests }: Stack, findings: readonly Finding[]): Line => ({
  environment: environment.name,
  totals: totalsOf(manifests),
  warnings: findings.filter(({ place }) => place.environment === environment.name).length,
});

/** Environments without manifests to judge. */
const uncheckedOf = (stacks: readonly Stack[]): string[] =>
  stacks.filter((one) => hasError(one.findings)).map(({ environment }) => environment.name);

const failed = (
  findings: readonly Finding[],
  stages: Synthesis['stages'],
  unchecked?: Unchecked,
): Told => ({
  ok: false,
  findings,
  stages,
  text: report(findings, undefined, unchecked),
});

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
