import { existsSync, readdirSync, realpathSync } from 'node:fs';
import type { ProjectOptions } from '../check-project.js';
import { suggest } from '../model/suggestion.js';
import { type Runtime, UsageError } from './command.js';

/** The folders of a project, relative to the working directory. */
export const folders = { environments: 'environments', out: 'dist' } as const;

/** Whether the working directory is a clone of Crowsnest, whose content is that which ships. */
export const isClone = (shipped: string): boolean => realpathSync('.') === realpathSync(shipped);

/** The project in the working directory, or only some of its environments. */
export const projectOf = (
  { load, shipped }: Runtime,
  {
    environment,
    strict,
  }: { readonly environment?: readonly string[]; readonly strict?: readonly string[] },
): ProjectOptions => {
  requireProject();
  for (const name of environment ?? []) requireEnvironment(name);
  return {
    ...folders,
    ...(environment && { only: environment }),
    ...(strict && { strict }),
    content: isClone(shipped) ? [] : ['.'],
    load,
  };
};

/** Throws a UsageError if the working directory has no project. */
export const requireProject = (): void => {
  if (existsSync(folders.environments)) return;
  throw new UsageError(
    "There is no folder 'environments' here. Change to the folder of your project, or create a project with: crowsnest init",
  );
};

/** Names of the environments of the project, sorted. */
export const environmentNames = (): string[] =>
  readdirSync(folders.environments)
    .filter((name) => /(?<!\.d)\.[jt]s$/.test(name) && !name.startsWith('.'))
    .map((name) => name.replace(/\.[jt]s$/, ''))
    .sort();

/** Throws a UsageError if the project has no such environment. */
export const requireEnvironment = (name: string): void => {
  const names = environmentNames();
  if (names.includes(name)) return;
  const list = names.length > 0 ? `There are: ${names.join(', ')}.` : 'There are none.';
  const suggestion = suggest(name, names);
  const hint = suggestion ? ` Did you mean '${suggestion}'?` : '';
  throw new UsageError(`No environment has the name '${name}'. ${list}${hint}`);
};
