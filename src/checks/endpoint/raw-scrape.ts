import { type Connection, connectionsFor } from '../../model/connection.js';
import { suggest } from '../../model/suggestion.js';
import type { Fault } from '../pod/fault.js';
import { type Loose, listOf, recordOf } from '../reference/lenient.js';
import { targetsOf } from './discovery.js';

/** The connections of jobs that an environment says in Prometheus's own words, by their names. */
export const rawJobsOf = (connections: readonly Connection[]): Map<string, Connection[]> => {
  const jobs = new Map<string, Connection[]>();
  for (const one of connectionsFor(connections, 'raw-metrics')) {
    const name = `${one.offer.variant}`;
    jobs.set(name, [...(jobs.get(name) ?? []), one]);
  }
  return jobs;
};

/** Whether such jobs ask what is declared, and nothing else. */
export const rawScrapeFaults = (
  jobs: readonly Loose[],
  declared: ReadonlyMap<string, readonly Connection[]>,
): Fault[] => {
  const names = jobs.map(({ job_name }) => `${job_name}`);
  return [...declared].flatMap(([name, connections]) => {
    const index = names.indexOf(name);
    if (index >= 0) return faultsOf(jobs[index], `scrape_configs[${index}]`, connections);
    const suggestion = suggest(name, names);
    return [
      {
        path: 'scrape_configs',
        message: `No job '${name}' is there, of which the environment says all.`,
        value: name,
        remedy: 'Add the job.',
        ...(suggestion && { suggestion }),
      },
    ];
  });
};

const addressOf = ({ endpoint: { host, port } }: Connection): string => `${host}:${port}`;

const faultsOf = (job: Loose, path: string, connections: readonly Connection[]): Fault[] => {
  const declared = connections.map(addressOf);
  const login = loginOf(job);
  const found = addressesIn(job);
  const listed = [...addressesIn({ ...job, relabel_configs: [] }), ...found, ...login];
  const stray = [...new Set([...found, ...login])].filter((one) => !declared.includes(one));
  const lost = declared.filter((address) => !listed.includes(address));
  const [first] = connections;
  const said = { scheme: first?.endpoint.scheme, metrics_path: recordOf(first?.offer).path };
  return [
    ...(found.length > 0
      ? []
      : [
          {
            path,
            message: 'Its relabelling leaves no target.',
            why: 'It is simulated as written.',
            remedy: 'Keep some.',
          },
        ]),
    ...stray.map((value) => {
      const suggestion = suggest(value, declared);
      return {
        path,
        message: 'It asks an address that is not declared.',
        value,
        why: 'So no policy lets it through.',
        remedy: `Declared are ${declared.join(', ')}.`,
        ...(suggestion && { suggestion }),
      };
    }),
    ...lost.map((value) => ({
      path,
      message: 'It does not ask an address that is declared.',
      value,
      why: 'It is open for nothing.',
      remedy: 'List it among the targets.',
    })),
    ...Object.entries(said)
      .filter(([field, value]) => job[field] !== value)
      .map(([field, value]) => ({
        path: `${path}.${field}`,
        message: 'It is declared otherwise.',
        value: job[field] ?? 'nothing',
        remedy: `Set it to ${value}.`,
      })),
  ];
};

const addressesIn = (job: Loose): string[] =>
  targetsOf(job, []).map(({ __address__ }) => `${__address__}`);

/** The server that gives a job its tokens. */
const loginOf = ({ oauth2 }: Loose): string[] => {
  const url = `${recordOf(oauth2).token_url}`;
  if (!URL.canParse(url)) return [];
  const { hostname, port, protocol } = new URL(url);
  return [`${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`];
};

/** A configuration without those jobs, of which every address is held here. */
export const withoutRawJobs = (file: Loose, raw: ReadonlyMap<string, unknown>): Loose => ({
  ...recordOf(file),
  scrape_configs: listOf(recordOf(file).scrape_configs).map((job) =>
    raw.has(`${job.job_name}`) ? {} : job,
  ),
});
