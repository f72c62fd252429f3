import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What becomes of an alert of the peers: alerts of ours, or the reason why there is none. */
export type Coverage = { readonly by: readonly string[] } | { readonly refused: string };

const read = <T>(file: string): T => parse(readFileSync(new URL(file, import.meta.url), 'utf8'));

/** The names of the alerts that the peers ship. */
export const peerNames = (): string[] =>
  Object.values(read<Record<string, string[]>>('peer-names.yaml')).flat();

/** What becomes of each of them. */
export const coverage = (): Readonly<Record<string, Coverage>> => read('coverage.yaml');
