import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** How an alert of similar projects is covered: by our alerts, or not at all with a reason. */
export type Coverage = { readonly by: readonly string[] } | { readonly refused: string };

const read = <T>(file: string): T => parse(readFileSync(new URL(file, import.meta.url), 'utf8'));

/** The names of the alerts of similar projects. */
export const peerNames = (): string[] =>
  Object.values(read<Record<string, string[]>>('peer-names.yaml')).flat();

/** The coverage of each of these alerts. */
export const coverage = (): Readonly<Record<string, Coverage>> => read('coverage.yaml');
