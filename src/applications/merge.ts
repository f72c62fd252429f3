import type { ScrapeConfig } from '../config/scrape-config.js';
import type { Finding } from '../model/finding.js';
import type { Party } from '../model/party.js';
import { suggest } from '../model/suggestion.js';
import { applicationFinding } from './faults.js';
import type { Application } from './load.js';
import { pageModuleNames } from './probe.js';
import { type Modules, moduleFaults, withReason } from './probe-target.js';

/** The parts of an environment to which applications add. */
interface Environment {
  readonly name: string;
  readonly file: string;
  /** @default - all */
  readonly applications?: readonly string[];
  readonly parties: readonly Omit<Party, 'declaration'>[];
  readonly prometheus: { readonly scrapeConfigs: readonly ScrapeConfig[] };
  readonly blackboxExporter: { readonly probes: readonly object[]; readonly modules: Modules };
}

/** Adds the parties of `applications/` to an environment; `taken` are the names of its other parties, and `unreadable` of files with a fault. */
export const withApplications = <E extends Environment>(
  environment: E,
  applications: readonly Application[],
  taken: readonly string[],
  unreadable: readonly string[] = [],
): { readonly environment: E; readonly findings: readonly Finding[] } => {
  const wanted = environment.applications;
  const chosen = applications.filter(({ name }) => wanted?.includes(name) ?? true);
  const names = new Set([...taken, ...environment.parties.map(({ name }) => name)]);
  const parties = chosen
    .flatMap((one) => one.parties)
    .map((party) => {
      const name = freeName(party, names);
      names.add(name);
      return { ...party, name };
    });
  const { probes, modules } = environment.blackboxExporter;
  const targets = chosen.flatMap((one) => one.targets);
  const known = applications.map(({ name }) => name);
  return {
    environment: {
      ...environment,
      parties: [...environment.parties, ...parties],
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
      ...unknownNames(environment, known, unreadable),
    ],
  };
};

const unknownNames = (
  { applications: wanted = [], name: environment, file }: Environment,
  known: readonly string[],
  unreadable: readonly string[],
): Finding[] =>
  wanted.flatMap((name, index): Finding[] => {
    if (known.includes(name) || unreadable.includes(name)) return [];
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
