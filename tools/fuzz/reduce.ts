import { judge } from './judge.js';
import { pathsOf, without } from './mutate.js';
import type { Project } from './project.js';

/** A project that still fails in the same way, with as little as possible. */
export const reduced = async (project: Project, failure: string, most = 150): Promise<Project> => {
  const kind = kindOf(failure);
  let left = most;
  const fails = async (one: Project): Promise<boolean> => {
    left -= 1;
    const { failure: other } = await judge(one);
    return other !== undefined && kindOf(other) === kind;
  };
  let smallest = project;
  for (const file of Object.keys(project.texts)) {
    const { [file]: _, ...texts } = smallest.texts;
    if (await fails({ ...smallest, texts })) smallest = { ...smallest, texts };
  }
  for (const file of Object.keys(project.modules)) {
    let again = true;
    while (again && left > 0) {
      again = false;
      for (const path of pathsOf(smallest.modules[file])) {
        if (left <= 0) break;
        const modules = { ...smallest.modules, [file]: without(smallest.modules[file], path) };
        if (!(await fails({ ...smallest, modules }))) continue;
        smallest = { ...smallest, modules };
        again = true;
        break;
      }
    }
  }
  return smallest;
};

/** The kind of a failure: its text without values and paths. */
export const kindOf = (failure: string): string =>
  failure
    .split('\n')
    .slice(0, 2)
    .join(' ')
    .replace(/'[^']*'|"[^"]*"|\d+/g, '…')
    .slice(0, 160);
