import type { Party } from '../model/party.js';

type Named = Pick<Party, 'name' | 'declaration'>;

/**
 * The parties with distinct names for the targets of native scrape jobs: their names derive from those
 * of the jobs, and `node_exporter` must not clash with the component node-exporter.
 */
export const withDistinctJobs = <P extends Named>(parties: readonly P[]): P[] => {
  const taken = new Set(parties.filter((party) => !isOfJob(party)).map(({ name }) => name));
  return parties.map((party) => {
    if (!isOfJob(party)) return party;
    let name = party.name;
    for (let number = 2; taken.has(name); number += 1) name = `${party.name}-${number}`;
    taken.add(name);
    return { ...party, name };
  });
};

const isOfJob = ({ declaration }: Named): boolean => declaration?.name === 'config.job_name';
