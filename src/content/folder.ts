import type { ContentSource } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { contentFinding } from './faults.js';

/** The name of a dashboard folder in paths and volume names, which can have 63 characters. */
export const folderSlug = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');

interface InFolder {
  readonly folder: string;
  readonly source: ContentSource;
}

/** Folders whose names in paths would be the same: one finding for each title. */
export const folderFaults = (dashboards: readonly InFolder[]): Finding[] => {
  const titles = new Map<string, string>();
  const seen = new Set<string>();
  return dashboards.flatMap(({ folder, source }) => {
    if (seen.has(folder)) return [];
    seen.add(folder);
    const slug = folderSlug(folder);
    const first = titles.get(slug);
    titles.set(slug, first ?? folder);
    if (slug !== '' && first === undefined) return [];
    return [
      contentFinding({
        fault: 'folder-name',
        place: { file: source.file, line: source.lineOf(`'${folder}'`) ?? source.lineOf(folder) },
        message:
          slug === ''
            ? 'The title of the folder has no letter a to z and no digit.'
            : `The first 40 letters and digits of the title are the same as those of the folder '${first}'.`,
        value: folder,
      }),
    ];
  });
};
