import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { configFinding } from '../config/faults.js';
import type { Finding } from '../model/finding.js';
import { imageParts } from '../model/image-reference.js';
import { fromYaml, toYaml } from '../model/yaml.js';

/** The name of the lock file, in the folder of the project. */
export const lockFile = 'images.lock';

/** Digests by image reference, as the manifests have it without a digest. */
export type ImageLock = Readonly<Record<string, string>>;

export interface ReadLock {
  /** @default - there is no lock file */
  readonly lock?: ImageLock;
  readonly findings: readonly Finding[];
}

const comment = `# Written by crowsnest images lock: the digest of each image of the manifests.\n`;

/** Reads a lock file. */
export const readLock = (path: string): ReadLock => {
  if (!existsSync(path)) return { findings: [] };
  const text = readFileSync(path, 'utf8');
  const entries = entriesOf(text);
  const file = relative(process.cwd(), path);
  const fault = (rest: object) =>
    configFinding({ fault: 'invalid-lock', place: { file }, ...rest });
  if (!entries) return { findings: [fault({})] };
  const lines = text.split('\n');
  const findings = entries
    .filter(([reference, digest]) => !isValid(reference, digest))
    .map(([reference, digest]) => {
      const index = lines.findIndex((line) => line.startsWith(`${reference}:`));
      const place = { file, path: reference, ...(index >= 0 && { line: index + 1 }) };
      return fault({ place, value: digest });
    });
  return findings.length > 0
    ? { findings }
    : { lock: Object.fromEntries(entries) as ImageLock, findings: [] };
};

/** The text of a lock file. */
export const lockText = (lock: ImageLock): string =>
  `${comment}${toYaml(Object.fromEntries(Object.entries(lock).sort(([a], [b]) => (a < b ? -1 : 1))))}`;

const entriesOf = (text: string): [string, unknown][] | undefined => {
  try {
    const value = fromYaml(text);
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord ? Object.entries(value) : undefined;
  } catch {
    return undefined;
  }
};

const isValid = (reference: string, digest: unknown): boolean => {
  const parts = imageParts(`${reference}@${digest}`);
  return parts?.digest !== undefined && parts.tag !== undefined;
};
