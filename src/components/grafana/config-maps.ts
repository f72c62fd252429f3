import type { Construct } from 'constructs';
import { api } from '../../kubernetes/api.js';
import type { SelectedContent } from '../../model/content.js';
import { objectName } from '../../model/identity.js';
import { dashboardFolders } from './dashboard-folder.js';
import { dashboardFile } from './file.js';

export interface DashboardMapsOptions {
  readonly stack: string;
  readonly namespace: string;
  /** The labels of the stack, and those with which Grafana finds the ConfigMaps. */
  readonly labels: Readonly<Record<string, string>>;
  readonly folderAnnotation: string;
  /** Number of ConfigMaps for each folder. */
  readonly shards: number;
}

/** Writes the dashboards to ConfigMaps for the sidecar of an outside Grafana. */
export const dashboardMaps = (
  scope: Construct,
  dashboards: SelectedContent['dashboards'],
  { stack, namespace, labels, folderAnnotation, shards: count }: DashboardMapsOptions,
): void => {
  for (const { title, name, shards } of dashboardFolders(dashboards, count)) {
    for (const [index, shard] of shards.entries()) {
      const files = Object.entries(shard);
      if (files.length === 0) continue;
      const map = objectName(stack, `${name}-${index}`);
      new api.KubeConfigMap(scope, `${namespace}-${map}`, {
        metadata: {
          name: map,
          namespace,
          labels: { ...labels },
          annotations: { [folderAnnotation]: title },
        },
        data: Object.fromEntries(
          files.map(([file, dashboard]) => [file, dashboardFile.format.write(dashboard)]),
        ),
      });
    }
  }
};
