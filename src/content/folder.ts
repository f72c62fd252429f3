import type { ContentSource } from '../model/check.js';
import type { Finding } from '../model/finding.js';

/** The name of a folder of dashboards in paths and in the names of volumes, which have no more than 63 characters. */
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

/** Folders that could not be told apart where they are mounted: one finding for each title. */
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
      {
        check: 'content',
        severity: 'error',
        place: { file: source.file, line: source.lineOf(`'${folder}'`) ?? source.lineOf(folder) },
        message:
          slug === ''
            ? 'The title of the folder has no letter of a to z and no digit.'
            : `The folder '${first}' has the same name but for letters and digits, or after its first 40 characters.`,
        value: folder,
        why: 'By letters and digits of its title a folder is mounted in Grafana’s pod.',
        remedy: slug === '' ? 'Give it one that has.' : 'Give both the same title, or others.',
      },
    ];
  });
};
