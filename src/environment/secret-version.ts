import { configFinding } from '../config/faults.js';
import type { Secrets } from '../config/secrets.js';
import type { Finding } from '../model/finding.js';
import { type Prerequisite, secretsAmong } from '../model/prerequisite.js';
import { suggest } from '../model/suggestion.js';
import type { Setting } from '../model/wiring.js';

/** The components that read a Secret only at their start, by its name. */
const readAtStart = (prerequisites: readonly Prerequisite[]): ReadonlyMap<string, string[]> => {
  const all = new Map<string, string[]>();
  for (const { name, readers } of secretsAmong(prerequisites)) {
    const parties = readers.flatMap(({ party, rotation }) =>
      rotation.kind === 'restart' ? party : [],
    );
    all.set(name, [...(all.get(name) ?? []), ...parties]);
  }
  return all;
};

/** The version of a Secret for the components that must restart to read it. */
export const secretVersions = (
  { versions }: Secrets,
  prerequisites: readonly Prerequisite[],
): NonNullable<Setting['secretVersion']> => {
  const readers = readAtStart(prerequisites);
  return (component, secret) =>
    readers.get(secret)?.includes(component) ? versions[secret] : undefined;
};

/** Versions that restart nothing. */
export const versionFaults = (
  { versions }: Secrets,
  prerequisites: readonly Prerequisite[],
): Finding[] => {
  const readers = readAtStart(prerequisites);
  const restarting = [...readers].flatMap(([name, parties]) => (parties.length > 0 ? name : []));
  return Object.entries(versions)
    .filter(([name]) => !restarting.includes(name))
    .map(([name, value]) => {
      const suggestion = readers.has(name) ? undefined : suggest(name, restarting);
      return configFinding({
        fault: suggestion ? 'unknown-secret' : 'unused-secret',
        place: { path: `secrets.versions['${name}']` },
        message: readers.has(name)
          ? `No pod has to restart for a new value of the Secret '${name}'.`
          : `Nothing reads the Secret '${name}'.`,
        value,
        remedy:
          readers.has(name) || restarting.length === 0
            ? 'Remove it.'
            : `Use one of ${restarting.join(', ')}.`,
        ...(suggestion && { suggestion }),
      });
    });
};
