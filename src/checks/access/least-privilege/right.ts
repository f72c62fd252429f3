import type { PolicyRule } from '../../../model/access.js';
import { listOf, textsOf } from '../../support/untyped.js';

/** One right that a rule gives: a verb for a resource, or for a URL of the API server. */
export interface Right {
  readonly verb: string;
  /** Undefined for a URL. */
  readonly group?: string;
  /** A resource with its subresource, such as `pods/exec`, or a URL. */
  readonly target: string;
  /** Names of the objects that the right is limited to. @default - all */
  readonly names?: readonly string[];
}

/** Every right that a rule gives. */
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

/** Every right that the rules give. */
export const allRights = (rules: readonly PolicyRule[]): Right[] => rules.flatMap(rightsOf);

/** Whether the right `one` includes the right `other`. */
export const includes = (one: Right, other: Right): boolean =>
  one.verb === other.verb &&
  one.group === other.group &&
  one.target === other.target &&
  (one.names === undefined || other.names?.every((name) => one.names?.includes(name)) === true);

/** A right as a text, such as `list pods`. */
export const rightText = ({ verb, group, target }: Right): string =>
  `${verb} ${target}${group ? `.${group}` : ''}`;
