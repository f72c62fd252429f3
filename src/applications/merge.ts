import type { ScrapeConfig } from '../config/scrape-config.js';
import type { Finding } from '../model/finding.js';
import type { Party } from '../model/party.js';
import { suggest } from '../model/suggestion.js';
import type { Application, DeclaredApplication } from './declared/application.js';
import type { ApplicationFile } from './declared/load.js';
import { loadTestOf } from './declared/load-test.js';
import { loadTestFaultsOf } from './declared/load-test-faults.js';
import { type Measurement, objectiveFaultsOf, sharedSpans } from './declared/objectives.js';
import { partyOf } from './declared/party.js';
import { placeIn } from './declared/place.js';
import { type WithServers, withServers } from './declared/server.js';
import { applicationFinding } from './faults.js';
import type { Monitors } from './load.js';
import { pageModuleNames } from './probe.js';
import { type Modules, moduleFaults, withReason } from './probe-target.js';

/** The parts of an environment to which applications add. */
interface Environment extends WithServers {
  readonly name: string;
  readonly file: string;
  readonly stack: string;
  readonly namespaces: { readonly stack: string; readonly nodeAgents: string };
  readonly k6: { readonly enabled: boolean; readonly memory?: string };
  /** @default - all */
  readonly applications?: readonly (string | Application)[];
  readonly parties: readonly Omit<Party, 'declaration'>[];
  readonly prometheus: { readonly scrapeConfigs: readonly ScrapeConfig[] };
  readonly blackboxExporter: { readonly probes: readonly object[]; readonly modules: Modules };
}

/** What `applications/` has. */
export interface LoadedApplications {
  /** The monitors of each YAML file. */
  readonly monitors: readonly Monitors[];
  readonly files: readonly ApplicationFile[];
  /** Names of the files with a fault. */
  readonly unreadable: readonly string[];
}

/** An environment with its applications. */
export interface Merged<E> {
  readonly environment: E;
  /** Those that it declares, and those of TypeScript files; without load tests if it does not run them. */
  readonly declared: readonly DeclaredApplication[];
  readonly measurement: Measurement;
  readonly findings: readonly Finding[];
}

/** Adds the applications to an environment; `taken` are the names of its other parties. */
export const withApplications = <E extends Environment>(
  environment: E,
  { monitors, files, unreadable }: LoadedApplications,
  taken: readonly string[],
  measurement: Measurement,
): Merged<E> => {
  const wanted = environment.applications;
  const isWanted = ({ name }: { readonly name: string }) => wanted?.includes(name) ?? true;
  const chosen = monitors.filter(isWanted);
  const all = [
    ...(wanted ?? []).flatMap((one, index): DeclaredApplication[] =>
      typeof one === 'string'
        ? []
        : [{ ...one, declaredAt: { file: environment.file, path: `applications[${index}]` } }],
    ),
    ...files.filter(isWanted).map(({ application }) => application),
  ];
  const loadTests = all.flatMap((one) => loadTestOf(one) ?? []);
  const declared = environment.k6.enabled ? all : all.map(({ loadTest: _, ...one }) => one);
  const names = new Set([
    ...taken,
    ...environment.parties.map(({ name }) => name),
    ...declared.map(({ name }) => name),
  ]);
  const parties = chosen
    .flatMap((one) => one.parties)
    .map((party) => {
      const name = freeName(party, names);
      names.add(name);
      return { ...party, name };
    });
  const { probes, modules } = environment.blackboxExporter;
  const targets = chosen.flatMap((one) => one.targets);
  const known = [...monitors, ...files].map(({ name }) => name);
  const { environment: served, findings } = withServers(environment, declared);
  return {
    declared,
    measurement,
    environment: {
      ...served,
      applications: declared,
      loadTests,
      runsLoadTests: environment.k6.enabled && loadTests.length > 0,
      parties: [...environment.parties, ...declared.map(partyOf), ...parties],
      prometheus: {
        ...environment.prometheus,
        scrapeConfigs: [
          ...environment.prometheus.scrapeConfigs,
          ...chosen.flatMap(({ jobs }) => jobs),
        ],
      },
      blackboxExporter: {
        ...environment.blackboxExporter,
        probes: [...probes, ...targets.map((one) => withReason(one, modules))],
      },
    },
    findings: [
      ...moduleFaults(targets, modules, pageModuleNames).map((finding) => ({
        ...finding,
        place: { environment: environment.name, ...finding.place },
      })),
      ...findings,
      ...sameNames(declared),
      ...inStack(declared, environment),
      ...declared.flatMap((one) => objectiveFaultsOf(one, environment.name, measurement)),
      ...sharedSpans(declared, environment.name),
      ...declared.flatMap((one) => loadTestFaultsOf(one, environment)),
      ...unknownNames(environment, [...known, ...unreadable], known),
    ],
  };
};

/** Names of files that do not exist. */
const unknownNames = (
  { name: environment, file, applications: wanted = [] }: Environment,
  present: readonly string[],
  known: readonly string[],
): Finding[] =>
  wanted.flatMap((name, index): Finding[] => {
    if (typeof name !== 'string' || present.includes(name)) return [];
    const suggestion = suggest(name, known);
    return [
      applicationFinding({
        fault: 'unknown-application',
        place: { environment, file, path: `applications[${index}]` },
        message: `No file of applications/ is named '${name}'.`,
        value: name,
        remedy:
          known.length > 0
            ? `Use one of ${known.join(', ')}.`
            : 'Add the file, or remove the name.',
        ...(suggestion && { suggestion }),
      }),
    ];
  });

/** Applications in a namespace of the stack. */
const inStack = (
  declared: readonly DeclaredApplication[],
  { name: environment, namespaces }: Environment,
): Finding[] => {
  const own = Object.values(namespaces);
  return declared
    .filter(({ namespace }) => own.includes(namespace))
    .map((one) =>
      applicationFinding({
        fault: 'stack-namespace',
        place: { environment, ...placeIn(one, 'namespace') },
        message: `The namespace '${one.namespace}' is one of the stack.`,
        value: one.namespace,
      }),
    );
};

/** Applications with the name of another one. */
const sameNames = (declared: readonly DeclaredApplication[]): Finding[] =>
  declared.flatMap((one, index): Finding[] => {
    const first = declared.find(({ name }) => name === one.name)!;
    if (declared.indexOf(first) === index) return [];
    const { path, file } = first.declaredAt;
    const where = path === undefined ? file : `${path} of ${file}`;
    return [
      applicationFinding({
        fault: 'duplicate-application',
        place: placeIn(one, 'name'),
        message: `${where} declares an application with the same name.`,
        value: one.name,
      }),
    ];
  });

/** The name of a party: with its namespace, or a number, if another party has the name. */
const freeName = ({ name, workloads }: Party, names: ReadonlySet<string>): string => {
  if (!names.has(name)) return name;
  const [location] = Object.values(workloads);
  const namespace = location?.kind === 'pods' ? location.namespace : 'monitor';
  const candidates = [
    `${name}-${namespace}`,
    ...Array.from({ length: names.size + 1 }, (_, index) => `${name}-${index + 2}`),
  ].map((one) => one.slice(-40).replace(/^-/, ''));
  return candidates.find((one) => !names.has(one)) ?? name;
};
