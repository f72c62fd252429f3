import type { z } from 'zod';
import { toJson } from './json.js';
import { fromYaml, toKnownYaml } from './yaml.js';

/** Writes a value as the text of a file, and parses the text. */
export interface Format {
  readonly write: (value: unknown) => string;
  /** Throws if the text cannot be parsed. */
  readonly read: (text: string) => unknown;
}

export const yaml: Format = { write: toKnownYaml, read: fromYaml };

/** JSON with each short part on one line, or with an indentation of `indent` spaces. */
export const json = (indent?: number): Format => ({
  write: indent === undefined ? toJson : (value) => `${JSON.stringify(value, null, indent)}\n`,
  read: (text) => JSON.parse(text),
});

/** Kinds of files whose content checks evaluate, in addition to the schema. */
export const fileKinds = [
  'prometheus-config',
  'prometheus-rules',
  'alertmanager-config',
  /** Alertmanager's file with routes that a user wrote in native configuration. */
  'alertmanager-native-config',
  /** Alertmanager's file with typed routes and other parts that a user wrote in native configuration. */
  'alertmanager-completed-config',
  'blackbox-exporter-config',
  'loki-config',
  'loki-rules',
  'grafana-data-sources',
  'grafana-dashboard',
  'grafana-settings',
] as const;

export type FileKind = (typeof fileKinds)[number];

/** A configuration file that a program reads. */
export interface ConfigFile<Value = unknown> {
  /** The kind, for checks of the content. @default - only the schema is checked */
  readonly kind?: FileKind;
  /**
   * Where the program looks for the file: an absolute path, in which `*` matches a part of a name, or
   * an option of another file that lists it.
   */
  readonly path: string | ListedPath;
  readonly format: Format;
  /** The allowed content. */
  readonly schema: z.ZodType<unknown, Value>;
  /** How a change reaches the process: the process reloads the file itself, or the pod restarts. */
  readonly reload: 'itself' | 'restart';
  /** Whether its texts are prose for people, so that an address in them is not a connection. @default false */
  readonly prose?: boolean;
  /**
   * Whether the program has options that the schema lacks: an unknown option is then a warning, unless
   * its name is similar to a known one.
   * @default false
   */
  readonly partial?: boolean;
}

/** Files whose paths are listed in another file. */
export interface ListedPath {
  readonly file: ConfigFile;
  /** Name of the option that lists them. */
  readonly option: string;
  /** Extension of the files, such as `.yaml`. */
  readonly extension: string;
  /** The listed paths, in which `*` matches a part of a name and `**` any path. */
  readonly patterns: (value: unknown) => readonly string[];
}

/** Whether a path matches a pattern, in which `*` matches a part of a name and `**` any path. */
export const matchesPath = (pattern: string, path: string): boolean => {
  if (!pattern.includes('*')) return pattern === path;
  const text = pattern.replace(/[.+^$()|{}\\]/g, '\\$&');
  const stars = text.replace(/\*+/g, (found) => (found.length > 1 ? '.+' : '[^/]*'));
  return new RegExp(`^${stars}$`).test(path);
};
