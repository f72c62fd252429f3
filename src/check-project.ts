import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takenNames, withApplicationContent } from './applications/declared/content.js';
import { leftOutObjectives } from './applications/declared/left-out.js';
import { loadApplicationFiles } from './applications/declared/load.js';
import { splitResults } from './applications/declared/load-test-faults.js';
import { type TestedObjectives, testedObjectives } from './applications/declared/objectives.js';
import { loadMonitors } from './applications/load.js';
import { type Merged, withApplications } from './applications/merge.js';
import { servicePortFaults } from './applications/service-port.js';
import { bucketBoundsOf, findCatalogue } from './catalogues/catalogue.js';
import type { LoadModule } from './config/modules.js';
import { readSealedFiles } from './config/sealed-file.js';
import type { Content } from './content/content.js';
import { withJsonLine } from './content/json-line.js';
import { loadContent } from './content/load.js';
import {
  lostAbsenceAlerts,
  unknownDashboards,
  unknownNeeds,
  unscrapedRules,
} from './content/need.js';
import { withoutObjectiveFacts } from './content/objective/fact.js';
import { leftOutEverywhere } from './content/queried.js';
import { outsideGrafanas } from './derive/outside-grafana.js';
import { possibleComponents, withoutFact } from './environment/components.js';
import type { Environment } from './environment/environment.js';
import { sizingOf } from './environment/sizing.js';
import { lockFile, readLock } from './images/lock.js';
import { pinImages } from './images/pin.js';
import { leftOutFaults } from './left-out.js';
import { loadChecks } from './load-checks.js';
import { loadEnvironments } from './load-environments.js';
import type { CheckInput } from './model/check.js';
import { type Finding, hasError } from './model/finding.js';
import type { Manifest } from './model/manifest.js';
import { once, sameAsBefore } from './model/memoize.js';
import { sourceFolder } from './model/source-folder.js';
import { withModuleLine, withOptionLine } from './option-line.js';
import { publishedObjects } from './output/published.js';
import type { Unchecked } from './output/report.js';
import { emptiedFolder } from './output/staging.js';
import type { SynthesizedStack } from './output/synthesized-stack.js';
import { checkInputOf, runChecks } from './run-checks.js';
import { sharedByStacks } from './same-cluster.js';
import { sharedBuckets } from './shared-bucket.js';
import { buildStack, possibleJobs } from './stack.js';
import { strictly, unknownStrict } from './strict.js';

/** Where the environments and the content of a project are. */
export interface ProjectOptions {
  /** Folder of the environments, one file each. */
  readonly environments: string;
  /** Names of the environments to synthesize. @default - all of the folder */
  readonly only?: readonly string[];
  /** Folders with `dashboards/`, `alerts/`, `applications/` and `checks/`, besides those that ship. @default - none */
  readonly content?: readonly string[];
  /** Folder with what is published, which limits some changes; each environment has a subfolder. */
  readonly out: string;
  /**
   * Checks or codes whose warnings are errors, such as `content/no-test`; `all` for every warning.
   * @default - none
   */
  readonly strict?: readonly string[];
  /** The lock file with digests of images; null for none. @default 'images.lock' in the working directory */
  readonly imagesLock?: string | null;
  /** Loads the module of a file. @default - it is imported */
  readonly load?: LoadModule;
}

/** A project whose environments are built and checked; nothing is written. */
export interface CheckedProject {
  readonly stacks: readonly SynthesizedStack[];
  /** The input of the checks of each stack. */
  readonly inputs: readonly CheckInput[];
  /** The dashboards and alerts of all folders. */
  readonly content: Content;
  /** In the order in which they were found. */
  readonly findings: readonly Finding[];
  /** Builds an environment with other options, but the same content. @default - the content has errors */
  readonly build?: (environment: Environment) => SynthesizedStack;
  /** The rules and tests of the objectives of applications, once for each different test. */
  readonly objectives?: () => readonly TestedObjectives[];
  /** For what the checks did not run. */
  readonly unchecked?: Unchecked;
  /** Milliseconds of each stage, in execution order. */
  readonly stages: Readonly<Record<string, number>>;
}

/** The folder of the content that ships. */
export const shippedFolder = fileURLToPath(new URL('..', sourceFolder));

