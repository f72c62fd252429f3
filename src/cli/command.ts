import { type Command, InvalidArgumentError } from 'commander';
import type { LoadModule } from '../config/modules.js';

/** What the process that starts the command line provides. */
export interface Runtime {
  /** Loads the module of a user's file. */
  readonly load: LoadModule;
  /**
   * Makes `load` read users' files again that have changed, with those that import them: a file that did
   * not change keeps its value, and what is known about it.
   */
  readonly forget: (changed: readonly string[]) => void;
  /** Imports a package that only some commands use: compiled code with a cache cannot import. */
  readonly importPackage: (name: string) => Promise<unknown>;
  /** The folder of the content that ships. */
  readonly shipped: string;
  /** The version of Crowsnest. */
  readonly version: string;
}

/**
 * Adds a command to the program. The file of a command imports only what `--help` needs; its action
 * imports the rest.
 */
export type AddCommand = (program: Command, runtime: Runtime) => void;

/** The exit codes of all commands. */
export const exitCodes = { success: 0, findings: 1, usage: 2 } as const;

/** A mistake in how a command is used: it ends with exit code 2, and without a stack trace. */
export class UsageError extends Error {}

/** Collects the values of an option that can be repeated. */
export const repeated = (value: string, earlier: readonly string[] = []): string[] => [
  ...earlier,
  value,
];

/** The environments that a command names, as arguments and as options; undefined if it names none. */
export const namedEnvironments = (
  names: readonly string[],
  options: readonly string[] = [],
): { readonly environment?: readonly string[] } =>
  names.length + options.length > 0 ? { environment: [...names, ...options] } : {};

/** An argument that must be the name of a file and of Kubernetes objects. */
export const nameArgument = (value: string): string => {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value) && value.length <= 40) return value;
  throw new InvalidArgumentError(
    'A name has up to 40 lower-case letters, digits and dashes, such as checkout.',
  );
};

/** The text after the help of a command. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ crowsnest ${line}`).join('\n')}\n`;
