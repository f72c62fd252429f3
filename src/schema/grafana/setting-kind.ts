import { memoizeText } from '../../model/memoize.js';
import { providerSections, settingSections } from './settings.js';

/** The type of a setting. A `file` is a path, at which Crowsnest mounts a key of a Secret. */
export type SettingKind = 'boolean' | 'number' | 'secret' | 'file' | 'text';

const marks: Readonly<Record<string, SettingKind>> = {
  '?': 'boolean',
  '#': 'number',
  '!': 'secret',
  '/': 'file',
};

interface Section {
  readonly keys: ReadonlyMap<string, SettingKind>;
  /** Whether it can have other keys. */
  readonly open: boolean;
}

const all: Readonly<Record<string, string>> = { ...settingSections, ...providerSections };

/** The names of all sections. */
export const sectionNames: readonly string[] = Object.keys(all);

/** The keys of a section; undefined for an unknown section. */
export const sectionOf = memoizeText((name: string): Section | undefined => {
  // Each plugin and each user's log mode has its own section.
  if (/^plugin\../.test(name)) return { keys: new Map(), open: true };
  const text = Object.hasOwn(all, name) ? all[name] : undefined;
  if (text === undefined) return undefined;
  const words = text.split(' ');
  return {
    keys: new Map(
      words
        .filter((word) => word !== '*')
        .map((word) => {
          const kind = marks[word.slice(-1)];
          return [kind ? word.slice(0, -1) : word, kind ?? 'text'];
        }),
    ),
    open: words.includes('*'),
  };
});

/** The type of a setting that is known. */
export const kindOf = (section: string, key: string): SettingKind | undefined =>
  sectionOf(section)?.keys.get(key);
