import { type Change, type Detail, kindOf } from '../change.js';
import type { Comparison } from '../comparison.js';
import type { Pair } from '../pair.js';
import { list, records } from '../untyped.js';

/** What Roles and ClusterRoles allow. */
export const permissions = ({ pairs }: Comparison): Change[] =>
  pairs.flatMap(({ kind, title, before, after }): Change[] => {
    if (!isRole(kind)) return [];
    const [old, fresh] = [rightsOf(before), rightsOf(after)];
    const details: Detail[] = [
      ...old.filter((right) => !fresh.includes(right)).map((what) => ({ what, before: 'allowed' })),
      ...fresh.filter((right) => !old.includes(right)).map((what) => ({ what, after: 'allowed' })),
    ];
    if (details.length === 0) return [];
    return [{ section: 'permissions', kind: kindOf(before, after), subject: title, details }];
  });

/** Whether objects of a kind list permissions. */
export const isRole = (kind: string): boolean => kind === 'Role' || kind === 'ClusterRole';

const rightsOf = (role: Pair['before']): string[] =>
  records(role?.rules).flatMap(({ verbs, resources, nonResourceURLs, resourceNames }) => {
    const names = resourceNames ? ` (${list(resourceNames).join(', ')})` : '';
    const targets = list(resources ?? nonResourceURLs);
    return targets.map((target) => `${list(verbs).join(', ')} ${target}${names}`);
  });
