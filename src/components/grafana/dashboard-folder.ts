import { folderSlug } from '../../content/folder.js';
import { shardFiles } from '../../content/shard.js';
import type { RenderedContent } from '../../model/wiring.js';

/** A folder of dashboards as it is mounted. */
export interface DashboardFolder {
  readonly title: string;
  /** Of its volumes and ConfigMaps, to which the number of the shard is added. */
  readonly name: string;
  readonly path: string;
  /** Files by name. */
  readonly shards: readonly Readonly<Record<string, string>>[];
}

/** The folders that dashboards name, sorted by title. */
export const dashboardFolders = (
  dashboards: RenderedContent['dashboards'],
  shards: number,
): DashboardFolder[] => {
  const titles = [...new Set(Object.values(dashboards).map(({ folder }) => folder))].sort();
  return titles.map((title) => {
    const files = Object.entries(dashboards)
      .filter(([, { folder }]) => folder === title)
      .map(([uid, { json }]) => [`${uid}.json`, json]);
    const slug = folderSlug(title);
    return {
      title,
      name: `dashboards-${slug}`,
      path: `/dashboards/${slug}`,
      shards: shardFiles(Object.fromEntries(files), shards),
    };
  });
};