/** Loads, builds and checks a project. Tests pass another folder for `shippedContent`. */
export const checkProject = async (
  options: ProjectOptions,
  shippedContent = shippedFolder,
): Promise<CheckedProject> => {
  const { stages, stage } = stopwatch();
  const out = relative(process.cwd(), resolve(options.out)) || '.';
  const { load, only } = options;
  const folders = [shippedContent, ...(options.content ?? [])];
  const [environments, content, checks, { files, ...declared }] = await stage('load', () =>
    Promise.all([
      loadEnvironments(options.environments, load, only),
      loadContent(folders, load),
      loadChecks(load, folders),
      loadApplicationFiles(folders, load),
    ]),
  );
  const { monitors, objects, ...read } = loadMonitors(folders);
  const unreadable = [...read.unreadable, ...declared.unreadable];
  const merge = (one: Environment) => {
    const components = possibleComponents(one).map(({ name }) => name);
    const { retention } = sizingOf(one).prometheus;
    const { scrapeInterval } = one.prometheus;
    const loaded = { monitors, files, unreadable };
    return withApplications(withSealedFiles(one), loaded, components, {
      retention,
      scrapeInterval,
      metricsOf: (job) => findCatalogue(job)?.metrics,
      boundsOf: bucketBoundsOf,
    });
  };
  const merged = environments.environments.map(merge);
  const { strict = [], imagesLock = lockFile } = options;
  const { lock, findings: lockFindings } =
    imagesLock === null ? { findings: [] } : readLock(imagesLock);
  const findings: Finding[] = strictly(strict, [
    ...emptiedFolder(out),
    ...unknownStrict(strict, checks.checks),
    ...lockFindings,
    ...environments.findings,
    ...content.findings.map(withJsonLine).map(withModuleLine),
    ...checks.findings,
    ...read.findings,
    ...declared.findings.map(withModuleLine),
    ...merged.flatMap((one) => takenNames(content.content, one)),
    ...merged.flatMap((one) =>
      one.findings
        .map(withModuleLine)
        .map((finding) => withOptionLine(finding, one.environment.file)),
    ),
  ]);
  if (hasError(findings)) {
    return {
      stacks: [],
      inputs: [],
      content: content.content,
      findings,
      stages,
      unchecked: 'everything',
    };
  }

  const contentOf = ({ declared: own, measurement }: Merged<Environment>): Content =>
    withApplicationContent(content.content, own, measurement);
  const build = (one: Merged<Environment>): SynthesizedStack => {
    const { environment } = one;
    const stack = buildStack(environment, contentOf(one));
    const manifests = lock ? pinImages(stack.manifests, lock) : stack.manifests;
    return {
      ...stack,
      manifests: manifests.map((one) => asBefore(`${environment.name} ${one.construct}`, one)),
    };
  };
  const stacks = await stage('build', () => merged.map(build));
  const inputs = await stage('check', () => {
    // Jobs that the environments add are in `jobs`, so one environment is enough here.
    const possible = once(() =>
      stacks.slice(0, 1).flatMap(({ environment }) => possibleJobs(environment)),
    );
    const omissions = stacks.map((one) => one.omissions);
    // Another environment may have what these do not have.
    const inNone: Finding[] = environments.others
      ? []
      : [
          ...[leftOutEverywhere, unscrapedRules].flatMap((find) =>
            find(content.content, omissions),
          ),
          ...leftOutObjectives(
            stacks.map(({ jobs }, index) => ({ declared: merged[index]!.declared, jobs })),
          ).map((one) => withModuleLine(withOptionLine(one, `${one.place.file}`))),
        ];
    const found: Finding[] = [
      ...unknownNeeds(
        content.content,
        stacks.flatMap(({ environment, jobs }) => [
          ...Object.keys(withoutObjectiveFacts),
          ...Object.keys(withoutFact(environment)),
          ...jobs,
        ]),
        possible,
      ),
      ...lostAbsenceAlerts(
        content.content,
        stacks.map((one) => ({ name: one.environment.name, omissions: one.omissions })),
        possible,
      ),
      ...[
        ...sharedByStacks(stacks),
        ...sharedBuckets(stacks),
        ...stacks.flatMap(({ parties, environment }) =>
          servicePortFaults(parties, objects, environment),
        ),
      ].map((one) => withOptionLine(one, `${one.place.file}`)),
      ...merged.flatMap(({ declared: own, environment }, index) => {
        const { connections, parties } = stacks[index]!;
        const grafanas = outsideGrafanas(parties, environment).map(({ party }) => party);
        return splitResults(own, connections, environment.name, grafanas)
          .map(withModuleLine)
          .map((one) => withOptionLine(one, environment.file));
      }),
      ...unknownDashboards(content.content),
      ...leftOutFaults(content.content, stacks),
      ...inNone,
    ];
    const modules = new Set(files.map(({ file }) => file));
    const inModule = (finding: Finding): Finding =>
      modules.has(`${finding.place.file}`) ? withModuleLine(finding) : finding;
    const judged = stacks.map((stack, index) => {
      const { name, file } = stack.environment;
      const { sources } = contentOf(merged[index]!);
      const published = publishedObjects(out, name, stack.manifests);
      const input = checkInputOf(stack, published, sources, lock !== undefined);
      found.push(
        ...runChecks(stack, checks.checks, input)
          .map(inModule)
          .map((finding) => withOptionLine(finding, file)),
      );
      return input;
    });
    findings.push(...strictly(strict, found));
    return judged;
  });
  return {
    stacks,
    inputs,
    content: content.content,
    findings,
    stages,
    unchecked: uncheckedOf(stacks),
    build: (environment) => build(merge(environment)),
    objectives: () => distinctObjectives(merged),
  };
};

// With `--watch`, most manifests are those of the synth before.
const asBefore = sameAsBefore<Manifest>();

/** An environment with the files of its sealed Secrets. */
const withSealedFiles = (environment: Environment): Environment => {
  const { source } = environment.secrets;
  if (source?.kind !== 'sealed-secrets') return environment;
  const project = dirname(dirname(environment.file));
  return { ...environment, sealedFiles: readSealedFiles(join(project, source.folder)) };
};

/** Environments can measure the same objectives alike. */
const distinctObjectives = (merged: readonly Merged<Environment>[]): TestedObjectives[] => [
  ...new Map(
    merged
      .flatMap(({ declared, measurement }) =>
        declared.flatMap((one) => testedObjectives(one, measurement) ?? []),
      )
      .map((one) => [one.test, one] as const),
  ).values(),
];

/** Environments without manifests to check. */
const uncheckedOf = (stacks: readonly SynthesizedStack[]): string[] =>
  stacks.filter((one) => hasError(one.findings)).map(({ environment }) => environment.name);

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
