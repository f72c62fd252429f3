import { abbreviated, shortened } from './abbreviate.js';
import { type Change, type Detail, type Section, sections } from './change.js';

/** Changes of one section, as they are shown. */
export interface ReportSection {
  readonly heading: string;
  readonly entries: readonly Entry[];
}

/** One change, or several subjects with the same change. */
export interface Entry extends Pick<Change, 'kind' | 'effect' | 'details'> {
  readonly subjects: readonly string[];
}

/** The smallest number of subjects with the same change that are shown as one entry. */
const fewest = 4;

/** The changes by section, with short values; a section without changes is left out. */
export const reportOf = (changes: readonly Change[]): ReportSection[] =>
  Object.entries(sections).flatMap(([section, heading]) => {
    const entries = joined(changes.filter((one) => one.section === (section as Section)));
    return entries.length > 0 ? [{ heading, entries }] : [];
  });

const joined = (changes: readonly Change[]): Entry[] => {
  const groups = new Map<string, Entry>();
  for (const { subject, kind, effect, details } of changes) {
    const entry = { kind, ...(effect && { effect }), details: details.map(shown) };
    const key = JSON.stringify(entry);
    const subjects = [...(groups.get(key)?.subjects ?? []), subject];
    groups.set(key, { ...entry, subjects });
  }
  return [...groups.values()].flatMap((entry) =>
    entry.subjects.length < fewest
      ? entry.subjects.map((subject) => ({ ...entry, subjects: [subject] }))
      : [entry],
  );
};

const shown = ({ what, before, after }: Detail): Detail => {
  if (before !== undefined && after !== undefined) {
    const [old, fresh] = abbreviated(before, after);
    return { what: shortened(what), before: old || empty, after: fresh || empty };
  }
  return {
    what: shortened(what),
    ...(before !== undefined && { before: only(what, before) }),
    ...(after !== undefined && { after: only(what, after) }),
  };
};

const empty = '(empty)';

/** The value of one side: of an object with a name in `what`, that is enough. */
const only = (what: string, value: string): string =>
  /^[{[]./.test(value) && what.includes(']') ? '' : shortened(value);

/** The effect of an entry, as the verb of its subjects. */
export const effectOf = ({ effect, subjects }: Entry): string | undefined =>
  subjects.length === 1 ? effect : effect?.replace(/s$/, '').replace(/^is /, 'are ');

/** How a kind of change is marked, as in a diff. */
export const marks = { added: '+', removed: '-', changed: '~' } as const;

/** How a detail is marked: by its kind, or not at all if it is only a fact. */
export const kindOfDetail = ({ before, after }: Detail): Change['kind'] | undefined => {
  if (before === undefined && after === undefined) return undefined;
  return before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
};
