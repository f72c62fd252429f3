import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GrafanaInstallation } from '../../test/live/grafana-installation.js';
import { startGrafana } from '../../test/live/grafana-server.js';
import { startPodCluster } from '../../test/live/pods-cluster.js';
import { stir, workloadsOfAllKinds } from '../../test/live/pods-stir.js';
import { shipped } from '../../test/live/shipped.js';
import { takeShot } from './chromium.js';

/** A picture of a dashboard, by its uid. */
export interface DashboardPicture {
  readonly page: string;
  /** The path of the PNG file. */
  readonly file: string;
  readonly theme: 'dark' | 'light';
}

/** The environment whose pods run in the cluster. */
export const picturedEnvironment = 'development';

/** How long the cluster runs before its pictures are taken. */
export const picturedMinutes = 15;

// Only for these pictures, viewers need no login.
const openToViewers = ['cfg:auth.anonymous.enabled=true', 'cfg:auth.anonymous.org_role=Viewer'];

/** Takes pictures in a Grafana with the shipped dashboards, in a cluster that has run for some minutes. */
export const takeDashboardPictures = async (
  pictures: readonly DashboardPicture[],
  installation: GrafanaInstallation,
): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-pictures-'));
  const objects = shipped(picturedEnvironment);
  const cluster = await startPodCluster(picturedEnvironment, join(folder, 'cluster'));
  try {
    const list = { apiVersion: 'v1', kind: 'List', items: workloadsOfAllKinds };
    await cluster.controlPlane.kubectl(['apply', '-f', '-'], JSON.stringify(list));
    await stir(cluster);
    const home = join(folder, 'grafana');
    const { url } = await startGrafana(cluster, objects, home, installation, openToViewers);
    process.stdout.write(`The cluster runs for ${picturedMinutes} minutes first.\n`);
    await sleep(picturedMinutes * 60_000);
    for (const { page, file, theme } of pictures) {
      const query = new URLSearchParams({ theme, from: `now-${picturedMinutes}m`, to: 'now' });
      const address = `${url}/d/${page}?kiosk&${query}`;
      const height = heightOf(objects.flatMap(({ data }) => data?.[`${page}.json`] ?? [])[0]);
      await takeShot({ url: address, file, width: 1440, height }, (command) =>
        cluster.machine.run(command),
      );
    }
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Height of the whole page: a row of Grafana's grid has 38 pixels, and a header is above them. */
const heightOf = (json: string): number => {
  const { panels } = JSON.parse(json) as { panels: { gridPos: { y: number; h: number } }[] };
  return Math.max(...panels.map(({ gridPos }) => gridPos.y + gridPos.h)) * 38 + 80;
};
