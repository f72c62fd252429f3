import type { Finding } from '../model/finding.js';
import type { Environment } from './environment.js';
import { partyNameOf } from './scrape-config.js';

/** Gives a finding about a party of the environment's own the path where that is declared. */
export const atDeclaration = (finding: Finding, environment: Environment): Finding => {
  const { path } = finding.place;
  if (path === undefined || path.startsWith('choices.')) return finding;
  const [name = '', ...rest] = path.split('.');
  const declared = declarationsOf(name, environment);
  const last = declared.at(-1);
  if (last === undefined) return finding;
  const place = { ...finding.place, path: [last, ...rest].join('.') };
  // The finding that two parties have a name is about the name alone.
  if (finding.value !== name) return { ...finding, place };
  const named = last.startsWith('prometheus.scrapeConfigs') ? 'config.job_name' : 'name';
  const other = declared.at(-2) ?? 'one that the stack brings along';
  return {
    ...finding,
    place: { ...place, path: `${last}.${named}` },
    why: `The other is ${other}.`,
  };
};

/** Where parties of a name are declared, in the order in which a stack takes them. */
const declarationsOf = (
  name: string,
  { components, prometheus, alerting, parties }: Environment,
): string[] =>
  Object.entries({
    components,
    'prometheus.remoteWrite': prometheus.remoteWrite,
    'prometheus.scrapeConfigs': prometheus.scrapeConfigs.map(({ config }) => ({
      name: partyNameOf(config.job_name),
    })),
    'alerting.receivers': alerting?.receivers ?? [],
    parties,
  }).flatMap(([list, all]) =>
    all.flatMap((one, index) => (one.name === name ? `${list}[${index}]` : [])),
  );
