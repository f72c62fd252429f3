import type { PolicyRule } from '../../model/access.js';
import { listOf, textsOf } from '../reference/lenient.js';

/** One thing that a rule lets: a verb on a resource, or on a URL of the API server. */
export interface Right {
  readonly verb: string;
  /** Undefined for a URL. */
  readonly group?: string;
  /** With the subresource, such as `pods/exec`; or a URL. */
  readonly target: string;
  /** Objects that it is limited to. @default - all */
  readonly names?: readonly string[];
}

/** Everything that a rule lets. */
export const rightsOf = (rule: object): Right[] => {
  const { apiGroups, resources, resourceNames, nonResourceURLs, verbs } = rule as Partial<
    Record<string, unknown>
  >;
  const names = textsOf(listOf(resourceNames));
  return textsOf(listOf(verbs)).flatMap((verb) => [
    ...textsOf(listOf(nonResourceURLs)).map((target) => ({ verb, target })),
    ...textsOf(listOf(apiGroups)).flatMap((group) =>
      textsOf(listOf(resources)).map((target) => ({
        verb,
        group,
        target,
        ...(names.length > 0 && { names }),
      })),
    ),
  ]);
};

/** Everything that rules let, one by one. */
export const allRights = (rules: readonly PolicyRule[]): Right[] => rules.flatMap(rightsOf);

/** Whether a right is part of another. */
export const includes = (one: Right, other: Right): boolean =>
  one.verb === other.verb &&
  one.group === other.group &&
  one.target === other.target &&
  (one.names === undefined || other.names?.every((name) => one.names?.includes(name)) === true);

/** As a sentence has it, such as `list pods`. */
export const rightText = ({ verb, group, target }: Right): string =>
  `${verb} ${target}${group ? `.${group}` : ''}`;
