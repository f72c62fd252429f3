import { folderSlug } from '../../content/folder.js';
import { shardFiles } from '../../content/shard.js';
import type { SelectedContent } from '../../model/content.js';
import type { GrafanaDashboard } from '../../model/dashboard.js';
import { encodedSize } from '../../model/encoded-size.js';
import { memoize } from '../../model/memoize.js';
import { dashboardFile } from './file.js';

/** A folder of dashboards with its mounts. */
export interface DashboardFolder {
  readonly title: string;
  /** Prefix of its volumes and ConfigMaps, followed by the number of the shard. */
  readonly name: string;
  readonly path: string;
  /** Files by name. */
  readonly shards: readonly Readonly<Record<string, GrafanaDashboard>>[];
}

/** The folders of the dashboards, sorted by title. */
export const dashboardFolders = (
  dashboards: SelectedContent['dashboards'],
  shards: number,
): DashboardFolder[] => {
  const titles = [...new Set(Object.values(dashboards).map(({ folder }) => folder))].sort();
  return titles.map((title) => {
    const files = Object.entries(dashboards)
      .filter(([, { folder }]) => folder === title)
      .map(([uid, { model }]) => [`${uid}.json`, model]);
    const slug = folderSlug(title);
    return {
      title,
      name: `dashboards-${slug}`,
      path: `/dashboards/${slug}`,
      shards: shardFiles(Object.fromEntries(files), shards, sizeOf),
    };
  });
};

/** Bytes of a dashboard in its ConfigMap. */
const sizeOf = memoize((model: GrafanaDashboard): number =>
  encodedSize(dashboardFile.format.write(model)),
);

/** The path of a dashboard in the container; undefined if the environment does not have it. */
export const pathOfDashboard = (
  folders: readonly DashboardFolder[],
  uid: string,
): string | undefined => {
  const file = `${uid}.json`;
  for (const { path, shards } of folders) {
    const shard = shards.findIndex((files) => file in files);
    if (shard >= 0) return `${path}/${shard}/${file}`;
  }
  return undefined;
};
