import { fromYaml } from '../model/yaml.js';
import type { Pair } from './pair.js';

/** A file in a ConfigMap that differs. */
export interface FilePair {
  /** The name of its ConfigMap. */
  readonly configMap: string;
  readonly name: string;
  readonly before?: ReadFile;
  readonly after?: ReadFile;
}

/** What a file contains. */
export interface ReadFile {
  readonly kind: 'rules' | 'dashboard' | 'prometheus' | 'alertmanager' | 'other';
  // biome-ignore lint/suspicious/noExplicitAny: the schema of a published file is not known
  readonly value: any;
}

/** The files in ConfigMaps that differ. */
export const filesOf = (pairs: readonly Pair[]): FilePair[] =>
  pairs
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap(({ before, after }) => {
      const [old, fresh] = [textsOf(before), textsOf(after)];
      const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
      return names
        .filter((name) => old[name] !== fresh[name])
        .map((name) => ({
          configMap: (after ?? before)!.metadata.name,
          name,
          ...(old[name] !== undefined && { before: readFile(name, old[name]) }),
          ...(fresh[name] !== undefined && { after: readFile(name, fresh[name]) }),
        }));
    });

const textsOf = (object: Pair['before']): Readonly<Record<string, string>> => object?.data ?? {};

/**
 * Reads a file and recognizes it by its content: manifests do not say which program reads a file, and
 * components of users have files too.
 */
const readFile = (name: string, text: string): ReadFile => {
  const value = parsed(name, text);
  return { kind: isRecord(value) ? kindOf(value) : 'other', value };
};

const kindOf = (value: Readonly<Record<string, unknown>>): ReadFile['kind'] => {
  if (Array.isArray(value.panels)) return 'dashboard';
  if (Array.isArray(value.scrape_configs)) return 'prometheus';
  if (isRecord(value.route) && Array.isArray(value.receivers)) return 'alertmanager';
  const { groups } = value;
  const isRules = Array.isArray(groups) && groups.some((group) => Array.isArray(group?.rules));
  return isRules ? 'rules' : 'other';
};

const parsed = (name: string, text: string): unknown => {
  try {
    if (name.endsWith('.json')) return JSON.parse(text);
    if (/\.ya?ml$/.test(name)) return fromYaml(text);
  } catch {
    // Then it is compared as text.
  }
  return name.endsWith('.ini') ? settingsIn(text) : text.split('\n');
};

/** The settings of an INI file by section and name. */
const settingsIn = (text: string): Record<string, Record<string, string>> => {
  const found: Record<string, Record<string, string>> = {};
  let section = '';
  for (const line of text.split('\n')) {
    const [, title] = /^\[(.+)\]$/.exec(line) ?? [];
    if (title !== undefined) section = title;
    const [, name, value] = /^([^=#;[]+?)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) found[section] = { ...found[section], [name]: value ?? '' };
  }
  return found;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
