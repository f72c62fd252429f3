import { podTemplatePath } from '../../model/pod-template.js';
import { type Change, type Detail, kindOf } from '../change.js';
import type { Comparison } from '../comparison.js';
import { detailsOf, differences } from '../differences.js';
import type { Pair } from '../pair.js';
import { isPolicy } from './connections.js';
import { isRole } from './permissions.js';

/** All other objects, and labels and annotations of all objects. */
export const objects = ({ pairs }: Comparison): Change[] => [
  ...pairs.flatMap((pair): Change[] => {
    if (hasSection(pair)) return [];
    const { title: subject, before, after } = pair;
    const base = { section: 'objects', kind: kindOf(before, after), subject } as const;
    if (!before || !after) return [{ ...base, details: [] }];
    const details = detailsOf(differences(contentOf(before), contentOf(after)));
    return details.length > 0 ? [{ ...base, details }] : [];
  }),
  ...metadata(pairs),
];

const hasSection = ({ kind }: Pair): boolean =>
  podTemplatePath(kind) !== undefined ||
  kind === 'ConfigMap' ||
  kind === 'PersistentVolumeClaim' ||
  isPolicy(kind) ||
  isRole(kind);

const contentOf = ({ metadata: _, ...content }: NonNullable<Pair['before']>) => content;

/** Labels and annotations: one change for all objects with the same difference. */
const metadata = (pairs: readonly Pair[]): Change[] => {
  const groups = new Map<string, { details: Detail[]; titles: string[] }>();
  for (const { title, before, after } of pairs) {
    if (!before || !after) continue;
    const details = detailsOf(differences(before.metadata, after.metadata));
    if (details.length === 0) continue;
    const key = JSON.stringify(details);
    groups.set(key, { details, titles: [...(groups.get(key)?.titles ?? []), title] });
  }
  return [...groups.values()].map(({ details, titles }) => ({
    section: 'objects',
    kind: 'changed',
    subject: titles.length === 1 ? titles[0]! : `${titles.length} objects, such as ${titles[0]}`,
    details,
  }));
};
